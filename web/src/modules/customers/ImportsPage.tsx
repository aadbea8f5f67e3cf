import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
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
import { SegmentsField } from '@/ui/choices'
import { Panel } from '@/ui/Panel'
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
        <ImportFile
          accept=".csv,text/csv"
          sending={running}
          pending={uploads.pending || look.isPending}
          problem={problem}
          onFile={(file) => {
            look.reset()
            uploads.clear()
            chosen.current = file
            uploads.add([file])
          }}
          sample={() => ({
            content: sampleOf(kind, (name) => t(`import.column.${kind}.${name}`)),
            name: `${kind}.csv`,
          })}
        />
      </div>
    </Panel>
  )
}

function Earlier({ onOpen }: { onOpen: (run: Import) => void }) {
  const { t } = useTranslation('customers')
  const params = { limit: 20 }
  const found = useList<Import>('customer_import', params, (cursor, signal) =>
    ask(api.GET('/customer-imports', { params: { query: { ...params, cursor } }, signal })),
  )
  return (
    <EarlierImports
      list={found}
      onOpen={onOpen}
      columns={[
        {
          key: 'kind',
          title: t('import.kind'),
          cell: (run) => t(run.kind === 'customers' ? 'title' : 'contacts'),
        },
        {
          key: 'state',
          title: t('parts:import.state'),
          cell: (run) => t(`import.is.${run.state}`),
        },
        { key: 'added', title: t('import.added'), number: true, cell: (run) => run.added },
      ]}
    />
  )
}
