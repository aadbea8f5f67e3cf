import { IconCopyCheck, IconPlus, IconUpload } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { useMay } from '@/api/use_me'
import { ExportButton } from '@/parts/ExportButton'
import { ListView } from '@/parts/ListView'
import { Page } from '@/parts/Page'
import { RecordDialog } from '@/parts/RecordDialog'
import { SearchField } from '@/parts/SearchField'
import { State } from '@/parts/State'
import { useList } from '@/parts/useList'
import { useSearchState } from '@/parts/usePlace'
import { Button } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import type { Column } from '@/ui/DataTable'
import { Picker } from '@/ui/Picker'
import { tiers, useCustomerFields, useRegions } from './forms'

type Line = Schemas['CustomerLine']

interface ListParams {
  q?: string
  tier?: string
  region?: number
  sort: string
}

export default function CustomersPage() {
  const { t } = useTranslation('customers')
  const [search, change] = useSearchState<'q' | 'tier' | 'region' | 'sort' | 'new'>()
  const [adding, setAdding] = useState(search.new !== undefined)
  const regions = useRegions()
  const params = {
    q: search.q,
    tier: search.tier,
    region: search.region ? Number(search.region) : undefined,
    sort: search.sort ?? 'name',
    count: true,
    limit: 50,
  }
  const list = useList<Line>('customer', params, (cursor, signal) =>
    ask(api.GET('/customers', { params: { query: { ...params, cursor } }, signal })),
  )
  const isFiltered = Boolean(search.q || search.tier || search.region)
  return (
    <Page
      title={t('title')}
      count={list.total}
      actions={<Actions params={params} onAdd={() => setAdding(true)} />}
      bar={
        <>
          <SearchField
            label={t('search')}
            value={search.q ?? ''}
            onValue={(q) => change({ q: q || undefined })}
          />
          <Picker
            label={t('field.tier')}
            clearable
            placeholder={t('all')}
            value={search.tier ?? null}
            options={tiers.map((tier) => ({ value: tier, label: t(`tier.${tier}`) }))}
            onValue={(tier) => change({ tier: tier ?? undefined })}
          />
          <Picker
            label={t('field.region')}
            clearable
            placeholder={t('all')}
            value={search.region ? Number(search.region) : null}
            options={regions.map((region) => ({ value: region.id, label: region.name }))}
            onValue={(region) => change({ region: region ? String(region) : undefined })}
          />
        </>
      }
    >
      <ListView
        list={list}
        label={t('title')}
        columns={useColumns()}
        keyOf={(line) => line.id}
        sort={params.sort}
        onSort={(sort) => change({ sort })}
        empty={
          <State
            kind={isFiltered ? 'filtered_out' : 'nothing_yet'}
            title={t(isFiltered ? 'none_found' : 'none_yet')}
            action={
              isFiltered
                ? {
                    title: t('clear'),
                    run: () => change({ q: undefined, tier: undefined, region: undefined }),
                  }
                : { title: t('add'), run: () => setAdding(true) }
            }
          />
        }
      />
      {adding && <AddCustomer onClose={() => setAdding(false)} />}
    </Page>
  )
}

function Actions({ params, onAdd }: { params: ListParams; onAdd: () => void }) {
  const { t } = useTranslation('customers')
  const may = useMay()
  const navigate = useNavigate()
  const go = (to: string) => () => void navigate({ to: to as never })
  return (
    <>
      {may('customers.export') && <ExportButton name="customers" ask={() => exportAll(params)} />}
      {may('customers.manage') && (
        <>
          <Button icon={IconUpload} onClick={go('/customers/imports')}>
            {t('import.short')}
          </Button>
          <Button icon={IconCopyCheck} onClick={go('/customers/duplicates')}>
            {t('duplicates.title')}
          </Button>
          <Button kind="primary" icon={IconPlus} onClick={onAdd}>
            {t('add')}
          </Button>
        </>
      )}
    </>
  )
}

function exportAll({ q, tier, region, sort }: ListParams) {
  const query = { q, tier, region, sort }
  return ask(api.GET('/customers/export', { params: { query }, parseAs: 'blob' }) as never)
}

function useColumns(): Column<Line>[] {
  const { t } = useTranslation('customers')
  const regions = useRegions()
  return [
    {
      key: 'name',
      title: t('field.name'),
      sort: 'name',
      cell: (line) => (
        <Link to={'/customers/$id' as never} params={{ id: line.id } as never}>
          {line.name}
        </Link>
      ),
    },
    {
      key: 'tier',
      title: t('field.tier'),
      cell: (line) => (
        <Tag tone={line.tier === 'gold' || line.tier === 'platinum' ? 'brand' : 'plain'}>
          {t(`tier.${line.tier}`, { defaultValue: line.tier })}
        </Tag>
      ),
    },
    {
      key: 'region',
      title: t('field.region'),
      cell: (line) => regions.find((region) => region.id === line.region)?.name,
    },
    { key: 'industry', title: t('field.industry'), cell: (line) => line.industry },
    { key: 'phone', title: t('field.phone'), cell: (line) => line.phone },
  ]
}

function AddCustomer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('customers')
  const fields = useCustomerFields()
  const navigate = useNavigate()
  return (
    <RecordDialog
      title={t('add')}
      fields={fields}
      initial={{ tier: 'standard' }}
      onClose={onClose}
      save={(values) => ask(api.POST('/customers', { body: values as never }))}
      onSaved={(made) => {
        void queryClient.invalidateQueries({ queryKey: all('customer') })
        const { id } = made as { id: number }
        void navigate({ to: '/customers/$id' as never, params: { id } as never })
      }}
    />
  )
}
