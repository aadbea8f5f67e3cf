import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { aimAt } from '../page/useTicket'
import { nextSort, type QueueColumn } from './columns'
import type { TicketLineProps } from './TicketLine'
import './wide.css'

export interface WideLineProps extends TicketLineProps {
  columns: readonly QueueColumn[]
}

// A ticket in one line, where there is room for columns: plain HTML as the narrow line is.
export const WideLine = memo(function WideLine(props: WideLineProps) {
  const { ticket, stateName, columns, chosen, onOpen, onChoose } = props
  const { t } = useTranslation(['tickets', 'words'])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself hears J, K, Enter and X
    // biome-ignore lint/a11y/noStaticElementInteractions: the link inside is what is announced
    <div
      className="bj-wide"
      data-unread={ticket.unread || undefined}
      data-current={props.current || undefined}
      data-chosen={chosen || undefined}
      onPointerEnter={() => aimAt(ticket.id)}
      onClick={(event) => (event.shiftKey ? onChoose(ticket.id, true) : onOpen(ticket.id))}
    >
      {ticket.unread && (
        <span className="bj-row-dot">
          <span className="bj-hidden">{t('tickets:unread')}</span>
        </span>
      )}
      <input
        type="checkbox"
        className="bj-row-check"
        aria-label={t('tickets:choose', { subject: ticket.subject })}
        checked={chosen}
        onClick={(event) => event.stopPropagation()}
        onChange={() => onChoose(ticket.id, false)}
      />
      {columns.map((column) =>
        column.key === 'subject' ? (
          <a
            key={column.key}
            className="bj-row-title"
            href={props.href}
            tabIndex={-1}
            onClick={(event) => {
              if (!event.metaKey && !event.ctrlKey) event.preventDefault()
              else event.stopPropagation()
            }}
          >
            {ticket.subject}
          </a>
        ) : (
          <span key={column.key}>{column.cell(ticket, { t, stateName })}</span>
        ),
      )}
    </div>
  )
})

export interface WideHeadProps {
  columns: readonly QueueColumn[]
  sort: string
  onSort: (sort: string) => void
}

export function WideHead({ columns, sort, onSort }: WideHeadProps) {
  const { t } = useTranslation(['tickets', 'ui'])
  return (
    <div className="bj-wide bj-wide-head">
      <span />
      {columns.map(({ key, sort: by }) => {
        const title = t(`tickets:column.${key}`)
        if (!by) return <span key={key}>{title}</span>
        const order = sort === by ? 'ascending' : sort === `-${by}` ? 'descending' : undefined
        return (
          <button
            key={key}
            type="button"
            title={t('ui:sort_by', { what: title })}
            aria-label={order ? t(`tickets:sorted.${order}`, { what: title }) : title}
            onClick={() => onSort(nextSort(sort, by))}
          >
            {title}
            {order === 'ascending' && <IconArrowUp size={12} aria-hidden="true" />}
            {order === 'descending' && <IconArrowDown size={12} aria-hidden="true" />}
          </button>
        )
      })}
    </div>
  )
}

export function gridOf(columns: readonly QueueColumn[]): string {
  return ['18px', ...columns.map(({ width }) => width)].join(' ')
}
