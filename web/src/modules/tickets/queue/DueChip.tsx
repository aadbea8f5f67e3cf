import { useTranslation } from 'react-i18next'
import { serverNow } from '@/api/connection'
import { absolute, duration } from '@/parts/time'
import { SlaChip } from '@/ui/SlaChip'
import { standing, used } from './due'
import type { TicketRow } from './useQueue'

export interface DueChipProps {
  ticket: Pick<TicketRow, 'due_at' | 'due_kind' | 'phase' | 'created_at'>
}

export function DueChip({ ticket }: DueChipProps) {
  const { t } = useTranslation('tickets')
  const now = serverNow()
  const state = standing(ticket, now)
  if (!state || (state === 'met' && ticket.phase === 'closed')) return null
  const due = ticket.due_at ? Date.parse(ticket.due_at) : 0
  const kind = t(`due.kind.${ticket.due_kind ?? 'promise'}`, {
    defaultValue: t('due.kind.promise'),
  })
  const words = () => {
    if (state === 'paused') return t('due.paused')
    if (state === 'met') return t('due.met')
    const left = due - serverNow()
    return t(left < 0 ? 'due.over' : 'due.left', { time: duration(left) })
  }
  const title = due ? `${kind} · ${absolute(due)}` : kind
  return <SlaChip state={state} done={used(ticket, now)} title={title} words={words} />
}
