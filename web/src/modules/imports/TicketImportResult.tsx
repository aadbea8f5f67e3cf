import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { LineProblems } from '@/parts/LineProblems'
import { listed } from '@/parts/names'
import { reasonText, sayFailed } from '@/parts/problems'
import { Time } from '@/parts/Time'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { Banner, Panel } from '@/ui/Panel'
import { Progress } from '@/ui/progress'
import { firstOf, isAtWork, type TicketImport } from './importing'

type Sample = Schemas['TicketSample']

export interface TicketImportResultProps {
  run: TicketImport
  onStarted: (run: TicketImport) => void
}

// What would come of a file, or what came of it.
export function TicketImportResult({ run, onStarted }: TicketImportResultProps) {
  const { t } = useTranslation('imports')
  const { found } = run
  const start = useMutation({
    mutationFn: () =>
      ask(api.POST('/ticket-imports/{id}/start', { params: { path: { id: run.id } } })),
    onSuccess: onStarted,
    onError: sayFailed,
  })
  useNewOnes(run)
  const count = found.good ?? 0
  return (
    <Panel title={run.file_name}>
      <div className="bj-import">
        {isAtWork(run) && (
          <Progress
            label={t(`is.${run.state}`)}
            part={(run.read ?? 0) / Math.max(1, run.lines ?? 0)}
          />
        )}
        {run.state === 'tried' && <Found run={run} />}
        {run.state === 'tried' && (
          <Button
            kind="primary"
            pending={start.isPending}
            disabled={count === 0}
            onClick={() => start.mutate()}
          >
            {t('start', { count })}
          </Button>
        )}
        {run.state === 'done' && (
          <Banner tone="accent">
            {t('result', { count, known: found.known ?? 0, wrong: found.wrong ?? 0 })}
          </Banner>
        )}
        {run.state === 'failed' && (
          <Banner tone="danger">{reasonText(run.failure ?? 'internal')}</Banner>
        )}
        <LineProblems
          problems={found.problems ?? []}
          column={(name) => t(`column.${name}`, { defaultValue: name })}
        />
        {run.state === 'tried' && <Samples samples={found.samples ?? []} />}
        <NewNames title={t('new_customers')} names={found.new_customers ?? []} />
        <NewNames title={t('new_contacts')} names={found.new_contacts ?? []} />
      </div>
    </Panel>
  )
}

// What came in is seen in the lists at once.
function useNewOnes({ state }: TicketImport) {
  const before = useRef(state)
  useEffect(() => {
    if (before.current === 'running' && state === 'done') {
      for (const what of ['ticket', 'customer', 'contact']) {
        void queryClient.invalidateQueries({ queryKey: all(what) })
      }
    }
    before.current = state
  }, [state])
}

function Found({ run }: { run: TicketImport }) {
  const { t } = useTranslation('imports')
  const { good = 0, known = 0, wrong = 0, renumbered = 0, unmarked = 0 } = run.found
  return (
    <>
      <p>{t('found', { lines: run.lines ?? 0, good, wrong, known })}</p>
      {renumbered > 0 && <p>{t('renumbered', { count: renumbered })}</p>}
      {run.same_as && <Banner tone="danger">{t('same_file')}</Banner>}
      {unmarked > 0 && <p className="bj-import-hint">{t('unmarked', { count: unmarked })}</p>}
    </>
  )
}

function Samples({ samples }: { samples: Sample[] }) {
  const { t } = useTranslation('imports')
  if (samples.length === 0) return null
  return (
    <section aria-label={t('samples')}>
      <h3>{t('samples')}</h3>
      <DataTable<Sample>
        label={t('samples')}
        rows={samples}
        keyOf={(one) => one.line ?? 0}
        columns={[
          { key: 'line', title: t('parts:import.line'), width: 72, cell: (one) => one.line },
          { key: 'subject', title: t('column.subject'), cell: (one) => one.subject },
          { key: 'customer', title: t('column.customer'), cell: (one) => one.customer },
          { key: 'contact', title: t('column.contact_name'), cell: (one) => one.contact },
          { key: 'at', title: t('column.created_at'), cell: (one) => <Time at={one.created_at} /> },
        ]}
      />
    </section>
  )
}

function NewNames({ title, names }: { title: string; names: string[] }) {
  const { t } = useTranslation('imports')
  if (names.length === 0) return null
  const { shown, more } = firstOf(names)
  return (
    <section>
      <h3>{title}</h3>
      <p>
        {listed(shown)}
        {more > 0 && ` ${t('and_more', { count: more })}`}
      </p>
    </section>
  )
}
