import { IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/api/use_me'
import { either } from '@/parts/names'
import { RequestTag } from '../RequestTag'
import type { Home, WaitsFor } from '../usePortalHome'
import { OpenRequestCard } from './OpenRequestCard'

export interface OpenRequestsProps {
  home: Home
  waits: ReadonlyMap<number, WaitsFor>
}

// The newest one in full, the others in a line each.
export function OpenRequests({ home, waits }: OpenRequestsProps) {
  const { t } = useTranslation('portal')
  const [first, ...others] = home.open ?? []
  const elsewhere = (home.open_of_organisations ?? 0) - home.open_total
  return (
    <section aria-labelledby="open">
      <header className="bj-head">
        <h2 id="open">
          {t('open')} <span className="bj-count">{home.open_total}</span>
        </h2>
        <Link to={'/requests' as never}>{t('all_requests')}</Link>
      </header>
      {first ? (
        <OpenRequestCard request={first} waits={waits.get(first.ticket.id)} />
      ) : (
        <NothingOpen />
      )}
      {others.length > 0 && (
        <ul className="bj-panel bj-rows bj-others">
          {others.map(({ ticket, progress }) => (
            <li key={ticket.id}>
              <span>
                <Link
                  className="bj-whole"
                  to={'/requests/$id' as never}
                  params={{ id: ticket.id } as never}
                >
                  {ticket.subject}
                </Link>
                <small>
                  {ticket.number} · {either(progress.state_zh, progress.state_en)}
                </small>
              </span>
              <RequestTag waits={waits.get(ticket.id)} unread={ticket.unread} />
              <IconChevronRight size={18} stroke={1.6} aria-hidden="true" />
            </li>
          ))}
        </ul>
      )}
      {elsewhere > 0 && (
        <p className="bj-elsewhere">
          <Link to={'/requests' as never}>{t('open_of_others', { count: elsewhere })}</Link>
        </p>
      )}
    </section>
  )
}

function NothingOpen() {
  const { t } = useTranslation('portal')
  const may = useMay()
  return (
    <div className="bj-panel bj-nothing">
      <p>{t('nothing_open')}</p>
      {may('tickets.create') && (
        <Link className="bj-button" data-kind="plain" to={'/requests/new' as never}>
          {t('submit')}
        </Link>
      )}
    </div>
  )
}
