import { IconAlertTriangle, IconClock, IconMessage } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { Avatar } from '@/parts/Avatar'
import { either } from '@/parts/names'
import { Steps } from '@/ui/progress'
import { stepsOf, stepTime } from '../progress'
import { RequestTag } from '../RequestTag'
import { placeOf, type WaitsFor } from '../usePortalHome'

export interface OpenRequestCardProps {
  request: Schemas['OpenRequest']
  waits?: WaitsFor
}

export function OpenRequestCard({ request, waits }: OpenRequestCardProps) {
  const { t } = useTranslation('portal')
  const { ticket, progress } = request
  const way = {
    to: '/requests/$id' as never,
    params: { id: ticket.id } as never,
  }
  return (
    <article className="bj-panel bj-request-card">
      <header>
        <span className="bj-count">{ticket.number}</span>
        {ticket.priority === 'P1' && (
          <span className="bj-urgent">
            <IconAlertTriangle size={15} stroke={1.8} aria-hidden="true" />
            {t('urgent')}
          </span>
        )}
        <RequestTag waits={waits} unread={ticket.unread} />
        {ticket.due_at && (
          <span className="bj-request-card-end">
            <IconClock size={15} stroke={1.6} aria-hidden="true" />
            {t('promised', { at: stepTime(ticket.due_at) })}
          </span>
        )}
      </header>
      <h3>
        <Link className="bj-whole" {...way}>
          {ticket.subject}
        </Link>
      </h3>
      <Steps label={t('progress')} steps={stepsOf(progress.steps)} />
      <footer>
        {ticket.assignee_name && <Avatar name={ticket.assignee_name} size={36} />}
        <span>
          <strong>{either(progress.state_zh, progress.state_en)}</strong>
          <small>
            {ticket.assignee_name ? t('who_serves', { name: ticket.assignee_name }) : t('soon')}
          </small>
        </span>
        <Link className="bj-button" data-kind="soft" {...way} hash={placeOf(waits)}>
          <IconMessage size={16} stroke={1.7} aria-hidden="true" />
          {waits ? t(`do.${waits}`) : t('write_to_us')}
        </Link>
      </footer>
    </article>
  )
}
