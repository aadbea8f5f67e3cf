import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { prioritiesQuery } from '@/parts/catalogue'
import { Button } from '@/ui/Button'
import { SegmentsField } from '@/ui/choices'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { usePatch } from './usePatch'
import type { Patch, Ticket } from './useTicket'

type Severity = NonNullable<Ticket['severity']>
type Impact = NonNullable<Ticket['impact']>
type Priority = Ticket['priority']

const severities: readonly Severity[] = ['S1', 'S2', 'S3', 'S4']
const impacts: readonly Impact[] = ['I1', 'I2', 'I3', 'I4']
const priorities: readonly Priority[] = ['P1', 'P2', 'P3', 'P4']

// How bad it is and whom it hits make the priority; another one wants a reason (TKT-4).
export function PriorityDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation(['tickets', 'words'])
  const matrix = useQuery(prioritiesQuery).data ?? []
  const patch = usePatch(ticket)
  const [severity, setSeverity] = useState(ticket.severity ?? null)
  const [impact, setImpact] = useState(ticket.impact ?? null)
  const [priority, setPriority] = useState(ticket.priority)
  const [reason, setReason] = useState(ticket.priority_reason)
  const byMatrix = matrix.find((c) => c.severity === severity && c.impact === impact)?.priority
  const differs = byMatrix !== undefined && byMatrix !== priority
  const follow = (nextSeverity: Severity | null, nextImpact: Impact | null) => {
    setSeverity(nextSeverity)
    setImpact(nextImpact)
    const cell = matrix.find((c) => c.severity === nextSeverity && c.impact === nextImpact)
    if (cell) setPriority(cell.priority)
  }
  const submit = () => {
    const change: Patch = {}
    if (severity !== (ticket.severity ?? null)) change.severity = severity
    if (impact !== (ticket.impact ?? null)) change.impact = impact
    if (priority !== ticket.priority) change.priority = priority
    if (differs || !byMatrix) change.priority_reason = reason
    patch(change)
    onClose()
  }
  return (
    <Dialog
      title={t('tickets:priority.title')}
      width={600}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <Button type="submit" kind="primary" disabled={differs && !reason.trim()}>
          {t('tickets:priority.submit')}
        </Button>
      }
    >
      <div className="bj-form">
        <SegmentsField<Severity>
          label={t('tickets:fields.severity')}
          value={severity}
          choices={severities.map((s) => ({ value: s, label: t(`tickets:severity.${s}`) }))}
          onValue={(value) => follow(value, impact)}
        />
        <SegmentsField<Impact>
          label={t('tickets:fields.impact')}
          value={impact}
          choices={impacts.map((i) => ({ value: i, label: t(`tickets:impact.${i}`) }))}
          onValue={(value) => follow(severity, value)}
        />
        <SegmentsField<Priority>
          label={t('tickets:fields.priority')}
          value={priority}
          choices={priorities.map((p) => ({ value: p, label: t(`words:priority.${p}`) }))}
          onValue={setPriority}
        />
        {differs && (
          <TextField
            required
            label={t('tickets:priority.reason')}
            hint={t('tickets:priority.differs', { usual: t(`words:priority.${byMatrix}`) })}
            value={reason}
            onValue={setReason}
          />
        )}
      </div>
    </Dialog>
  )
}
