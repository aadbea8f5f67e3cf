import { IconDownload, IconUpload } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { list, one } from '@/api/keys'
import { asProblem } from '@/api/problem'
import { queryClient } from '@/api/query_client'
import { ListView } from '@/parts/ListView'
import { Page } from '@/parts/Page'
import { reasonText } from '@/parts/problems'
import { State } from '@/parts/State'
import { saveFile } from '@/parts/saveFile'
import { Time } from '@/parts/Time'
import { useList } from '@/parts/useList'
import { useSearchState } from '@/parts/usePlace'
import { useUploads } from '@/parts/useUploads'
import { Button } from '@/ui/Button'
import { SegmentsField } from '@/ui/choices'
import type { Column } from '@/ui/DataTable'
import { FileChip } from '@/ui/FileChip'
import { Banner, Panel } from '@/ui/Panel'
import './customers.css'
import { ImportResult } from './ImportResult'
import {
  columns,
  type Import,
  type ImportKind,
  lookAt,
  type OnDuplicate,
  sampleOf,
} from './importing'

// Many organisations or people at once from a file: first it is looked at, then it comes in.
export default function ImportsPage() {
  const { t } = useTranslation('customers')
  const [search, change] = useSearchState<'import'>()
  const id = Number(search.import) || 0
  const query = useQuery({
    queryKey: one('customer_import', id),
    queryFn: ({ signal }) =>
      ask(api.GET('/customer-imports/{id}', { params: { path: { id } }, signal })),
    enabled: id > 0,
    // Should the live line be gone, one still sees how far it is.
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 2000 : false),
  })
  const open = (made: Import) => {
    queryClient.setQueryData(one('customer_import', made.id), made)
    void queryClient.invalidateQueries({ queryKey: list('customer_import') })
    change({ import: String(made.id) })
  }
  return (
    <Page title={t('import.title')}>
      <div className="bj-record">
        <FileForm shown={query.data} onLooked={open} />
        {query.data && <ImportResult run={query.data} onStarted={open} />}
        <Earlier onOpen={open} />
      </div>
    </Page>
  )
}

interface FileFormProps {
  shown: Import | undefined
  onLooked: (made: Import) => void
}

function FileForm({ shown, onLooked }: FileFormProps) {
  const { t } = useTranslation('customers')
  const picker = useRef<HTMLInputElement>(null)
  const chosen = useRef<File | null>(null)
  const [kind, setKind] = useState<ImportKind>('customers')
  const [onDuplicate, setOnDuplicate] = useState<OnDuplicate>('skip')
  const look = useMutation({ mutationFn: lookAt, onSuccess: onLooked })
  const uploads = useUploads((file) => {
    look.mutate({ kind, file: file.id, onDuplicate })
    uploads.clear()
  })
  const running = uploads.uploads[0]
  const problem = look.error ?? running?.problem
  const again = (next: OnDuplicate) => {
    setOnDuplicate(next)
    // The server keeps a file with the import that looked at it: another look wants another copy.
    if (shown?.state === 'checked' && chosen.current) uploads.add([chosen.current])
  }
  return (
    <Panel title={t('import.choose')}>
      <div className="bj-form" {...uploads.handlers}>
        <SegmentsField<ImportKind>
          label={t('import.kind')}
          value={kind}
          onValue={setKind}
          choices={(['customers', 'contacts'] as const).map((value) => ({
            value,
            label: t(value === 'customers' ? 'title' : 'contacts'),
          }))}
        />
        <SegmentsField<OnDuplicate>
          label={t('import.known')}
          value={onDuplicate}
          onValue={again}
          choices={(['skip', 'add'] as const).map((value) => ({
            value,
            label: t(`import.on_duplicate.${value}`),
          }))}
        />
        <p className="bj-count">
          {t('import.hint', {
            columns: columns[kind].map((name) => t(`import.column.${kind}.${name}`)).join(' · '),
          })}
        </p>
        {problem && <WrongFile error={problem} />}
        {running && !running.problem && (
          <FileChip name={running.name} bytes={running.bytes} progress={running.progress} />
        )}
        <input
          ref={picker}
          type="file"
          accept=".csv,text/csv"
          hidden
          onChange={(event) => {
            look.reset()
            uploads.clear()
            chosen.current = event.target.files?.[0] ?? null
            if (chosen.current) uploads.add([chosen.current])
            event.target.value = ''
          }}
        />
        <div className="bj-actions">
          <Button
            kind="primary"
            icon={IconUpload}
            pending={uploads.pending || look.isPending}
            onClick={() => picker.current?.click()}
          >
            {t('import.file')}
          </Button>
          <Button
            icon={IconDownload}
            onClick={() => {
              const sample = sampleOf(kind, (name) => t(`import.column.${kind}.${name}`))
              saveFile(sample, `${kind}.csv`)
            }}
          >
            {t('import.sample')}
          </Button>
        </div>
      </div>
    </Panel>
  )
}

// What is wrong with the file as a whole, and with which column.
function WrongFile({ error }: { error: unknown }) {
  const { t } = useTranslation('customers')
  const problem = asProblem(error)
  const [first] = problem.fields
  const reason = reasonText(first?.reason ?? problem.reason)
  const isOfColumn = first?.reason.includes('column')
  return (
    <Banner tone="danger">
      {isOfColumn ? t('import.wrong_column', { reason, column: first?.field }) : reason}
    </Banner>
  )
}

function Earlier({ onOpen }: { onOpen: (run: Import) => void }) {
  const { t } = useTranslation('customers')
  const params = { limit: 20 }
  const found = useList<Import>('customer_import', params, (cursor, signal) =>
    ask(api.GET('/customer-imports', { params: { query: { ...params, cursor } }, signal })),
  )
  const table: Column<Import>[] = [
    {
      key: 'file',
      title: t('import.of_file'),
      cell: (run) => (
        <button type="button" className="bj-link" onClick={() => onOpen(run)}>
          {run.file_name}
        </button>
      ),
    },
    {
      key: 'kind',
      title: t('import.kind'),
      cell: (run) => t(run.kind === 'customers' ? 'title' : 'contacts'),
    },
    { key: 'state', title: t('import.state'), cell: (run) => t(`import.is.${run.state}`) },
    { key: 'added', title: t('import.added'), number: true, cell: (run) => run.added },
    { key: 'at', title: t('import.at'), cell: (run) => <Time at={run.created_at} /> },
  ]
  return (
    <Panel title={t('import.earlier')}>
      <ListView
        list={found}
        label={t('import.earlier')}
        columns={table}
        keyOf={(run) => run.id}
        empty={<State kind="nothing_yet" title={t('import.none_yet')} />}
      />
    </Panel>
  )
}
