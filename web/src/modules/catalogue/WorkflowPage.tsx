import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion } from '@/api/client'
import { all, list, one } from '@/api/keys'
import { asProblem } from '@/api/problem'
import { queryClient, reference } from '@/api/query_client'
import type { Workflow } from '@/parts/catalogue'
import { either, nameOf, sentences } from '@/parts/names'
import { Page } from '@/parts/Page'
import { reasonText } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { RecordDialog } from '@/parts/RecordDialog'
import { done } from '@/parts/undo'
import { useIdInPath } from '@/parts/usePlace'
import { Button } from '@/ui/Button'
import { Banner, Panel } from '@/ui/Panel'
import './catalogue.css'
import type { State, Transition } from './graph'
import { TransitionList } from './TransitionList'
import { WorkflowGraph } from './WorkflowGraph'

export default function WorkflowPage() {
  const id = useIdInPath()
  const query = useQuery({
    queryKey: one('workflow', id),
    queryFn: ({ signal }) => ask(api.GET('/workflows/{id}', { params: { path: { id } }, signal })),
  })
  return <QueryView query={query}>{(flow) => <Editor key={flow.version} flow={flow} />}</QueryView>
}

type Open =
  | { kind: 'state'; state: State | null }
  | { kind: 'move'; move: Transition | null }
  | null

// The whole workflow is edited in the page and kept as one: the server checks that it holds
// together before anything changes.
function Editor({ flow }: { flow: Workflow }) {
  const { t } = useTranslation('catalogue')
  const [states, setStates] = useState<readonly State[]>(flow.states ?? [])
  const [moves, setMoves] = useState<readonly Transition[]>(flow.transitions ?? [])
  const [open, setOpen] = useState<Open>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const isChanged = states !== flow.states || moves !== flow.transitions
  const save = useSave(flow, states, moves)
  return (
    <Page
      title={nameOf(flow)}
      actions={
        <>
          <Button icon={IconPlus} onClick={() => setOpen({ kind: 'state', state: null })}>
            {t('add_state')}
          </Button>
          <Button icon={IconPlus} onClick={() => setOpen({ kind: 'move', move: null })}>
            {t('add_transition')}
          </Button>
          <Button
            kind="primary"
            pending={save.isPending}
            disabled={!isChanged}
            onClick={() => save.mutate()}
          >
            {t('keep')}
          </Button>
        </>
      }
    >
      {save.error && <Wrong error={save.error} />}
      <div className="bj-catalogue">
        <WorkflowGraph
          start={flow.start}
          states={states}
          transitions={moves}
          chosen={chosen}
          onState={(state) => {
            setChosen(state.key)
            setOpen({ kind: 'state', state })
          }}
          onTransition={(move) => {
            setChosen(move.key)
            setOpen({ kind: 'move', move })
          }}
        />
        <Panel title={t('transitions')}>
          <TransitionList
            states={states}
            moves={moves}
            onOpen={(move) => setOpen({ kind: 'move', move })}
          />
        </Panel>
      </div>
      {open?.kind === 'state' && (
        <StateDialog
          state={open.state}
          onClose={() => setOpen(null)}
          onKeep={(state) =>
            setStates((before) =>
              open.state
                ? before.map((one) => (one.key === open.state?.key ? state : one))
                : [...before, state],
            )
          }
          onRemove={() => {
            const key = open.state?.key
            setStates((before) => before.filter((one) => one.key !== key))
            setMoves((before) => before.filter((move) => move.to !== key).map(without(key)))
            setOpen(null)
          }}
        />
      )}
      {open?.kind === 'move' && (
        <MoveEditor
          move={open.move}
          states={states}
          onClose={() => setOpen(null)}
          onKeep={(move) =>
            setMoves((before) =>
              open.move
                ? before.map((one) => (one.key === open.move?.key ? move : one))
                : [...before, move],
            )
          }
          onRemove={() => {
            setMoves((before) => before.filter((one) => one.key !== open.move?.key))
            setOpen(null)
          }}
        />
      )}
    </Page>
  )
}

function useSave(flow: Workflow, states: readonly State[], moves: readonly Transition[]) {
  const { t } = useTranslation('catalogue')
  return useMutation({
    mutationFn: () =>
      ask(
        api.PUT('/workflows/{id}', {
          params: { path: { id: flow.id } },
          headers: ifVersion(flow.version),
          body: {
            key: flow.key,
            name_zh: flow.name_zh,
            name_en: flow.name_en,
            start: flow.start,
            states: [...states],
            transitions: [...moves],
          },
        }),
      ),
    onSuccess: () => {
      done(t('workflow_saved'))
      void queryClient.invalidateQueries({ queryKey: all('workflow') })
    },
  })
}

