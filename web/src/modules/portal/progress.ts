import i18next from 'i18next'
import type { Schemas } from '@/api/client'
import { serverNow } from '@/api/connection'
import { absolute, clockOf, dayOf } from '@/parts/time'
import type { Step } from '@/ui/progress'

type ProgressStep = Schemas['ProgressStep']

const states = { past: 'done', now: 'now', ahead: 'open' } as const

// As short as the place below a step is: the time of day where it was today.
export function stepTime(at: string): string {
  return dayOf(at) === dayOf(serverNow()) ? clockOf(at) : absolute(at)
}

// The server says how far it is; here it gets its words.
export function stepsOf(steps: readonly ProgressStep[] | null | undefined): Step[] {
  return (steps ?? []).map((step) => ({
    key: step.key,
    title: i18next.t(`portal:step.${step.key}`),
    state: states[step.state],
    note: step.at
      ? stepTime(step.at)
      : step.state === 'now'
        ? i18next.t('portal:step.under_way')
        : undefined,
  }))
}

export function greetingKey(hour: number): 'morning' | 'noon' | 'afternoon' | 'evening' {
  if (hour >= 5 && hour < 11) return 'morning'
  if (hour >= 11 && hour < 13) return 'noon'
  return hour >= 13 && hour < 18 ? 'afternoon' : 'evening'
}

// The hour where this person is, which need not be where his device thinks it is.
export function hourNow(): number {
  return Number(clockOf(serverNow()).slice(0, 2))
}
