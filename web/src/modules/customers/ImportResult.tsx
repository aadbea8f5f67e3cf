import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { LineProblems } from '@/parts/LineProblems'
import { linkTo } from '@/parts/links'
import { listed } from '@/parts/names'
import { reasonText, sayFailed } from '@/parts/problems'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { Banner, Panel } from '@/ui/Panel'
import { Progress } from '@/ui/progress'
import { comingIn, type Import } from './importing'

export interface ImportResultProps {
  run: Import
  onStarted: (run: Import) => void
}

// What was found in the file, and what became of it.
export function ImportResult({ run, onStarted }: ImportResultProps) {
  const { t } = useTranslation('customers')
  const { found } = run
  const start = useMutation({
    mutationFn: () =>
      ask(api.POST('/customer-imports/{id}/start', { params: { path: { id: run.id } } })),
    onSuccess: onStarted,
    onError: sayFailed,
  })
  useNewOnes(run)
  const count = comingIn(run)
  return (
    <Panel title={run.file_name}>
      <div className="bj-import">
        <p>
          {t('import.found', {
            lines: found.lines ?? 0,
            good: found.good ?? 0,
            wrong: found.wrong ?? 0,
            known: found.known ?? 0,
          })}
        </p>
        {run.state === 'checked' && (
          <Button
            kind="primary"
            pending={start.isPending}
            disabled={count === 0}
            onClick={() => start.mutate()}
          >
            {t('import.start', { count })}
          </Button>
        )}
        {run.state === 'running' && (
          <Progress
            label={t('import.is.running')}
            part={(run.read ?? 0) / Math.max(1, found.lines ?? 0)}
          />
        )}
        {run.state === 'done' && (
          <Banner tone="accent">
            {t('import.result', { added: run.added ?? 0, skipped: run.skipped ?? 0 })}
          </Banner>
        )}
        {run.state === 'failed' && (
          <Banner tone="danger">{reasonText(run.failure ?? 'internal')}</Banner>
        )}
        <LineProblems
          problems={found.problems ?? []}
          column={(name) => t(`import.column.${run.kind}.${name}`, { defaultValue: name })}
        />
        <Duplicates run={run} />
      </div>
    </Panel>
  )
}

// Who came in is seen in the lists at once.
function useNewOnes({ state, kind }: Import) {
  const before = useRef(state)
  useEffect(() => {
    if (before.current === 'running' && state === 'done') {
      const what = kind === 'customers' ? 'customer' : 'contact'
      void queryClient.invalidateQueries({ queryKey: all(what) })
    }
    before.current = state
  }, [state, kind])
}

function Duplicates({ run }: { run: Import }) {
  const { t } = useTranslation('customers')
  const duplicates = run.found.duplicates ?? []
  if (duplicates.length === 0) return null
  return (
    <section aria-label={t('import.known_ones')}>
      <h3>{t('import.known_ones')}</h3>
      <DataTable<Schemas['LineDuplicate']>
        label={t('import.known_ones')}
        rows={duplicates}
        keyOf={(one) => one.line}
        columns={[
          { key: 'line', title: t('parts:import.line'), width: 72, cell: (one) => one.line },
          { key: 'name', title: t('import.is_there'), cell: (one) => <Known one={one} /> },
          {
            key: 'by',
            title: t('import.by'),
            cell: (one) =>
              listed((one.by ?? []).map((by) => t(`import.same.${by}`, { defaultValue: by }))),
          },
        ]}
      />
    </section>
  )
}

// Somebody of the desk, or a line further up in the same file.
function Known({ one }: { one: Schemas['LineDuplicate'] }) {
  const { t } = useTranslation('customers')
  const to = linkTo(one.known)
  if (to) return <Link to={to as never}>{one.name}</Link>
  return <>{t('import.same_as_line', { name: one.name, line: one.known.split(':')[1] })}</>
}
