import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { useMay } from '@/api/use_me'
import { ExportButton } from '@/parts/ExportButton'
import { ListView } from '@/parts/ListView'
import { Page } from '@/parts/Page'
import { SearchField } from '@/parts/SearchField'
import { State } from '@/parts/State'
import { useList } from '@/parts/useList'
import { useSearchState } from '@/parts/usePlace'
import type { Column } from '@/ui/DataTable'

type Contact = Schemas['ContactPage']

export default function ContactsPage() {
  const { t } = useTranslation('customers')
  const may = useMay()
  const [search, change] = useSearchState<'q' | 'sort'>()
  const params = { q: search.q, sort: search.sort ?? 'name', count: true, limit: 50 }
  const list = useList<Contact>('contact', params, (cursor, signal) =>
    ask(api.GET('/contacts', { params: { query: { ...params, cursor } }, signal })),
  )
  const exportAll = () => {
    const query = { q: search.q, sort: params.sort }
    return ask(api.GET('/contacts/export', { params: { query }, parseAs: 'blob' }) as never)
  }
  const columns: Column<Contact>[] = [
    {
      key: 'name',
      title: t('field.person'),
      sort: 'name',
      cell: (one) => (
        <Link to={'/contacts/$id' as never} params={{ id: one.id } as never}>
          {one.name}
        </Link>
      ),
    },
    { key: 'title', title: t('field.title'), cell: (one) => one.title },
    {
      key: 'customer',
      title: t('field.name'),
      cell: (one) => one.customers?.map((c) => c.customer_name).join(' · '),
    },
    { key: 'phone', title: t('field.phone'), cell: (one) => one.mobile ?? one.phone },
    { key: 'email', title: t('field.email'), cell: (one) => one.email },
  ]
  return (
    <Page
      title={t('contacts')}
      count={list.total}
      actions={may('customers.export') && <ExportButton name="contacts" ask={exportAll} />}
      bar={
        <SearchField
          label={t('search_contacts')}
          value={search.q ?? ''}
          onValue={(q) => change({ q: q || undefined })}
        />
      }
    >
      <ListView
        list={list}
        label={t('contacts')}
        columns={columns}
        keyOf={(one) => one.id}
        sort={params.sort}
        onSort={(sort) => change({ sort })}
        empty={<State kind={search.q ? 'filtered_out' : 'nothing_yet'} title={t('none_found')} />}
      />
    </Page>
  )
}
