import { IconMessageQuestion, IconRosetteDiscountCheck, IconStar } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { Button } from '@/ui/Button'
import './portal.css'

const icons = {
  confirmation: IconRosetteDiscountCheck,
  answer: IconMessageQuestion,
  rating: IconStar,
}

// What the desk is waiting for.
export function WaitingList({ waiting }: { waiting: readonly Schemas['WaitingRequest'][] }) {
  const { t } = useTranslation('portal')
  const navigate = useNavigate()
  if (waiting.length === 0) return null
  return (
    <section>
      <header className="bj-home-head">
        <h2>
          {t('waiting')} <span className="bj-count">{waiting.length}</span>
        </h2>
      </header>
      <ul className="bj-panel bj-portal-list">
        {waiting.map(({ waits_for, ticket }, at) => {
          const Icon = icons[waits_for]
          return (
            <li key={ticket.id}>
              <span className="bj-portal-icon">
                <Icon size={20} stroke={1.5} aria-hidden="true" />
              </span>
              <span>
                <strong>{t(`waits.${waits_for}`)}</strong>
                <small>
                  {ticket.number} · {ticket.subject}
                </small>
              </span>
              <Button
                kind={at === 0 ? 'primary' : 'plain'}
                onClick={() =>
                  void navigate({
                    to: '/requests/$id' as never,
                    params: { id: ticket.id } as never,
                  })
                }
              >
                {t(`do.${waits_for}`)}
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
