import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { list, one } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { ImportFile } from '@/parts/ImportFile'
import { ListView } from '@/parts/ListView'
import { Page } from '@/parts/Page'
import { State } from '@/parts/State'
import { Time } from '@/parts/Time'
import { useList } from '@/parts/useList'
import { useSearchState } from '@/parts/usePlace'
import { useUploads } from '@/parts/useUploads'
import type { Column } from '@/ui/DataTable'
import { Panel } from '@/ui/Panel'
import './imports.css'
import { columns, isAtWork, sample, type TicketImport, tryFile } from './importing'
import { TicketImportResult } from './TicketImportResult'

// Tickets of another desk from a file: first it is tried, then it comes in.
export default function TicketImportsPage() {
  const { t } = useTranslation('imports')
  const [search, change] = useSearchState<'import'>()
  const id = Number(search.import) || 0
  const query = useQuery({
    queryKey: one('ticket_import', id),
    queryFn: ({ signal }) =>
      ask(api.GET('/ticket-imports/{id}', { params: { path: { id } }, signal })),
    enabled: id > 0,
    // Should the live line be gone, one still sees how far it is.
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data) ? 2000 : false),
  })
  const open = (made: TicketImport) => {
    queryClient.setQueryData(one('ticket_import', made.id), made)
    void queryClient.invalidateQueries({ queryKey: list('ticket_import') })
    change({ import: String(made.id) })
  }
  return (
    <Page title={t('title')}>
      <div className="bj-record">
        <FileForm onTried={open} />
        {query.data && <TicketImportResult run={query.data} onStarted={open} />}
        <Earlier onOpen={open} />
      </div>
    </Page>
  )
}

function FileForm({ onTried }: { onTried: (made: TicketImport) => void }) {
  const { t } = useTranslation('imports')
  const attempt = useMutation({ mutationFn: tryFile, onSuccess: onTried })
  const uploads = useUploads((file) => {
    attempt.mutate(file.id)
    uploads.clear()
  })
  const sending = uploads.uploads[0]
  return (
    <Panel title={t('choose')}>
      <div className="bj-form" {...uploads.handlers}>
        <p className="bj-import-hint">{t('hint')}</p>
        <details className="bj-import-hint">
          <summary>{t('columns')}</summary>
          <p>{t('columns_text')}</p>
          <dl className="bj-import-columns">
            {columns.map((name) => (
              <div key={name}>
                <dt>
                  <code>{name}</code>
                </dt>
                <dd>{t(`column.${name}`)}</dd>
              </div>
            ))}
          </dl>
        </details>
        <ImportFile
          accept=".csv,.json,.jsonl,.ndjson,text/csv,application/json"
          sending={sending}
          pending={uploads.pending || attempt.isPending}
          problem={attempt.error ?? sending?.problem}
          onFile={(file) => {
            attempt.reset()
            uploads.clear()
            uploads.add([file])
          }}
          sample={() => ({ content: sample(), name: 'tickets.csv' })}
        />
      </div>
    </Panel>
  )
}

function Earlier({ onOpen }: { onOpen: (run: TicketImport) => void }) {
  const { t } = useTranslation('imports')
  const params = { limit: 20 }
  const found = useList<TicketImport>('ticket_import', params, (cursor, signal) =>
    ask(api.GET('/ticket-imports', { params: { query: { ...params, cursor } }, signal })),
  )
  const table: Column<TicketImport>[] = [
    {
      key: 'file',
      title: t('parts:import.of_file'),
      cell: (run) => (
        <button type="button" className="bj-import-open" onClick={() => onOpen(run)}>
          {run.file_name}
        </button>
      ),
    },
    { key: 'state', title: t('parts:import.state'), cell: (run) => t(`is.${run.state}`) },
    { key: 'good', title: t('good'), number: true, cell: (run) => run.found.good ?? 0 },
    { key: 'at', title: t('parts:import.at'), cell: (run) => <Time at={run.created_at} /> },
  ]
  return (
    <Panel title={t('parts:import.earlier')}>
      <ListView
        list={found}
        label={t('parts:import.earlier')}
        columns={table}
        keyOf={(run) => run.id}
        empty={<State kind="nothing_yet" title={t('parts:import.none_yet')} />}
      />
    </Panel>
  )
}
