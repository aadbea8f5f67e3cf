import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { useMay } from '@/api/use_me'
import { ListView } from '@/parts/ListView'
import { either } from '@/parts/names'
import { Page } from '@/parts/Page'
import { RecordDialog } from '@/parts/RecordDialog'
import { SearchField } from '@/parts/SearchField'
import { State } from '@/parts/State'
import { useList } from '@/parts/useList'
import { useSearchState } from '@/parts/usePlace'
import { Button } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import type { Column } from '@/ui/DataTable'
import { useProductFields } from './forms'

type Product = Schemas['Product']

export default function ProductsPage() {
  const { t } = useTranslation('products')
  const may = useMay()
  const navigate = useNavigate()
  const [adding, setAdding] = useState(false)
  const fields = useProductFields()
  const [search, change] = useSearchState<'q' | 'sort'>()
  const params = { q: search.q, sort: search.sort ?? 'code', count: true, limit: 50 }
  const list = useList<Product>('product', params, (cursor, signal) =>
    ask(api.GET('/products', { params: { query: { ...params, cursor } }, signal })),
  )
  const columns: Column<Product>[] = [
    {
      key: 'name',
      title: t('field.name'),
      cell: (one) => (
        <Link to={'/products/$id' as never} params={{ id: one.id } as never}>
          {either(one.name, one.name_en)}
        </Link>
      ),
    },
    { key: 'code', title: t('field.code'), sort: 'code', cell: (one) => one.code },
    { key: 'about', title: t('field.about'), cell: (one) => one.about },
    {
      key: 'active',
      title: t('field.active'),
      cell: (one) =>
        one.active ? <Tag tone="good">{t('active')}</Tag> : <Tag>{t('inactive')}</Tag>,
    },
  ]
  return (
    <Page
      title={t('title')}
      count={list.total}
      actions={
        may('products.manage') && (
          <Button kind="primary" icon={IconPlus} onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )
      }
      bar={
        <SearchField
          label={t('search')}
          value={search.q ?? ''}
          onValue={(q) => change({ q: q || undefined })}
        />
      }
    >
      <ListView
        list={list}
        label={t('title')}
        columns={columns}
        keyOf={(one) => one.id}
        sort={params.sort}
        onSort={(sort) => change({ sort })}
        empty={<State kind={search.q ? 'filtered_out' : 'nothing_yet'} title={t('none')} />}
      />
      {adding && (
        <RecordDialog
          title={t('add')}
          fields={fields}
          initial={{}}
          onClose={() => setAdding(false)}
          save={(values) => ask(api.POST('/products', { body: values as never }))}
          onSaved={(made) => {
            void queryClient.invalidateQueries({ queryKey: all('product') })
            const { id } = made as Product
            void navigate({ to: '/products/$id' as never, params: { id } as never })
          }}
        />
      )}
    </Page>
  )
}
