import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { asProblem } from '@/api/problem'
import { findTickets } from '@/parts/lookups'
import { either } from '@/parts/names'
import { reasonText, sayFailed } from '@/parts/problems'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/choices'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { Banner } from '@/ui/Panel'
import { Picker } from '@/ui/Picker'
import { Skeleton } from '@/ui/progress'
import { refreshTicket, type Ticket, useTicketQuery } from './useTicket'

// The other ticket goes into this one; both keep all that was said, and it can be undone.
export function MergeDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation('tickets')
  const navigate = useNavigate()
  const [other, setOther] = useState<number | null>(null)
  const [reason, setReason] = useState('')
  const [across, setAcross] = useState(false)
  const path = { path: { id: ticket.id } }
  const merge = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/tickets/{id}/merges', {
          params: path,
          body: { other: other ?? 0, reason: reason.trim(), across_customers: across },
        }),
      ),
    onSuccess: async (made) => {
      onClose()
      await refreshTicket(ticket.id)
      done(t('merge.done', { number: made.from_number }), async () => {
        const params = { path: { id: ticket.id, merge: made.id } }
        await ask(api.POST('/tickets/{id}/merges/{merge}/undo', { params })).catch(sayFailed)
        await refreshTicket(ticket.id)
        void navigate({ to: '/tickets/$id' as never, params: { id: made.from_ticket } as never })
      })
    },
  })
  const problem = merge.error ? asProblem(merge.error) : null
  return (
    <Dialog
      title={t('merge.title')}
      onClose={onClose}
      onSubmit={() => merge.mutate()}
      footer={
        <Button
          type="submit"
          kind="primary"
          pending={merge.isPending}
          disabled={!other || !reason.trim()}
        >
          {t('merge.submit')}
        </Button>
      }
    >
      <div className="bj-form">
        {problem && <Banner tone="danger">{reasonText(problem.reason)}</Banner>}
        <p>{t('merge.text', { number: ticket.number })}</p>
        <Picker
          autoFocus
          required
          label={t('merge.other')}
          placeholder={t('find_ticket')}
          value={other}
          options={async (typed) => (await findTickets(typed)).filter((o) => o.value !== ticket.id)}
          onValue={setOther}
        />
        {other !== null && <OtherTicket id={other} />}
        <TextField required label={t('fields.reason')} value={reason} onValue={setReason} />
        {problem?.reason === 'customers_differ' && (
          <Checkbox label={t('merge.across')} checked={across} onChecked={setAcross} />
        )}
      </div>
    </Dialog>
  )
}

// What would go into this one, so that nobody merges the wrong ticket.
function OtherTicket({ id }: { id: number }) {
  const { t } = useTranslation('tickets')
  const other = useTicketQuery(id).data
  if (!other) return <Skeleton lines={2} />
  return (
    <div className="bj-evidence">
      <div className="bj-evidence-main">
        <strong>{other.subject}</strong>
        <p className="bj-count">
          {[
            other.number,
            other.names.customer,
            either(other.state_zh, other.state_en),
            t('merge.messages', { count: other.messages?.length ?? 0 }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
    </div>
  )
}
