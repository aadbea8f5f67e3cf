import { IconMessageQuestion, IconRosetteDiscountCheck, IconStar } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { placeOf } from '../usePortalHome'

const icons = {
  confirmation: IconRosetteDiscountCheck,
  answer: IconMessageQuestion,
  rating: IconStar,
}

// What the desk is waiting for.
export function WaitingList({ waiting }: { waiting: readonly Schemas['WaitingRequest'][] }) {
  const { t } = useTranslation('portal')
  if (waiting.length === 0) return null
  return (
    <section aria-labelledby="waiting">
      <header className="bj-head">
        <h2 id="waiting">
          {t('waiting')} <span className="bj-count">{waiting.length}</span>
        </h2>
      </header>
      <ul className="bj-panel bj-rows">
        {waiting.map(({ waits_for, ticket }, at) => {
          const Icon = icons[waits_for]
          const id = `waits-${ticket.id}`
          return (
            <li key={ticket.id}>
              <span className="bj-tile" data-tone={waits_for === 'rating' ? 'plain' : 'accent'}>
                <Icon size={20} stroke={1.5} aria-hidden="true" />
              </span>
              <span id={id}>
                <strong>{t(`waits.${waits_for}`)}</strong>
                <small>
                  {ticket.subject}
                  <span className="bj-from-tablet"> · {ticket.number}</span>
                </small>
              </span>
              <Link
                className="bj-button"
                data-kind={at === 0 ? 'primary' : 'plain'}
                aria-describedby={id}
                to={'/requests/$id' as never}
                params={{ id: ticket.id } as never}
                hash={placeOf(waits_for)}
              >
                {t(`do.${waits_for}`)}
              </Link>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
