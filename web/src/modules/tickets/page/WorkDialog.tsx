import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { asProblem } from '@/api/problem'
import { fieldTexts, reasonText, sayFailed } from '@/parts/problems'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { Switch } from '@/ui/choices'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { Banner } from '@/ui/Panel'
import { Picker } from '@/ui/Picker'
import { refreshTicket, type Ticket } from './useTicket'

export type WorkLine = Schemas['WorkLogLine']
type NewWork = Schemas['NewWorkLog']
type Kind = NewWork['kind']

const kinds: readonly Kind[] = [
  'remote',
  'phone',
  'onsite',
  'travel',
  'development',
  'testing',
  'training',
  'meeting',
  'other',
]

export interface WorkDialogProps {
  ticket: Ticket
  // What the clock measured, or what is to be changed.
  begun?: { from: number; minutes: number }
  line?: WorkLine
  onClose: () => void
}

export function WorkDialog({ ticket, begun, line, onClose }: WorkDialogProps) {
  const { t } = useTranslation('tickets')
  const [kind, setKind] = useState<Kind>(line?.kind ?? 'remote')
  const [minutes, setMinutes] = useState(String(line?.minutes ?? begun?.minutes ?? 15))
  const [travel, setTravel] = useState(String(line?.travel_minutes ?? 0))
  const [billable, setBillable] = useState(line?.billable ?? false)
  const [note, setNote] = useState(line?.note ?? '')
  const keep = useKeep(ticket, line, onClose)
  const remove = useRemove(ticket, line, onClose)
  const wrong = keep.error ? fieldTexts(keep.error) : {}
  const submit = () =>
    keep.mutate({
      kind,
      started_at: line?.started_at ?? new Date(begun?.from ?? Date.now()).toISOString(),
      minutes: Number(minutes),
      travel_minutes: Number(travel) || 0,
      billable,
      note: note.trim(),
    })
  return (
    <Dialog
      title={t(line ? 'work.change' : 'work.add')}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          {line && (
            <span className="bj-dialog-aside">
              <Button kind="quiet" pending={remove.isPending} onClick={() => remove.mutate()}>
                {t('work.remove')}
              </Button>
            </span>
          )}
          <Button type="submit" kind="primary" pending={keep.isPending}>
            {t('work.keep')}
          </Button>
        </>
      }
    >
      <div className="bj-form">
        {keep.error && Object.keys(wrong).length === 0 && (
          <Banner tone="danger">{reasonText(asProblem(keep.error).reason)}</Banner>
        )}
        <Picker
          label={t('work.what')}
          value={kind}
          options={kinds.map((one) => ({ value: one, label: t(`work.kind.${one}`) }))}
          onValue={(value) => setKind(value ?? 'remote')}
        />
        <div className="bj-form-row">
          <TextField
            autoFocus
            required
            inputMode="numeric"
            label={t('work.time')}
            unit={t('unit_minutes')}
            value={minutes}
            onValue={setMinutes}
            problem={wrong.minutes}
          />
          <TextField
            inputMode="numeric"
            label={t('work.travel')}
            unit={t('unit_minutes')}
            value={travel}
            onValue={setTravel}
            problem={wrong.travel_minutes}
          />
        </div>
        <Switch label={t('work.billable')} checked={billable} onChecked={setBillable} />
        <TextField label={t('work.note')} value={note} onValue={setNote} problem={wrong.note} />
      </div>
    </Dialog>
  )
}

function useKeep(ticket: Ticket, line: WorkLine | undefined, onClose: () => void) {
  return useMutation({
    mutationFn: async (work: NewWork) => {
      if (!line) {
        const params = { path: { id: ticket.id } }
        await ask(api.POST('/tickets/{id}/work-logs', { params, body: work }))
        return
      }
      const params = { path: { id: line.id } }
      const headers = ifVersion(line.version)
      const body = { ...work, travel_minutes: work.travel_minutes ?? 0, note: work.note ?? '' }
      await ask(api.PATCH('/work-logs/{id}', { params, headers, body }))
    },
    onSuccess: onClose,
    onSettled: () => refreshTicket(ticket.id),
  })
}

function useRemove(ticket: Ticket, line: WorkLine | undefined, onClose: () => void) {
  const { t } = useTranslation('tickets')
  return useMutation({
    mutationFn: async () => {
      if (!line) return
      const headers = ifVersion(line.version)
      await ask(api.DELETE('/work-logs/{id}', { params: { path: { id: line.id } }, headers }))
    },
    onError: sayFailed,
    onSuccess: () => {
      onClose()
      if (!line) return
      const { kind, started_at, minutes, travel_minutes, billable, note, member } = line
      done(t('work.removed'), async () => {
        const body = { kind, started_at, minutes, travel_minutes, billable, note, member }
        const params = { path: { id: ticket.id } }
        await ask(api.POST('/tickets/{id}/work-logs', { params, body })).catch(sayFailed)
        await refreshTicket(ticket.id)
      })
    },
    onSettled: () => refreshTicket(ticket.id),
  })
}
