import i18next from 'i18next'
import { asProblem } from '@/api/problem'
import { failed } from './undo'

// What a slug of the server says to people.
export function reasonText(reason: string): string {
  return i18next.t(`reasons:${reason}`, { defaultValue: i18next.t('reasons:internal') })
}

// For what was refused where there is no form to say it in.
export function sayFailed(error: unknown): void {
  const problem = asProblem(error)
  failed(reasonText(problem.reason), problem.request)
}

// The words for each field of a form that the server refused: {"subject": "太长"}.
export function fieldTexts(error: unknown): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const { field, reason } of asProblem(error).fields) texts[field] = reasonText(reason)
  return texts
}