// Which rule of workflows it breaks, and where.
function Wrong({ error }: { error: unknown }) {
  const { reason, fields } = asProblem(error)
  const where = fields.map((field) => `${field.field}: ${reasonText(field.reason)}`)
  return <Banner tone="danger">{sentences([reasonText(reason), ...where])}</Banner>
}

function without(key: string | undefined) {
  return (move: Transition): Transition => ({
    ...move,
    from: move.from?.filter((from) => from !== key),
  })
}

interface StateDialogProps {
  state: State | null
  onKeep: (state: State) => void
  onRemove: () => void
  onClose: () => void
}

function StateDialog({ state, onKeep, onRemove, onClose }: StateDialogProps) {
  const { t } = useTranslation(['catalogue', 'words'])
  const name = (key: string) => t(`catalogue:field.${key}`)
  return (
    <RecordDialog
      title={state ? nameOf(state) : t('catalogue:add_state')}
      fields={[
        ...(state ? [] : [{ key: 'key', label: name('key'), required: true }]),
        { key: 'name_zh', label: name('name_zh'), required: true },
        { key: 'name_en', label: name('name_en'), required: true },
        {
          key: 'phase',
          label: name('phase'),
          kind: 'segments',
          options: ['new', 'open', 'waiting', 'solved', 'closed'].map((phase) => ({
            value: phase,
            label: t(`words:phase.${phase}`),
          })),
        },
        { key: 'customer_name_zh', label: name('customer_name_zh'), required: true },
        { key: 'customer_name_en', label: name('customer_name_en'), required: true },
        { key: 'clock_stops', label: name('clock_stops'), kind: 'switch' },
      ]}
      initial={state ? { ...state } : { phase: 'open', clock_stops: false }}
      onClose={onClose}
      save={async (values) => onKeep(values as unknown as State)}
      aside={state && <Button onClick={onRemove}>{t('catalogue:remove')}</Button>}
    />
  )
}

interface MoveEditorProps {
  move: Transition | null
  states: readonly State[]
  onKeep: (move: Transition) => void
  onRemove: () => void
  onClose: () => void
}

const needs = [
  'reason',
  'diagnosis',
  'solution',
  'test_result',
  'original_configuration',
  'backup',
  'appointment',
  'assignee',
  'team',
]

function MoveEditor({ move, states, onKeep, onRemove, onClose }: MoveEditorProps) {
  const { t } = useTranslation('catalogue')
  const guards = useQuery({
    ...reference,
    queryKey: list('guard'),
    queryFn: async ({ signal }) => (await ask(api.GET('/catalogue/guards', { signal }))).items,
  })
  const name = (key: string) => t(`field.${key}`)
  const stateOptions = states.map((state) => ({ value: state.key, label: nameOf(state) }))
  return (
    <RecordDialog
      title={move ? nameOf(move) : t('add_transition')}
      fields={[
        ...(move ? [] : [{ key: 'key', label: name('key'), required: true }]),
        { key: 'name_zh', label: name('name_zh'), required: true },
        { key: 'name_en', label: name('name_en'), required: true },
        { key: 'from', label: name('from'), kind: 'several', options: stateOptions },
        { key: 'to', label: name('to'), kind: 'pick', required: true, options: stateOptions },
        {
          key: 'right',
          label: name('right'),
          kind: 'pick',
          required: true,
          options: ['tickets.work', 'tickets.transition', 'tickets.assign', 'tickets.read'].map(
            (right) => ({
              value: right,
              label: t(`rights:${right}`, { ns: 'rights' }),
              hint: right,
            }),
          ),
        },
        { key: 'customer_may', label: name('customer_may'), kind: 'switch' },
        {
          key: 'guards',
          label: name('guards'),
          kind: 'several',
          options: (guards.data ?? []).map((guard) => ({
            value: guard.name,
            label: either(guard.description_zh, guard.description_en),
          })),
        },
        {
          key: 'needs',
          label: name('needs'),
          kind: 'several',
          options: needs.map((need) => ({ value: need, label: t(`need.${need}`) })),
        },
        { key: 'notify', label: name('notify'), kind: 'switch' },
      ]}
      initial={move ? { ...move } : { from: [], guards: [], needs: [], right: 'tickets.work' }}
      onClose={onClose}
      save={async (values) => onKeep(values as unknown as Transition)}
      aside={move && <Button onClick={onRemove}>{t('remove')}</Button>}
    />
  )
}
