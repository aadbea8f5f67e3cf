import { IconPlayerPlay, IconPlayerStop, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { one } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { fieldTexts } from '@/parts/problems'
import { duration } from '@/parts/time'
import { Button, IconButton } from '@/ui/Button'
import { Switch } from '@/ui/choices'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { Section } from '@/ui/Panel'
import { Picker } from '@/ui/Picker'
import { onTick } from '@/ui/ticker'
import type { Ticket } from './useTicket'

type Kind = Schemas['NewWorkLog']['kind']

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

const minute = 60_000

function running(ticket: number): string {
  return `baijin.work.${ticket}`
}

// The time that was spent, and a clock for the time that is being spent.
export function WorkSection({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const [logging, setLogging] = useState<{ from: number; minutes: number } | null>(null)
  const clock = useClock(ticket.id)
  const params = { path: { id: ticket.id } }
  const query = useQuery({
    queryKey: one('ticket', ticket.id, 'work'),
    queryFn: ({ signal }) => ask(api.GET('/tickets/{id}/work-logs', { params, signal })),
  })
  const mayWork = ticket.allowed?.includes('note') ?? false
  const totals = query.data?.totals
  if (!mayWork && !totals?.entries) return null
  const stop = () => {
    const from = clock.stop()
    setLogging({ from, minutes: Math.max(1, Math.round((Date.now() - from) / minute)) })
  }
  return (
    <Section
      title={t('work.title')}
      actions={
        mayWork && (
          <span className="bj-ticket-line">
            {clock.from === null ? (
              <IconButton
                size={26}
                label={t('work.start')}
                icon={IconPlayerPlay}
                onClick={clock.start}
              />
            ) : (
              <>
                <span className="bj-numbers">{duration(clock.now - clock.from)}</span>
                <IconButton size={26} label={t('work.stop')} icon={IconPlayerStop} onClick={stop} />
              </>
            )}
            <IconButton
              size={26}
              label={t('work.add')}
              icon={IconPlus}
              onClick={() => setLogging({ from: Date.now() - 15 * minute, minutes: 15 })}
            />
          </span>
        )
      }
    >
      <ul className="bj-side-list-plain">
        {(query.data?.items ?? []).slice(0, 5).map((line) => (
          <li key={line.id} className="bj-side-item">
            <span className="bj-side-item-text" title={line.note}>
              {t(`work.kind.${line.kind}`)} · {line.member_name}
            </span>
            <small className="bj-numbers">{t('minutes', { count: line.minutes })}</small>
          </li>
        ))}
      </ul>
      {totals && totals.entries > 0 && (
        <p className="bj-count">
          {t('work.total', { minutes: totals.minutes, billable: totals.billable_minutes })}
        </p>
      )}
      {logging && <WorkDialog ticket={ticket} begun={logging} onClose={() => setLogging(null)} />}
    </Section>
  )
}

// It goes on while one looks at other tickets, and after the browser was closed.
function useClock(ticket: number) {
  const [from, setFrom] = useState<number | null>(() => {
    const kept = Number(localStorage.getItem(running(ticket)))
    return kept > 0 ? kept : null
  })
  const [now, setNow] = useState(Date.now)
  useEffect(() => (from === null ? undefined : onTick(setNow)), [from])
  return {
    from,
    now,
    start: () => {
      const begun = Date.now()
      localStorage.setItem(running(ticket), String(begun))
      setNow(begun)
      setFrom(begun)
    },
    stop: () => {
      localStorage.removeItem(running(ticket))
      setFrom(null)
      return from ?? Date.now()
    },
  }
}

interface WorkDialogProps {
  ticket: Ticket
  begun: { from: number; minutes: number }
  onClose: () => void
}

function WorkDialog({ ticket, begun, onClose }: WorkDialogProps) {
  const { t } = useTranslation('tickets')
  const [kind, setKind] = useState<Kind>('remote')
  const [minutes, setMinutes] = useState(String(begun.minutes))
  const [travel, setTravel] = useState('0')
  const [billable, setBillable] = useState(false)
  const [note, setNote] = useState('')
  const add = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/tickets/{id}/work-logs', {
          params: { path: { id: ticket.id } },
          body: {
            kind,
            started_at: new Date(begun.from).toISOString(),
            minutes: Number(minutes),
            travel_minutes: Number(travel) || null,
            billable,
            note: note.trim() || null,
          },
        }),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: one('ticket', ticket.id, 'work') })
      onClose()
    },
  })
  const wrong = add.error ? fieldTexts(add.error) : {}
  return (
    <Dialog
      title={t('work.add')}
      onClose={onClose}
      onSubmit={() => add.mutate()}
      footer={
        <Button type="submit" kind="primary" pending={add.isPending}>
          {t('work.keep')}
        </Button>
      }
    >
      <div className="bj-form">
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
