import { IconDownload, IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { apiPath } from '@/api/base_path'
import { api, ask, type Schemas } from '@/api/client'
import { list as listKey } from '@/api/keys'
import { useMay } from '@/api/use_me'
import { ListView } from '@/parts/ListView'
import { linkTo } from '@/parts/links'
import { Page } from '@/parts/Page'
import { SearchField } from '@/parts/SearchField'
import { State } from '@/parts/State'
import { Time } from '@/parts/Time'
import { useList } from '@/parts/useList'
import { useSearchState } from '@/parts/usePlace'
import { Tag } from '@/ui/Chip'
import type { Column } from '@/ui/DataTable'

type Event = Schemas['Event']
type Key = 'kind' | 'subject' | 'actor'

// Who did what (SEC-3). What is shown here cannot be changed by anybody, and the seal shows it.
export default function AuditPage() {
  const { t } = useTranslation('audit')
  const may = useMay()
  const [search, change] = useSearchState<Key>()
  const params = {
    kind: search.kind,
    subject: search.subject,
    actor: search.actor,
    limit: 100,
  }
  const list = useList<Event>('event', params, (cursor, signal) =>
    ask(api.GET('/events', { params: { query: { ...params, cursor } }, signal })),
  )
  const filters = new URLSearchParams(
    Object.entries(search).filter((pair): pair is [string, string] => Boolean(pair[1])),
  )
  const field = (key: Key) => (
    <SearchField
      key={key}
      label={t(`field.${key}`)}
      value={search[key] ?? ''}
      onValue={(value) => change({ [key]: value || undefined })}
    />
  )
  return (
    <Page
      title={t('title')}
      actions={
        <>
          <SealMark />
          {may('audit.export') && (
            <a
              className="bj-button"
              data-kind="plain"
              href={apiPath(`/audit/export?format=csv&${filters}`)}
              download
            >
              <IconDownload size={16} stroke={1.7} />
              {t('export')}
            </a>
          )}
        </>
      }
      bar={(['kind', 'subject', 'actor'] as const).map(field)}
    >
      <ListView
        list={list}
        label={t('title')}
        columns={useColumns()}
        keyOf={(event) => event.seq}
        empty={<State kind="filtered_out" title={t('none')} />}
      />
    </Page>
  )
}

function SealMark() {
  const { t } = useTranslation('audit')
  const { data } = useQuery({
    queryKey: listKey('event', { seal: true }),
    queryFn: ({ signal }) => ask(api.GET('/audit/seal', { signal })),
  })
  if (!data) return null
  return (
    <span className="bj-sla" data-state="met" title={data.hash}>
      <IconShieldCheck size={16} stroke={1.6} />
      {t('sealed', { seq: data.through_seq, waiting: data.waiting })}
    </span>
  )
}

function useColumns(): Column<Event>[] {
  const { t } = useTranslation('audit')
  return [
    { key: 'seq', title: t('field.seq'), number: true, cell: (event) => event.seq },
    { key: 'at', title: t('field.at'), cell: (event) => <Time at={event.at} as="absolute" /> },
    { key: 'actor', title: t('field.actor'), cell: (event) => event.actor },
    { key: 'kind', title: t('field.kind'), cell: (event) => <Tag>{event.kind}</Tag> },
    {
      key: 'subject',
      title: t('field.subject'),
      cell: (event) => {
        const to = linkTo(event.subject)
        return to ? <Link to={to as never}>{event.subject}</Link> : event.subject
      },
    },
    {
      key: 'data',
      title: t('field.data'),
      cell: (event) => <code>{shortened(JSON.stringify(event.data ?? {}))}</code>,
    },
    { key: 'request', title: t('field.request'), cell: (event) => event.request },
  ]
}

function shortened(text: string): string {
  return text.length > 140 ? `${text.slice(0, 140)}…` : text
}
