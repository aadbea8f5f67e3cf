import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { useMay } from '@/api/use_me'
import { ListView } from '@/parts/ListView'
import { findCustomers, findProducts } from '@/parts/lookups'
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
import { assetStates, useNewAssetFields } from './forms'

type Asset = Schemas['Asset']

export default function AssetsPage() {
  const { t } = useTranslation('products')
  const may = useMay()
  const navigate = useNavigate()
  const [adding, setAdding] = useState(false)
  const fields = useNewAssetFields()
  const [search, change] = useSearchState<'serial' | 'customer' | 'product' | 'state'>()
  const params = {
    serial: search.serial,
    customer: search.customer ? Number(search.customer) : undefined,
    product: search.product ? Number(search.product) : undefined,
    state: search.state as Asset['state'] | undefined,
    count: true,
    limit: 50,
  }
  const list = useList<Asset>('asset', params, (cursor, signal) =>
    ask(api.GET('/assets', { params: { query: { ...params, cursor } }, signal })),
  )
  const isFiltered = Object.values(search).some(Boolean)
  return (
    <Page
      title={t('assets')}
      count={list.total}
      actions={
        may('products.manage') && (
          <Button kind="primary" icon={IconPlus} onClick={() => setAdding(true)}>
            {t('add_asset')}
          </Button>
        )
      }
      bar={<AssetFilters search={search} change={change} />}
    >
      <ListView
        list={list}
        label={t('assets')}
        columns={useColumns()}
        keyOf={(one) => one.id}
        empty={<State kind={isFiltered ? 'filtered_out' : 'nothing_yet'} title={t('none')} />}
      />
      {adding && (
        <RecordDialog
          title={t('add_asset')}
          fields={fields}
          initial={{ state: 'installed' }}
          onClose={() => setAdding(false)}
          save={(values) => ask(api.POST('/assets', { body: values as never }))}
          onSaved={(made) => {
            void queryClient.invalidateQueries({ queryKey: all('asset') })
            const { id } = made as Asset
            void navigate({ to: '/assets/$id' as never, params: { id } as never })
          }}
        />
      )}
    </Page>
  )
}

type Filters = ReturnType<typeof useSearchState<'serial' | 'customer' | 'product' | 'state'>>

function AssetFilters({ search, change }: { search: Filters[0]; change: Filters[1] }) {
  const { t } = useTranslation('products')
  const put = (key: 'customer' | 'product') => (id: number | null) =>
    change({ [key]: id ? String(id) : undefined })
  return (
    <>
      <SearchField
        label={t('field.serial')}
        value={search.serial ?? ''}
        onValue={(serial) => change({ serial: serial || undefined })}
      />
      <Picker
        clearable
        label={t('field.customer')}
        placeholder={t('all')}
        value={search.customer ? Number(search.customer) : null}
        options={findCustomers}
        onValue={put('customer')}
      />
      <Picker
        clearable
        label={t('field.product')}
        placeholder={t('all')}
        value={search.product ? Number(search.product) : null}
        options={findProducts}
        onValue={put('product')}
      />
      <Picker
        clearable
        label={t('field.state')}
        placeholder={t('all')}
        value={search.state ?? null}
        options={assetStates.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        onValue={(state) => change({ state: state ?? undefined })}
      />
    </>
  )
}

function useColumns(): Column<Asset>[] {
  const { t } = useTranslation('products')
  return [
    {
      key: 'name',
      title: t('field.asset'),
      cell: (one) => (
        <Link to={'/assets/$id' as never} params={{ id: one.id } as never}>
          {one.name}
        </Link>
      ),
    },
    { key: 'serial', title: t('field.serial'), cell: (one) => one.serial },
    { key: 'licence', title: t('field.licence'), cell: (one) => one.licence },
    { key: 'installed', title: t('field.installed_on'), cell: (one) => one.installed_on },
    {
      key: 'state',
      title: t('field.state'),
      cell: (one) => (
        <Tag tone={one.state === 'accepted' ? 'good' : 'plain'}>{t(`state.${one.state}`)}</Tag>
      ),
    },
  ]
}
