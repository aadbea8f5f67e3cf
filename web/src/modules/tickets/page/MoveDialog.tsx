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
import { fieldOfRefusal, needsOf, waivableGuards } from './needs'
import { type MoveFields, useMove } from './useMove'
import type { AllowedMove, Ticket } from './useTicket'

export interface MoveDialogProps {
  ticket: Ticket
  move: AllowedMove
  onMoved: () => void
  onClose: () => void
}

// What the workflow wants before it goes on, and why it may not go on just now.
export function MoveDialog({ ticket, move: begun, onMoved, onClose }: MoveDialogProps) {
  const { t } = useTranslation(['tickets', 'reasons'])
  const [fields, setFields] = useState<MoveFields>({})
  const [reason, setReason] = useState('')
  const [signature, setSignature] = useState('')
  const [waiving, setWaiving] = useState(false)
  // What others do meanwhile may change what is missing.
  const move = ticket.transitions?.find((one) => one.key === begun.key) ?? begun
  const guards = waivableGuards(move)
  const waived = waiving ? guards : []
  const needs = needsOf(move, waived)
  const mayWaive = guards.length > 0 && ticket.allowed?.includes('waive')
  const go = useMove(ticket)
  const wrong = wrongOf(go.error)
  const title = either(move.name_zh, move.name_en)
  const wantsReason = needs.has('reason') || waiving
  const submit = () =>
    go.mutate({ move, fields, reason, signature, waive: waived }, { onSuccess: onMoved })
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          {mayWaive && (
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
        {(move.refused_because ?? []).length > 0 && <Missing move={move} />}
        <MoveNeeds needs={needs} fields={fields} onFields={setFields} wrong={wrong} />
        {needs.has('signature') && (
          <TextAreaField
            required
            label={t('tickets:need.signature')}
            hint={t('tickets:need_hint.signature')}
            value={signature}
            onValue={setSignature}
            problem={wrong.signature}
          />
        )}
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

// A condition that is still not met is said at the field that would meet it.
function wrongOf(error: unknown): Record<string, string> {
  if (!error) return {}
  const { reason } = asProblem(error)
  const field = fieldOfRefusal(reason)
  return field ? { [field]: reasonText(reason) } : fieldTexts(error)
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
