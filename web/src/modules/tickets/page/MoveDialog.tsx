import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { asProblem } from '@/api/problem'
import { useMay } from '@/api/use_me'
import { either, sentences } from '@/parts/names'
import { fieldTexts, reasonText } from '@/parts/problems'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/choices'
import { Dialog } from '@/ui/Dialog'
import { TextAreaField, TextField } from '@/ui/Field'
import { Banner } from '@/ui/Panel'
import { MoveNeeds } from './MoveNeeds'
import { type AllowedMove, refreshTicket, type Ticket } from './useTicket'

type MoveFields = Schemas['MoveFields']

export interface MoveDialogProps {
  ticket: Ticket
  move: AllowedMove
  onClose: () => void
}

// What the workflow wants before it goes on, and why it may not go on just now. What a guard misses
// can be written down here at once.
const madeUpFor: Record<string, keyof MoveFields> = {
  diagnosis: 'diagnosis',
  solution: 'solution',
  test: 'test_result',
  original_configuration: 'original_configuration',
  backup: 'backup',
  appointment: 'appointment',
}

export function MoveDialog({ ticket, move, onClose }: MoveDialogProps) {
  const { t } = useTranslation(['tickets', 'reasons'])
  const may = useMay()
  const [fields, setFields] = useState<MoveFields>({})
  const [reason, setReason] = useState('')
  const [waiving, setWaiving] = useState(false)
  const needs = new Set(move.needs ?? [])
  const guards = move.refused_by ?? []
  for (const guard of guards) if (madeUpFor[guard]) needs.add(madeUpFor[guard])
  const go = useMove(ticket, move, onClose)
  const wrong = go.error ? fieldTexts(go.error) : {}
  const title = either(move.name_zh, move.name_en)
  const wantsReason = needs.has('reason') || waiving
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => go.mutate({ fields, reason, waive: waiving ? guards : [] })}
      footer={
        <>
          {guards.length > 0 && may('tickets.waive') && (
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
        {guards.length > 0 && (
          <Banner>
            <span>
              {t('tickets:move.missing')}
              {sentences((move.refused_because ?? []).map((why) => t(`reasons:${why}`)))}
            </span>
          </Banner>
        )}
        {!waiving && <MoveNeeds needs={needs} fields={fields} onFields={setFields} wrong={wrong} />}
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

interface Going {
  fields: MoveFields
  reason: string
  waive: readonly string[]
}

function useMove(ticket: Ticket, move: AllowedMove, onClose: () => void) {
  const { t } = useTranslation('tickets')
  const params = { path: { id: ticket.id } }
  return useMutation({
    mutationFn: async ({ fields, reason, waive }: Going) => {
      for (const guard of waive) {
        const body = { kind: 'waiver' as const, guard, body: reason.trim() }
        await ask(api.POST('/tickets/{id}/evidence', { params, body }))
      }
      const headers = waive.length > 0 ? undefined : ifVersion(ticket.version)
      return ask(
        api.POST('/tickets/{id}/transitions', {
          params,
          headers,
          body: { to: move.key, reason: reason.trim() || null, fields },
        }),
      )
    },
    onSuccess: () => {
      done(t('moved', { to: either(move.name_zh, move.name_en) }))
      onClose()
    },
    onSettled: () => refreshTicket(ticket.id),
  })
}
