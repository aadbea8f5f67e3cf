import { IconEdit } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { one } from '@/api/keys'
import { Avatar } from '@/parts/Avatar'
import { Page } from '@/parts/Page'
import { QueryView } from '@/parts/QueryView'
import { RecordDialog } from '@/parts/RecordDialog'
import { useIdInPath, useSearchState } from '@/parts/usePlace'
import { Button } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import { Banner, Facts, Panel } from '@/ui/Panel'
import { Skeleton } from '@/ui/progress'
import { Tabs } from '@/ui/Tabs'
import { AssetsPanel } from './AssetsPanel'
import './customers.css'
import { customerValues, useCustomerFields, useRegions } from './forms'
import { DatesPanel, NotesPanel } from './NotesPanel'
import { PeoplePanel } from './PeoplePanel'
import { SitesPanel } from './SitesPanel'
import { StoryPanel } from './StoryPanel'
import { TicketsPanel } from './TicketsPanel'
import { WishesPanel } from './WishesPanel'

type Customer = Schemas['CustomerPage']
type TabKey = 'overview' | 'story' | 'tickets' | 'people' | 'places'

export default function CustomerPage() {
  const id = useIdInPath()
  const { t } = useTranslation('customers')
  const query = useQuery({
    queryKey: one('customer', id),
    queryFn: ({ signal }) => ask(api.GET('/customers/{id}', { params: { path: { id } }, signal })),
  })
  return (
    <QueryView query={query} skeleton={<Skeleton lines={8} />}>
      {(customer) => <CustomerView customer={customer} title={t('title')} />}
    </QueryView>
  )
}

function CustomerView({ customer }: { customer: Customer; title: string }) {
  const { t } = useTranslation('customers')
  const [search, change] = useSearchState<'tab'>()
  const [editing, setEditing] = useState(false)
  const tab = (search.tab as TabKey | undefined) ?? 'overview'
  const counts = (customer.counts ?? {}) as Record<string, number>
  const mayEdit = customer.allowed?.includes('change') ?? false
  const tabs = [
    { key: 'overview', title: t('tab.overview') },
    { key: 'story', title: t('tab.story') },
    { key: 'tickets', title: t('tab.tickets'), count: counts.open_tickets },
    { key: 'people', title: t('tab.people'), count: counts.contacts },
    { key: 'places', title: t('tab.places'), count: counts.assets },
  ] as const
  return (
    <Page
      title={customer.name}
      actions={
        mayEdit && (
          <Button icon={IconEdit} onClick={() => setEditing(true)}>
            {t('edit')}
          </Button>
        )
      }
      bar={
        <Tabs<TabKey>
          label={customer.name}
          tabs={tabs}
          value={tab}
          onValue={(key) => change({ tab: key === 'overview' ? undefined : key })}
        />
      }
    >
      {customer.merged_into && <Banner>{t('merged')}</Banner>}
      <div className="bj-record">
        {tab === 'overview' && <Overview customer={customer} mayEdit={mayEdit} />}
        {tab === 'story' && <StoryPanel customer={customer.id} />}
        {tab === 'tickets' && <TicketsPanel params={{ customer: customer.id }} />}
        {tab === 'people' && <PeoplePanel customer={customer.id} mayEdit={mayEdit} />}
        {tab === 'places' && (
          <>
            <SitesPanel customer={customer.id} mayEdit={mayEdit} />
            <AssetsPanel customer={customer.id} />
          </>
        )}
      </div>
      {editing && <EditCustomer customer={customer} onClose={() => setEditing(false)} />}
    </Page>
  )
}

function Overview({ customer, mayEdit }: { customer: Customer; mayEdit: boolean }) {
  const { t } = useTranslation('customers')
  const region = useRegions().find((one) => one.id === customer.region)
  return (
    <div className="bj-record-columns">
      <div className="bj-record">
        <Panel>
          <div className="bj-record-head">
            <Avatar name={customer.name} size={44} square />
            <div>
              <strong>{customer.short_name ?? customer.name}</strong>
              <Tag tone="brand">{t(`tier.${customer.tier}`, { defaultValue: customer.tier })}</Tag>
            </div>
          </div>
          <Facts
            facts={[
              customer.industry && { name: t('field.industry'), value: customer.industry },
              region && { name: t('field.region'), value: region.name },
              customer.address && { name: t('field.address'), value: customer.address },
              customer.phone && {
                name: t('field.phone'),
                value: <a href={`tel:${customer.phone}`}>{customer.phone}</a>,
              },
              customer.website && {
                name: t('field.website'),
                value: (
                  <a href={customer.website} rel="noopener noreferrer" target="_blank">
                    {customer.website}
                  </a>
                ),
              },
              customer.notes && { name: t('field.notes'), value: customer.notes },
            ]}
          />
        </Panel>
        <NotesPanel customer={customer.id} />
      </div>
      <div className="bj-record">
        <WishesPanel of={{ kind: 'customer', id: customer.id }} mayEdit={mayEdit} />
        <DatesPanel customer={customer.id} />
        <TicketsPanel params={{ customer: customer.id, open: true }} short />
      </div>
    </div>
  )
}

function EditCustomer({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation('customers')
  const fields = useCustomerFields()
  return (
    <RecordDialog
      title={t('edit')}
      fields={[...fields, { key: 'active', label: t('field.active'), kind: 'switch' }]}
      initial={{ ...customerValues(customer), active: customer.active }}
      changesOnly
      onClose={onClose}
      save={(values) =>
        ask(
          api.PATCH('/customers/{id}', {
            params: { path: { id: customer.id } },
            headers: ifVersion(customer.version),
            body: values as never,
          }),
        )
      }
    />
  )
}
