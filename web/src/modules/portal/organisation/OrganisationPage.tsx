import { IconListDetails, IconMail, IconMapPin, IconPhone } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { list, one } from '@/api/keys'
import { useMe } from '@/api/use_me'
import { Avatar } from '@/parts/Avatar'
import { QueryView } from '@/parts/QueryView'
import { useList } from '@/parts/useList'
import { Tag } from '@/ui/Chip'
import { Skeleton } from '@/ui/progress'
import { PortalPage } from '../PortalPage'
import { RowsView } from '../RowsView'
import { usePortalHome } from '../usePortalHome'

type Contact = Schemas['ContactPage']
type Membership = Schemas['Membership']

// The organisations one belongs to. A lead sees everybody of his and all that they asked for.
export default function OrganisationPage() {
  const { t } = useTranslation('portal')
  const me = useMe()
  const query = useQuery({
    queryKey: one('contact', me.contact ?? 0, 'mine'),
    queryFn: ({ signal }) => ask(api.GET('/me/contact', { signal })),
  })
  return (
    <PortalPage title={t('organisation')}>
      <QueryView query={query} skeleton={<Skeleton lines={8} />}>
        {(contact) => (
          <div className="bj-column">
            {(contact.customers ?? []).map((membership) => (
              <Organisation key={membership.customer} membership={membership} />
            ))}
          </div>
        )}
      </QueryView>
    </PortalPage>
  )
}

function Organisation({ membership }: { membership: Membership }) {
  const { t } = useTranslation('portal')
  const id = membership.customer
  const { data } = useQuery({
    queryKey: one('customer', id),
    queryFn: ({ signal }) => ask(api.GET('/customers/{id}', { params: { path: { id } }, signal })),
  })
  return (
    <>
      <section className="bj-panel bj-organisation">
        <Avatar name={membership.customer_name} size={44} square />
        <span>
          <h2>{membership.customer_name}</h2>
          <small>{[data?.industry, data?.address].filter(Boolean).join(' · ')}</small>
        </span>
        {membership.lead && <Tag tone="brand">{t('you_lead')}</Tag>}
        {membership.lead && <AllRequests />}
      </section>
      {membership.lead && <People customer={id} />}
      <Sites customer={id} />
    </>
  )
}

function AllRequests() {
  const { t } = useTranslation('portal')
  const open = usePortalHome().data?.open_of_organisations
  return (
    <Link className="bj-button" data-kind="plain" to={'/requests' as never}>
      <IconListDetails size={17} stroke={1.6} aria-hidden="true" />
      {open ? t('follow_open', { count: open }) : t('requests_of_ours')}
    </Link>
  )
}

function People({ customer }: { customer: number }) {
  const { t } = useTranslation('portal')
  const params = { customer, active: true, limit: 50 }
  const found = useList<Contact>('contact', params, (cursor, signal) =>
    ask(api.GET('/contacts', { params: { query: { ...params, cursor } }, signal })),
  )
  return (
    <section aria-labelledby={`people-${customer}`}>
      <header className="bj-head">
        <h2 id={`people-${customer}`}>
          {t('people')} <span className="bj-count">{found.rows.length || ''}</span>
        </h2>
      </header>
      <RowsView
        {...found}
        empty={null}
        row={(person) => <Person key={person.id} person={person} customer={customer} />}
      />
    </section>
  )
}

function Person({ person, customer }: { person: Contact; customer: number }) {
  const { t } = useTranslation('portal')
  const phone = person.mobile ?? person.phone
  const leads = person.customers?.some((one) => one.customer === customer && one.lead)
  return (
    <li className="bj-person">
      <Avatar name={person.name} size={38} />
      <span>
        <strong>
          {person.name} {leads && <Tag tone="brand">{t('lead')}</Tag>}
        </strong>
        <small>{person.title}</small>
      </span>
      <span className="bj-person-ways">
        {phone && (
          <a href={`tel:${phone}`}>
            <IconPhone size={16} stroke={1.5} aria-hidden="true" />
            {phone}
          </a>
        )}
        {person.email && (
          <a href={`mailto:${person.email}`}>
            <IconMail size={16} stroke={1.5} aria-hidden="true" />
            {person.email}
          </a>
        )}
        <Link to={'/requests' as never} search={{ show: 'all', who: String(person.id) } as never}>
          <IconListDetails size={16} stroke={1.5} aria-hidden="true" />
          {t('requests_of_person')}
        </Link>
      </span>
    </li>
  )
}

function Sites({ customer }: { customer: number }) {
  const { t } = useTranslation('portal')
  const params = { limit: 100, active: true, customer }
  const { data } = useQuery({
    queryKey: list('site', params),
    queryFn: ({ signal }) => ask(api.GET('/sites', { params: { query: params }, signal })),
  })
  if (!data || data.items.length === 0) return null
  return (
    <section aria-labelledby={`sites-${customer}`}>
      <header className="bj-head">
        <h2 id={`sites-${customer}`}>
          {t('sites')} <span className="bj-count">{data.items.length}</span>
        </h2>
      </header>
      <ul className="bj-panel bj-rows">
        {data.items.map((site) => (
          <li key={site.id}>
            <span className="bj-tile" data-tone="plain">
              <IconMapPin size={20} stroke={1.5} />
            </span>
            <span>
              <strong>{site.name}</strong>
              <small>{[site.address, site.phone].filter(Boolean).join(' · ')}</small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
