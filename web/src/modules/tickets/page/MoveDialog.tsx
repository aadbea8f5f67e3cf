import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '@/api/problem'
import { either } from '@/parts/names'
import { fieldTexts, reasonText } from '@/parts/problems'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/choices'
import { Dialog } from '@/ui/Dialog'
import { TextAreaField, TextField } from '@/ui/Field'
import { Banner } from '@/ui/Panel'
import { MoveNeeds } from './MoveNeeds'
import { type MoveFields, useMove } from './useMove'
import type { AllowedMove, Ticket } from './useTicket'

export interface MoveDialogProps {
  ticket: Ticket
  move: AllowedMove
  onClose: () => void
}

// What a condition misses and can be written down here at once.
const madeUpFor: Record<string, string> = {
  diagnosis_recorded: 'diagnosis',
  solution_recorded: 'solution',
  test_recorded: 'test_result',
  backup_recorded: 'backup',
  original_configuration_recorded: 'original_configuration',
  appointment_recorded: 'appointment',
}

function madeUp(guard: string): string | undefined {
  return madeUpFor[guard] ?? madeUpFor[`${guard}_recorded`]
}

// What the workflow wants before it goes on, and why it may not go on just now.
export function MoveDialog({ ticket, move: begun, onClose }: MoveDialogProps) {
  const { t } = useTranslation(['tickets', 'reasons'])
  const [fields, setFields] = useState<MoveFields>({})
  const [reason, setReason] = useState('')
  const [waiving, setWaiving] = useState(false)
  // What others do meanwhile may change what is missing.
  const move = ticket.transitions?.find((one) => one.key === begun.key) ?? begun
  const guards = move.refused_by ?? []
  const needs = new Set(move.needs ?? [])
  if (!waiving) for (const guard of guards) needs.add(madeUp(guard) ?? guard)
  const go = useMove(ticket)
  const wrong = go.error ? fieldTexts(go.error) : {}
  const title = either(move.name_zh, move.name_en)
  const wantsReason = needs.has('reason') || waiving
  const submit = () =>
    go.mutate({ move, fields, reason, waive: waiving ? guards : [] }, { onSuccess: onClose })
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          {guards.length > 0 && ticket.allowed?.includes('waive') && (
            <span className="bj-dialog-aside">
              <Checkbox label={t('tickets:move.waive')} checked={waiving} onChecked={setWaiving} />
            </span>
          )}
          <Button type="submit" kind="primary" pending={go.isPending}>
            {title}
          </Button>
        </>
      }
    >
      <div className="bj-form">
        {go.error && Object.keys(wrong).length === 0 && (
          <Banner tone="danger">{reasonText(asProblem(go.error).reason)}</Banner>
        )}
        {guards.length > 0 && <Missing move={move} />}
        <MoveNeeds needs={needs} fields={fields} onFields={setFields} wrong={wrong} />
        {wantsReason ? (
          <TextAreaField
            required
            label={t(waiving ? 'tickets:move.waive_reason' : 'tickets:fields.reason')}
            value={reason}
            onValue={setReason}
            problem={wrong.reason}
          />
        ) : (
          <TextField
            label={t('tickets:move.reason_optional')}
            value={reason}
            onValue={setReason}
            problem={wrong.reason}
          />
        )}
      </div>
    </Dialog>
  )
}

function Missing({ move }: { move: AllowedMove }) {
  const { t } = useTranslation(['tickets', 'reasons'])
  return (
    <Banner>
      <div>
        <strong>{t('tickets:move.missing')}</strong>
        <ul className="bj-missing">
          {(move.refused_because ?? []).map((why) => (
            <li key={why}>{t(`reasons:${why}`)}</li>
          ))}
        </ul>
      </div>
    </Banner>
  )
}
