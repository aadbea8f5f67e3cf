import { IconChevronRight, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { useMay, useMe } from '@/api/use_me'
import { useServiceTypes, useStateOf } from '@/parts/catalogue'
import { either } from '@/parts/names'
import { SearchField } from '@/parts/SearchField'
import { State } from '@/parts/State'
import { Time } from '@/parts/Time'
import { useList } from '@/parts/useList'
import { useSearchState } from '@/parts/usePlace'
import { Segments } from '@/ui/choices'
import { iconOf } from './icons'
import { PortalPage } from './PortalPage'
import { RequestTag } from './RequestTag'
import { RowsView } from './RowsView'
import { usePortalHome, waitsOf } from './usePortalHome'

type Row = Schemas['TicketRow']
type Show = 'open' | 'waiting' | 'closed' | 'all'
type Keys = 'q' | 'show' | 'whose' | 'who'

const shown: Record<Show, object> = {
  open: { open: true },
  waiting: {},
  closed: { open: false },
  all: {},
}

export default function RequestsPage() {
  const { t } = useTranslation('portal')
  const may = useMay()
  return (
    <PortalPage
      title={t('requests')}
      actions={
        may('tickets.create') && (
          <Link className="bj-button" data-kind="primary" to={'/requests/new' as never}>
            <IconPlus size={17} stroke={1.8} aria-hidden="true" />
            {t('submit')}
          </Link>
        )
      }
    >
      <Found />
    </PortalPage>
  )
}

function useIsLead(): boolean {
  return (useMe().roles ?? []).includes('customer_lead')
}

function Found() {
  const [search, change] = useSearchState<Keys>()
  const show = (search.show as Show | undefined) ?? (search.q ? 'all' : 'open')
  return (
    <>
      <Bar search={search} show={show} change={change} />
      {show === 'waiting' ? (
        <Waiting words={search.q} />
      ) : (
        <Listed search={search} show={show} onAll={() => change({ show: 'all', q: undefined })} />
      )}
    </>
  )
}

interface BarProps {
  search: Partial<Record<Keys, string>>
  show: Show
  change: (patch: Partial<Record<Keys, string | undefined>>) => void
}

function Bar({ search, show, change }: BarProps) {
  const { t } = useTranslation('portal')
  const isLead = useIsLead()
  return (
    <div className="bj-bar">
      <Segments<Show>
        label={t('requests')}
        value={show}
        choices={(['open', 'waiting', 'closed', 'all'] as const).map((value) => ({
          value,
          label: t(`show.${value}`),
        }))}
        onValue={(value) => change({ show: value })}
      />
      {isLead && show !== 'waiting' && (
        <Segments<'mine' | 'ours'>
          label={t('whose.title')}
          value={search.whose === 'mine' ? 'mine' : 'ours'}
          choices={[
            { value: 'ours', label: t('whose.ours') },
            { value: 'mine', label: t('whose.mine') },
          ]}
          onValue={(whose) => change({ whose, who: undefined })}
        />
      )}
      <SearchField
        label={t('search')}
        value={search.q ?? ''}
        onValue={(q) => change({ q: q || undefined })}
      />
    </div>
  )
}

// Few, and known already: what the first page lists as waiting for this person.
function Waiting({ words }: { words?: string }) {
  const { t } = useTranslation('portal')
  const query = usePortalHome()
  const waits = waitsOf(query.data)
  const wanted = (words ?? '').toLowerCase()
  const rows = (query.data?.waiting ?? [])
    .map(({ ticket }) => ticket)
    .filter((row) => `${row.subject} ${row.number}`.toLowerCase().includes(wanted))
  return (
    <RowsView
      query={query}
      rows={rows}
      empty={<State kind="done" title={t('nothing_waits')} />}
      row={(row) => <RequestRow key={row.id} row={row} waits={waits.get(row.id)} />}
    />
  )
}

interface ListedProps {
  search: Partial<Record<Keys, string>>
  show: Show
  onAll: () => void
}

function Listed({ search, show, onAll }: ListedProps) {
  const { t } = useTranslation('portal')
  const me = useMe()
  const isLead = useIsLead()
  const waits = waitsOf(usePortalHome().data)
  const mine = isLead && search.whose === 'mine' ? me.contact : undefined
  const contact = search.who ? Number(search.who) : mine
  const params = { ...shown[show], contact, q: search.q, sort: '-updated_at', limit: 30 }
  const list = useList<Row>('ticket', params as never, (cursor, signal) =>
    ask(api.GET('/tickets', { params: { query: { ...params, cursor } as never }, signal })),
  )
  const isFiltered = Boolean(search.q || search.who) || show !== 'all'
  return (
    <RowsView
      {...list}
      empty={
        isFiltered ? (
          <State
            kind="filtered_out"
            title={t(show === 'open' && !search.q ? 'nothing_open' : 'no_requests')}
            action={{ title: t('show_all'), run: onAll }}
          />
        ) : (
          <State kind="nothing_yet" title={t('no_requests_yet')} />
        )
      }
      row={(row) => (
        <RequestRow key={row.id} row={row} waits={waits.get(row.id)} withWho={isLead} />
      )}
    />
  )
}

interface RequestRowProps {
  row: Row
  waits?: ReturnType<typeof waitsOf> extends ReadonlyMap<number, infer W> ? W : never
  withWho?: boolean
}

function RequestRow({ row, waits, withWho }: RequestRowProps) {
  const state = useStateOf()(row.service_type, row.state)
  const type = useServiceTypes().find((one) => one.id === row.service_type)
  const Icon = iconOf(type?.icon)
  const words = either(state?.customer_name_zh, state?.customer_name_en)
  return (
    <li data-unread={row.unread || undefined}>
      <span className="bj-tile" data-tone={row.phase === 'closed' ? 'plain' : 'accent'}>
        <Icon size={20} stroke={1.5} />
      </span>
      <span>
        <Link className="bj-whole" to={'/requests/$id' as never} params={{ id: row.id } as never}>
          {row.subject}
        </Link>
        <small>
          <span className="bj-row-state">{words}</span>
          {withWho && row.contact_name && <> · {row.contact_name}</>} · <Time at={row.updated_at} />
          <span className="bj-from-tablet"> · {row.number}</span>
        </small>
      </span>
      <RequestTag waits={waits} unread={row.unread} />
      <IconChevronRight className="bj-from-tablet" size={18} stroke={1.6} aria-hidden="true" />
    </li>
  )
}
