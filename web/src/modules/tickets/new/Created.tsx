import { IconCopy } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { duration } from '@/parts/time'
import { done } from '@/parts/undo'
import { Button, IconButton } from '@/ui/Button'
import { copyText } from '@/ui/clipboard'

export interface CreatedProps {
  ticket: Schemas['Ticket']
  took: number
  onAnother: () => void
}

// The number, big enough to be read out.
export function Created({ ticket, took, onAnother }: CreatedProps) {
  const { t } = useTranslation('tickets')
  const navigate = useNavigate()
  const copy = async () => {
    if (await copyText(ticket.number)) done(t('new.copied'))
  }
  return (
    <div className="bj-created" role="status">
      <p>{t('new.created')}</p>
      <p className="bj-created-number">
        <span className="bj-hidden">{t('new.number')}</span>
        {ticket.number}
        <IconButton label={t('new.copy')} icon={IconCopy} onClick={() => void copy()} />
      </p>
      <p className="bj-count">
        {ticket.subject} · {t('new.took', { time: duration(took) })}
      </p>
      <div className="bj-ticket-line">
        <Button
          kind="primary"
          size="large"
          autoFocus
          onClick={() =>
            void navigate({ to: '/tickets/$id' as never, params: { id: ticket.id } as never })
          }
        >
          {t('new.open')}
        </Button>
        <Button size="large" onClick={onAnother}>
          {t('new.another')}
        </Button>
      </div>
    </div>
  )
}
