import {
  IconArrowRight,
  IconChevronRight,
  IconPhone,
  IconPlus,
  IconSearch,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { list, one } from '@/api/keys'
import { reference } from '@/api/query_client'
import { useMay, useMe } from '@/api/use_me'
import { either } from '@/parts/names'
import { QueryView } from '@/parts/QueryView'
import { Button } from '@/ui/Button'
import { Facts, Panel } from '@/ui/Panel'
import { Skeleton } from '@/ui/progress'
import { OpenRequestCard } from './OpenRequestCard'
import './portal.css'
import { MyWishes } from './MyWishes'
import { greetingKey } from './progress'
import { WaitingList } from './WaitingList'

type Home = Schemas['PortalHome']

export default function HomePage() {
  const { t } = useTranslation('portal')
  const query = useQuery({
    queryKey: list('ticket', { portal: 'home' }),
    queryFn: ({ signal }) => ask(api.GET('/portal/home', { signal })),
  })
  return (
    <>
      <Greeting wishes={query.data?.preferences} />
      <div className="bj-home">
        <QueryView query={query} skeleton={<Skeleton lines={8} />}>
          {(home) => (
            <div className="bj-home-columns">
              <div className="bj-home-main">
                <WaitingList waiting={home.waiting ?? []} />
                <OpenRequests home={home} />
              </div>
              <aside className="bj-home-side">
                <MyWishes />
                <Support />
                <Products assets={home.assets ?? []} />
              </aside>
            </div>
          )}
        </QueryView>
      </div>
      <span className="bj-hidden">{t('title')}</span>
    </>
  )
}

function Greeting({ wishes }: { wishes?: Schemas['Preferences'] }) {
  const { t } = useTranslation('portal')
  const me = useMe()
  const may = useMay()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const q = typed.trim()
    if (q) void navigate({ to: '/requests' as never, search: { q } as never })
  }
  const name = wishes?.form_of_address ?? me.name
  return (
    <section className="bj-hero">
      <div className="bj-hero-inner">
        <h1>{t(`greeting.${greetingKey(new Date().getHours())}`, { name })}</h1>
        <p>{t('what')}</p>
        <form className="bj-hero-search" onSubmit={submit}>
          <IconSearch size={20} stroke={1.6} aria-hidden="true" />
          <input
            aria-label={t('search')}
            placeholder={t('search_hint')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Button
            type="submit"
            kind="primary"
            size="large"
            icon={IconArrowRight}
            aria-label={t('search')}
          >
            {t('search')}
          </Button>
        </form>
        <div className="bj-hero-actions">
          {may('tickets.create') && (
            <Link to={'/requests/new' as never} className="bj-hero-action" data-first>
              <IconPlus size={22} stroke={1.6} aria-hidden="true" />
              <span>
                <strong>{t('submit')}</strong>
                {t('submit_hint')}
              </span>
              <IconChevronRight size={18} stroke={1.6} aria-hidden="true" />
            </Link>
          )}
          <Link to={'/requests' as never} className="bj-hero-action">
            <span>
              <strong>{t('follow')}</strong>
              {t('follow_hint')}
            </span>
            <IconChevronRight size={18} stroke={1.6} aria-hidden="true" />
          </Link>
        </div>
      </div>
    </section>
  )
}

function OpenRequests({ home }: { home: Home }) {
  const { t } = useTranslation('portal')
  const open = home.open ?? []
  return (
    <section>
      <header className="bj-home-head">
        <h2>
          {t('open')} <span className="bj-count">{home.open_total}</span>
        </h2>
        <Link to={'/requests' as never}>{t('all_requests')}</Link>
      </header>
      {open.length === 0 ? (
        <p className="bj-home-empty">{t('nothing_open')}</p>
      ) : (
        open.map((request, at) => (
          <OpenRequestCard key={request.ticket.id} request={request} large={at === 0} />
        ))
      )}
    </section>
  )
}

// Who helps: as the organisation says of itself.
function Support() {
  const { t } = useTranslation('portal')
  const { data } = useQuery({
    ...reference,
    queryKey: one('organisation', 1),
    queryFn: ({ signal }) => ask(api.GET('/organisation', { signal })),
  })
  const phone = data?.support_phone
  const hours = either(data?.hours_zh, data?.hours_en)
  if (!phone && !hours && !data?.support_email) return null
  return (
    <Panel title={t('support')}>
      <Facts
        facts={[
          hours && { name: t('hours'), value: hours },
          phone && {
            name: t('phone'),
            value: (
              <a href={`tel:${phone}`}>
                <IconPhone size={14} stroke={1.6} aria-hidden="true" /> {phone}
              </a>
            ),
          },
          data?.support_email && {
            name: t('email'),
            value: <a href={`mailto:${data.support_email}`}>{data.support_email}</a>,
          },
        ]}
      />
    </Panel>
  )
}

function Products({ assets }: { assets: NonNullable<Home['assets']> }) {
  const { t } = useTranslation('portal')
  if (assets.length === 0) return null
  return (
    <Panel title={t('my_products')}>
      <ul className="bj-portal-list">
        {assets.slice(0, 5).map((asset) => (
          <li key={asset.id}>
            <span>
              {asset.name}
              <small>{[asset.product_name, asset.version_name].filter(Boolean).join(' · ')}</small>
            </span>
            <span className="bj-tag" data-tone={asset.state === 'accepted' ? 'good' : 'plain'}>
              {t(`asset.${asset.state}`)}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
