import i18next from 'i18next'
import type { Schemas } from '@/api/client'
import { absolute } from '@/parts/time'
import type { Step } from '@/ui/progress'

type ProgressStep = Schemas['ProgressStep']

const states = { past: 'done', now: 'now', ahead: 'open' } as const

// The server says how far it is; here it gets its words.
export function stepsOf(steps: readonly ProgressStep[] | null | undefined): Step[] {
  return (steps ?? []).map((step) => ({
    key: step.key,
    title: i18next.t(`portal:step.${step.key}`),
    state: states[step.state],
    note: step.at
      ? absolute(step.at)
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
