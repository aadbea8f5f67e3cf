import { useQuery } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { list } from '@/api/keys'
import { useMay } from '@/api/use_me'
import { nameOf } from '@/parts/names'
import { useViewOrder } from './useViewOrder'

type View = Schemas['ViewLine']

// Saved views and how many tickets each of them finds just now.
export function ViewList() {
  const { t } = useTranslation('app')
  const may = useMay()
  const { data } = useQuery({
    queryKey: list('view', { counts: true }),
    queryFn: ({ signal }) =>
      ask(api.GET('/views', { params: { query: { counts: true } }, signal })),
    enabled: may('tickets.read'),
  })
  const open = useRouterState({
    select: ({ location }) =>
      location.pathname.includes('/tickets')
        ? (location.search as { view?: string }).view
        : undefined,
  })
  const views = data?.items ?? []
  const order = useViewOrder(views)
  if (views.length === 0) return null
  return (
    <>
      <h2 className="bj-side-head">{t('views')}</h2>
      <ul className="bj-side-list">
        {views.map((view, at) => (
          <li key={view.id} {...order.handlersOf(view, at)}>
            <ViewLink view={view} isOpen={open === String(view.id)} />
          </li>
        ))}
      </ul>
      <span className="bj-hidden" role="status">
        {order.said}
      </span>
    </>
  )
}

function ViewLink({ view, isOpen }: { view: View; isOpen: boolean }) {
  const { t } = useTranslation('app')
  return (
    <Link
      to="/tickets"
      search={{ view: String(view.id) } as never}
      className="bj-side-line bj-side-view"
      activeProps={{}}
      data-here={isOpen || undefined}
      aria-current={isOpen ? 'page' : undefined}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
      title={t('view_order')}
      draggable={false}
    >
      <ViewGlyph name={view.key ?? ''} />
      <span>{nameOf(view)}</span>
      {typeof view.count === 'number' && <span className="bj-side-count">{view.count}</span>}
    </Link>
  )
}

// The same shapes as on the tickets: what is late or nearly so is seen without its colour.
function ViewGlyph({ name }: { name: string }) {
  return (
    <svg className="bj-side-glyph" data-view={name} viewBox="0 0 14 14" aria-hidden="true">
      {name === 'breached' && <path d="M7 1.8 13 12.4H1z" />}
      {name === 'due_soon' && (
        <>
          <path className="bj-half" d="M7 1.4v11.2L1.4 7z" />
          <path className="bj-outline" d="M7 1.4 12.6 7 7 12.6 1.4 7z" />
        </>
      )}
      {name === 'waiting_customer' && <path d="M4 2.5h2v9H4zm4 0h2v9H8z" />}
      {!['breached', 'due_soon', 'waiting_customer'].includes(name) && (
        <rect x="4.2" y="4.2" width="5.6" height="5.6" rx="1.4" />
      )}
    </svg>
  )
}
