import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { all } from '@/api/keys'
import { asProblem } from '@/api/problem'
import { queryClient } from '@/api/query_client'
import { useMay } from '@/api/use_me'
import { useTeams } from '@/parts/catalogue'
import { nameOf } from '@/parts/names'
import { fieldTexts, reasonText, sayFailed } from '@/parts/problems'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { SegmentsField } from '@/ui/choices'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { Banner } from '@/ui/Panel'
import { Picker } from '@/ui/Picker'
import { queryOf } from './filters'
import type { ColumnChoice } from './useColumns'
import type { QueueState } from './useQueue'

type Sharing = NonNullable<Schemas['NewView']['sharing']>

export interface ViewDialogProps {
  queue: QueueState
  columns: ColumnChoice | null
  onClose: () => void
}

// Keeps the question that is asked just now, as a new view or in the place of the one that is open.
export function ViewDialog({ queue, columns, onClose }: ViewDialogProps) {
  const { t } = useTranslation('tickets')
  const may = useMay()
  const teams = useTeams()
  const { view } = queue
  const mayEdit = view?.allowed?.includes('edit') ?? false
  const [name, setName] = useState(mayEdit && view ? nameOf(view) : '')
  const [sharing, setSharing] = useState<Sharing>('personal')
  const [team, setTeam] = useState<number | null>(null)
  const { add, save } = useKeeping({ queue, columns, name, sharing, team, onClose })
  const problem = add.error ?? save.error
  const wrong = problem ? fieldTexts(problem) : {}
  return (
    <Dialog
      title={t('view.keep')}
      onClose={onClose}
      onSubmit={() => add.mutate()}
      footer={
        <>
          {view?.allowed?.includes('delete') && (
            <DeleteView view={view} queue={queue} onClose={onClose} />
          )}
          {mayEdit && (
            <Button pending={save.isPending} onClick={() => save.mutate()}>
              {t('view.change')}
            </Button>
          )}
          <Button type="submit" kind="primary" pending={add.isPending} disabled={!name.trim()}>
            {t('view.add')}
          </Button>
        </>
      }
    >
      <div className="bj-form">
        {problem && Object.keys(wrong).length === 0 && (
          <Banner tone="danger">{reasonText(asProblem(problem).reason)}</Banner>
        )}
        <TextField
          label={t('view.name')}
          required
          autoFocus
          value={name}
          onValue={setName}
          maxLength={80}
          problem={wrong.name_zh}
        />
        <SegmentsField<Sharing>
          label={t('view.sharing')}
          value={sharing}
          onValue={setSharing}
          choices={[
            { value: 'personal', label: t('view.personal') },
            { value: 'team', label: t('view.team') },
            { value: 'everyone', label: t('view.everyone'), disabled: !may('tickets.share_views') },
          ]}
        />
        {sharing === 'team' && (
          <Picker
            label={t('fields.team')}
            required
            value={team}
            options={teams.map((one) => ({ value: one.id, label: one.name }))}
            onValue={setTeam}
            problem={wrong.team}
          />
        )}
      </div>
    </Dialog>
  )
}

interface Keeping {
  queue: QueueState
  columns: ColumnChoice | null
  name: string
  sharing: Sharing
  team: number | null
  onClose: () => void
}

function useKeeping({ queue, columns, name, sharing, team, onClose }: Keeping) {
  const { t } = useTranslation('tickets')
  const { view } = queue
  const filter = queryOf(view?.filter, queue.filters) as never
  const keys = columns?.columns.map(({ key }) => key) ?? view?.columns ?? []
  const open = async (id: number) => {
    await queryClient.invalidateQueries({ queryKey: all('view') })
    queue.change({ ...noFilters(queue), view: String(id), sort: undefined })
    done(t('view.kept', { name }))
    onClose()
  }
  const add = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/views', {
          body: {
            name_zh: name,
            name_en: name,
            sharing,
            team,
            filter,
            columns: keys,
            sort: queue.sort,
          },
        }),
      ),
    onSuccess: (made) => open(made.id),
  })
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.PATCH('/views/{id}', {
          params: { path: { id: view?.id ?? 0 } },
          headers: ifVersion(view?.version ?? 0),
          body: { name_zh: name, name_en: name, filter, columns: keys, sort: queue.sort },
        }),
      ),
    onSuccess: (kept) => open(kept.id),
  })
  return { add, save }
}

function noFilters(queue: QueueState): Record<string, undefined> {
  return Object.fromEntries(Object.keys(queue.filters).map((key) => [key, undefined]))
}

function DeleteView(props: { view: { id: number }; queue: QueueState; onClose: () => void }) {
  const { t } = useTranslation('tickets')
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/views/{id}', { params: { path: { id: props.view.id } } })),
    onError: sayFailed,
    onSuccess: async () => {
      props.queue.change({ view: undefined })
      await queryClient.invalidateQueries({ queryKey: all('view') })
      props.onClose()
    },
  })
  return (
    <Button className="bj-dialog-aside" pending={remove.isPending} onClick={() => remove.mutate()}>
      {t('view.remove')}
    </Button>
  )
}
