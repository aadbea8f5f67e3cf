import { IconAntenna, IconBell, IconFlag, IconTag, IconUserPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { all, one } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { useMay } from '@/api/use_me'
import { useTeams, useWorkflows } from '@/parts/catalogue'
import { findPeople } from '@/parts/lookups'
import { nameOf } from '@/parts/names'
import { reasonText, sayFailed } from '@/parts/problems'
import { useShortcut } from '@/parts/shortcuts'
import { done } from '@/parts/undo'
import { type BulkAction, BulkBar } from '@/ui/BulkBar'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { Picker } from '@/ui/Picker'
import { Progress } from '@/ui/progress'

type Action = Schemas['NewBulkRun']['action']
type Fields = Schemas['BulkFields']
type Run = Schemas['BulkRunView']
type Asked = 'assign' | 'transition' | 'set_priority' | 'add_tag'

export interface BulkProps {
  ids: readonly number[]
  onClear: () => void
}

// What is done with all ticked tickets at once; it can be taken back as a whole.
export function Bulk({ ids, onClear }: BulkProps) {
  const { t } = useTranslation('tickets')
  const may = useMay()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [run, setRun] = useState<number | null>(null)
  const start = useMutation({
    mutationFn: (body: { action: Action; fields: Fields }) =>
      ask(api.POST('/tickets/bulk', { body: { ...body, tickets: [...ids] } })),
    onError: sayFailed,
    onSuccess: (made) => {
      setAsked(null)
      setRun(made.id)
    },
  })
  const on = may('tickets.bulk')
  const key = (keys: string, name: string) => ({
    keys,
    scope: 'list',
    title: `tickets:key.${name}`,
  })
  useShortcut(key('a', 'assign'), () => setAsked('assign'), on)
  useShortcut(key('s', 'state'), () => setAsked('transition'), on)
  useShortcut(key('p', 'priority'), () => setAsked('set_priority'), on)
  useShortcut(key('l', 'tag'), () => setAsked('add_tag'), on)
  useShortcut(key('Escape', 'clear'), onClear, asked === null)
  const actions: BulkAction[] = [
    { title: t('bulk.assign'), icon: IconUserPlus, keys: 'a', run: () => setAsked('assign') },
    {
      title: t('bulk.transition'),
      icon: IconAntenna,
      keys: 's',
      run: () => setAsked('transition'),
    },
    {
      title: t('bulk.set_priority'),
      icon: IconFlag,
      keys: 'p',
      run: () => setAsked('set_priority'),
    },
    { title: t('bulk.add_tag'), icon: IconTag, keys: 'l', run: () => setAsked('add_tag') },
    {
      title: t('bulk.watch'),
      icon: IconBell,
      run: () => start.mutate({ action: 'watch', fields: {} }),
    },
  ]
  return (
    <>
      <BulkBar
        title={t('bulk.chosen', { count: ids.length })}
        actions={on ? actions : []}
        onClear={onClear}
      />
      {asked && (
        <BulkDialog
          asked={asked}
          count={ids.length}
          pending={start.isPending}
          onClose={() => setAsked(null)}
          onStart={(fields) => start.mutate({ action: asked, fields })}
        />
      )}
      {run !== null && <RunDialog id={run} onClose={() => setRun(null)} onDone={onClear} />}
    </>
  )
}

interface BulkDialogProps {
  asked: Asked
  count: number
  pending: boolean
  onClose: () => void
  onStart: (fields: Fields) => void
}

function BulkDialog({ asked, count, pending, onClose, onStart }: BulkDialogProps) {
  const { t } = useTranslation(['tickets', 'words'])
  const teams = useTeams()
  const flows = useWorkflows()
  const [fields, setFields] = useState<Fields>({})
  const put = (patch: Fields) => setFields({ ...fields, ...patch })
  const states = new Map(
    flows.flatMap((flow) => (flow.states ?? []).map((s) => [s.key, nameOf(s)])),
  )
  return (
    <Dialog
      title={t(`tickets:bulk.title.${asked}`, { count })}
      onClose={onClose}
      onSubmit={() => onStart(fields)}
      footer={
        <Button type="submit" kind="primary" pending={pending}>
          {t('tickets:bulk.start', { count })}
        </Button>
      }
    >
      <div className="bj-form">
        {asked === 'assign' && (
          <>
            <Picker
              autoFocus
              label={t('tickets:fields.assignee')}
              value={fields.assignee ?? null}
              options={findPeople}
              onValue={(assignee) => put({ assignee: assignee ?? undefined })}
              clearable
            />
            <Picker
              label={t('tickets:fields.team')}
              value={fields.team ?? null}
              options={teams.map((team) => ({ value: team.id, label: team.name }))}
              onValue={(team) => put({ team: team ?? undefined })}
              clearable
            />
          </>
        )}
        {asked === 'transition' && (
          <Picker
            autoFocus
            label={t('tickets:fields.state')}
            value={fields.to ?? null}
            options={[...states].map(([value, label]) => ({ value, label }))}
            onValue={(to) => put({ to: to ?? undefined })}
          />
        )}
        {asked === 'set_priority' && (
          <Picker
            autoFocus
            label={t('tickets:fields.priority')}
            value={fields.priority ?? null}
            options={(['P1', 'P2', 'P3', 'P4'] as const).map((p) => ({
              value: p,
              label: t(`words:priority.${p}`),
            }))}
            onValue={(priority) => put({ priority: priority ?? undefined })}
          />
        )}
        {asked === 'add_tag' && (
          <TextField
            autoFocus
            label={t('tickets:fields.tag')}
            value={fields.tag ?? ''}
            onValue={(tag) => put({ tag })}
            maxLength={40}
          />
        )}
        {(asked === 'transition' || asked === 'set_priority') && (
          <TextField
            label={t('tickets:fields.reason')}
            value={(asked === 'transition' ? fields.reason : fields.priority_reason) ?? ''}
            onValue={(text) =>
              put(asked === 'transition' ? { reason: text } : { priority_reason: text })
            }
          />
        )}
      </div>
    </Dialog>
  )
}

// How far it is, and at the end what was refused and why.
function RunDialog(props: { id: number; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('tickets')
  const query = useQuery({
    queryKey: one('bulk_run', props.id),
    queryFn: ({ signal }) =>
      ask(api.GET('/bulk-runs/{id}', { params: { path: { id: props.id } }, signal })),
    refetchInterval: ({ state }) => (isRunning(state.data) ? 500 : false),
  })
  const takeBack = useMutation({
    mutationFn: () => ask(api.POST('/bulk-runs/{id}/undo', { params: { path: { id: props.id } } })),
    onError: sayFailed,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: one('bulk_run', props.id) }),
  })
  const run = query.data
  const close = () => {
    void queryClient.invalidateQueries({ queryKey: all('ticket') })
    if (run && !isRunning(run)) done(t('bulk.done', { ok: run.ok, refused: run.refused }))
    props.onDone()
    props.onClose()
  }
  const wrong = run?.results?.filter((one) => one.outcome === 'refused') ?? []
  return (
    <Dialog
      title={t('bulk.running')}
      onClose={close}
      footer={
        <>
          {run?.allowed?.includes('undo') && (
            <Button pending={takeBack.isPending} onClick={() => takeBack.mutate()}>
              {t('bulk.undo')}
            </Button>
          )}
          <Button kind="primary" onClick={close}>
            {t('bulk.close')}
          </Button>
        </>
      }
    >
      <div className="bj-form">
        <Progress
          label={t('bulk.running')}
          part={run ? (run.total - run.pending) / Math.max(1, run.total) : 0}
        />
        {run && <p>{t(`bulk.state.${run.state}`, { ok: run.ok, refused: run.refused })}</p>}
        {wrong.length > 0 && (
          <ul>
            {wrong.map((one) => (
              <li key={one.ticket}>
                #{one.ticket}: {reasonText(one.reason)}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  )
}

function isRunning(run: Run | undefined): boolean {
  return !run || run.state === 'running' || run.state === 'undoing'
}
