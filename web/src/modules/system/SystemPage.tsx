import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { list, one } from '@/api/keys'
import { useMay } from '@/api/use_me'
import { Page } from '@/parts/Page'
import { sayFailed } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { State } from '@/parts/State'
import { Time } from '@/parts/Time'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { Facts, Panel } from '@/ui/Panel'
import './system.css'

type Job = Schemas['Job']

const lookAgainMs = 15_000

// Whether the desk is well, and what could not be done for good.
export default function SystemPage() {
  const { t } = useTranslation('system')
  const health = useQuery({
    queryKey: one('system', 1),
    queryFn: ({ signal }) => ask(api.GET('/system/health', { signal })),
    refetchInterval: lookAgainMs,
  })
  return (
    <Page title={t('title')}>
      <div className="bj-system-page">
        <QueryView query={health}>
          {(found) => (
            <Panel title={t('health')}>
              <Facts
                facts={[
                  { name: t('field.database'), value: found.database },
                  { name: t('field.jobs_waiting'), value: found.jobs_waiting },
                  { name: t('field.jobs_stuck'), value: found.jobs_stuck },
                  found.oldest_due && {
                    name: t('field.oldest_due'),
                    value: <Time at={found.oldest_due} />,
                  },
                  found.last_seal && {
                    name: t('field.last_seal'),
                    value: <Time at={found.last_seal} />,
                  },
                ]}
              />
            </Panel>
          )}
        </QueryView>
        <Stuck />
      </div>
    </Page>
  )
}

function Stuck() {
  const { t } = useTranslation('system')
  const mayRetry = useMay()('system.manage')
  const query = useQuery({
    queryKey: list('job', { stuck: true }),
    queryFn: ({ signal }) => ask(api.GET('/system/stuck', { signal })),
  })
  const retry = useMutation({
    mutationFn: (job: number) =>
      ask(api.POST('/system/stuck/{job}/retries', { params: { path: { job } } })),
    onError: sayFailed,
    onSuccess: () => void done(t('retried')),
    onSettled: () => query.refetch(),
  })
  return (
    <Panel title={t('stuck')}>
      <QueryView
        query={query}
        isEmpty={(found) => found.items.length === 0}
        empty={<State kind="done" title={t('nothing_stuck')} />}
      >
        {(found) => (
          <DataTable<Job>
            label={t('stuck')}
            rows={found.items}
            keyOf={(job) => job.id}
            columns={[
              { key: 'kind', title: t('field.kind'), cell: (job) => job.kind },
              { key: 'key', title: t('field.key'), cell: (job) => job.key },
              {
                key: 'attempts',
                title: t('field.attempts'),
                number: true,
                cell: (job) => job.attempts,
              },
              { key: 'error', title: t('field.error'), cell: (job) => job.last_error },
              {
                key: 'retry',
                title: '',
                cell: (job) =>
                  mayRetry && (
                    <Button
                      size="small"
                      pending={retry.isPending}
                      onClick={() => retry.mutate(job.id)}
                    >
                      {t('retry')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </QueryView>
    </Panel>
  )
}
