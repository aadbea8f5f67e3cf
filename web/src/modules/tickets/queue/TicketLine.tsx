import { useTranslation } from 'react-i18next'
import { serverNow } from '@/api/connection'
import { Time } from '@/parts/Time'
import { absolute, duration } from '@/parts/time'
import { ChannelGlyph, PriorityGlyph } from '@/ui/Glyph'
import { Row } from '@/ui/Row'
import { SlaChip } from '@/ui/SlaChip'
import { standing, used } from './due'
import type { TicketRow } from './useQueue'

export interface TicketLineProps {
  ticket: TicketRow
  stateName: string
  open: boolean
  current: boolean
  chosen: boolean
  choosing: boolean
  href: string
  onOpen: (id: number) => void
  onChoose: (id: number, range: boolean) => void
}

export function TicketLine(props: TicketLineProps) {
  const { ticket, stateName, onOpen, onChoose } = props
  const { t } = useTranslation(['tickets', 'words'])
  return (
    <Row
      title={ticket.subject}
      glyph={
        <PriorityGlyph priority={ticket.priority} label={t(`words:priority.${ticket.priority}`)} />
      }
      age={<Time at={ticket.updated_at} as="short" />}
      more={
        <>
          <ChannelGlyph channel={ticket.channel} label={t(`words:channel.${ticket.channel}`)} />
          <span className="bj-row-shrinks">
            {ticket.customer_name ?? ticket.contact_name ?? ticket.number}
          </span>
          <span aria-hidden="true">·</span>
          <span>{stateName}</span>
          {ticket.assignee_name && (
            <>
              <span aria-hidden="true">·</span>
              <span>{ticket.assignee_name}</span>
            </>
          )}
        </>
      }
      end={<DueChip ticket={ticket} />}
      unread={ticket.unread}
      unreadLabel={t('tickets:unread')}
      open={props.open}
      current={props.current}
      chosen={props.chosen}
      choosing={props.choosing}
      chooseLabel={t('tickets:choose', { subject: ticket.subject })}
      href={props.href}
      onOpen={() => onOpen(ticket.id)}
      onChoose={(range) => onChoose(ticket.id, range)}
    />
  )
}

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
