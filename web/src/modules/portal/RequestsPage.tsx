import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { useMay, useMe } from '@/api/use_me'
import { useStateOf } from '@/parts/catalogue'
import { ListView } from '@/parts/ListView'
import { either } from '@/parts/names'
import { Page } from '@/parts/Page'
import { SearchField } from '@/parts/SearchField'
import { State } from '@/parts/State'
import { Time } from '@/parts/Time'
import { useList } from '@/parts/useList'
import { useSearchState } from '@/parts/usePlace'
import { Button } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import { Segments } from '@/ui/choices'
import './portal.css'

type Row = Schemas['TicketRow']
type Show = 'open' | 'waiting' | 'closed' | 'all'

const shown: Record<Show, object> = {
  open: { open: true },
  waiting: { phase: 'solved' },
  closed: { open: false },
  all: {},
}

export default function RequestsPage() {
  const { t } = useTranslation('portal')
  const me = useMe()
  const may = useMay()
  const navigate = useNavigate()
  const stateOf = useStateOf()
  const [search, change] = useSearchState<'q' | 'show' | 'whose'>()
  const show = (search.show as Show | undefined) ?? (search.q ? 'all' : 'open')
  // A lead sees those of the whole organisation, and can look at his own alone.
  const isLead = (me.roles ?? []).includes('customer_lead')
  const own = isLead && search.whose === 'mine' ? { contact: me.contact } : {}
  const params = { ...shown[show], ...own, q: search.q, sort: '-updated_at', limit: 50 }
  const list = useList<Row>('ticket', params as never, (cursor, signal) =>
    ask(api.GET('/tickets', { params: { query: { ...params, cursor } as never }, signal })),
  )
  const stateName = (row: Row) => {
    const state = stateOf(row.service_type, row.state)
    return either(state?.customer_name_zh, state?.customer_name_en) || row.state
  }
  return (
    <Page
      title={t('requests')}
      actions={
        may('tickets.create') && (
          <Button
            kind="primary"
            icon={IconPlus}
            onClick={() => void navigate({ to: '/requests/new' as never })}
          >
            {t('submit')}
          </Button>
        )
      }
      bar={
        <>
          <SearchField
            label={t('search')}
            value={search.q ?? ''}
            onValue={(q) => change({ q: q || undefined })}
          />
          <Segments<Show>
            label={t('requests')}
            value={show}
            choices={(['open', 'waiting', 'closed', 'all'] as const).map((value) => ({
              value,
              label: t(`show.${value}`),
            }))}
            onValue={(value) => change({ show: value })}
          />
          {isLead && (
            <Segments<'mine' | 'ours'>
              label={t('whose.title')}
              value={search.whose === 'mine' ? 'mine' : 'ours'}
              choices={[
                { value: 'ours', label: t('whose.ours') },
                { value: 'mine', label: t('whose.mine') },
              ]}
              onValue={(whose) => change({ whose })}
            />
          )}
        </>
      }
    >
      <ListView
        list={list}
        label={t('requests')}
        keyOf={(row) => row.id}
        columns={[
          {
            key: 'subject',
            title: t('field.subject'),
            cell: (row) => (
              <>
                <Link to={'/requests/$id' as never} params={{ id: row.id } as never}>
                  {row.subject}
                </Link>{' '}
                {row.unread && <Tag tone="accent">{t('new_answer')}</Tag>}
              </>
            ),
          },
          { key: 'number', title: t('field.number'), cell: (row) => row.number },
          { key: 'state', title: t('field.state'), cell: stateName },
          { key: 'who', title: t('field.who'), cell: (row) => row.contact_name },
          { key: 'at', title: t('field.at'), cell: (row) => <Time at={row.updated_at} /> },
        ]}
        empty={
          <State
            kind={search.q ? 'filtered_out' : 'nothing_yet'}
            title={t('no_requests')}
            action={
              may('tickets.create')
                ? { title: t('submit'), run: () => void navigate({ to: '/requests/new' as never }) }
                : undefined
            }
          />
        }
      />
    </Page>
  )
}
