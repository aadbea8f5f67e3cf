import { useTranslation } from 'react-i18next'
import { Time } from '@/parts/Time'
import { ChannelGlyph, PriorityGlyph } from '@/ui/Glyph'
import { Row } from '@/ui/Row'
import { aimAt } from '../page/useTicket'
import { DueChip } from './DueChip'
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
      onAim={() => aimAt(ticket.id)}
      onOpen={() => onOpen(ticket.id)}
      onChoose={(range) => onChoose(ticket.id, range)}
    />
  )
}
