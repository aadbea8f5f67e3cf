import { IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { either } from '@/parts/names'
import { absolute } from '@/parts/time'
import { Tag } from '@/ui/Chip'
import { Steps } from '@/ui/progress'
import './portal.css'
import { stepsOf } from './progress'

export interface OpenRequestCardProps {
  request: Schemas['OpenRequest']
  large?: boolean
}

export function OpenRequestCard({ request, large }: OpenRequestCardProps) {
  const { t } = useTranslation('portal')
  const { ticket, progress } = request
  const state = either(progress.state_zh, progress.state_en)
  return (
    <Link
      to={'/requests/$id' as never}
      params={{ id: ticket.id } as never}
      className="bj-request-card"
      data-large={large || undefined}
    >
      <span className="bj-request-card-head">
        <span className="bj-count">{ticket.number}</span>
        {ticket.unread && <Tag tone="accent">{t('new_answer')}</Tag>}
        <span className="bj-request-card-end">
          {ticket.due_at ? t('promised', { at: absolute(ticket.due_at) }) : state}
          {!large && <IconChevronRight size={16} stroke={1.6} aria-hidden="true" />}
        </span>
      </span>
      <strong>{ticket.subject}</strong>
      {large && <Steps label={t('progress')} steps={stepsOf(progress.steps)} />}
    </Link>
  )
}
