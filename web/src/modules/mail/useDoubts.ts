import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import type { IncomingLine } from '@/parts/letters'
import { listed } from '@/parts/names'

type Letter = Schemas['Letter']

const domainOf = (email: string) => email.slice(email.lastIndexOf('@') + 1).toLowerCase()

// Answers that would go to somebody of another domain than the letter says it is from.
export function answersElsewhere(letter: Pick<Letter, 'from' | 'reply_to'>): string[] {
  const own = new Set((letter.from ?? []).map(({ email }) => domainOf(email)))
  return (letter.reply_to ?? [])
    .map(({ email }) => email)
    .filter((email) => own.size > 0 && !own.has(domainOf(email)))
}

// What one should know of a letter before one believes it, in whole sentences.
export function useDoubts(letter: Letter, mail: IncomingLine): string[] {
  const { t } = useTranslation(['mail', 'letters'])
  const doubts: string[] = []
  if (mail.proof === 'failed') doubts.push(t('mail:doubt.forged'))
  const elsewhere = answersElsewhere(letter)
  if (elsewhere.length > 0) doubts.push(t('mail:doubt.elsewhere', { who: listed(elsewhere) }))
  if (letter.protection !== 'none') doubts.push(t(`mail:protection.${letter.protection}`))
  if (letter.too_much !== 'no') doubts.push(t(`mail:too_much.${letter.too_much}`))
  for (const oddity of letter.oddities ?? []) {
    doubts.push(t(`mail:oddity.${oddity}`, { defaultValue: oddity }))
  }
  return doubts
}
