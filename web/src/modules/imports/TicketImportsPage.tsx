import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { list, one } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { EarlierImports } from '@/parts/EarlierImports'
import { ImportFile } from '@/parts/ImportFile'
import { Page } from '@/parts/Page'
import { useList } from '@/parts/useList'
import { useSearchState } from '@/parts/usePlace'
import { useUploads } from '@/parts/useUploads'
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
  return (
    <EarlierImports
      list={found}
      onOpen={onOpen}
      columns={[
        { key: 'state', title: t('parts:import.state'), cell: (run) => t(`is.${run.state}`) },
        { key: 'good', title: t('good'), number: true, cell: (run) => run.found.good ?? 0 },
      ]}
    />
  )
}
