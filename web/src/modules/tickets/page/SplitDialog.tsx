import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { asProblem } from '@/api/problem'
import { reasonText, sayFailed } from '@/parts/problems'
import { absolute } from '@/parts/time'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/choices'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { Banner } from '@/ui/Panel'
import { useAllMessages } from './useAllMessages'
import { refreshTicket, type Ticket } from './useTicket'

const longestStart = 90

function startOf(html: string): string {
  const text = new DOMParser().parseFromString(html, 'text/html').body.textContent ?? ''
  return text.length > longestStart ? `${text.slice(0, longestStart)}…` : text
}

// Some of what was said is another matter: it gets a ticket of its own.
export function SplitDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation('tickets')
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<readonly number[]>([])
  const [subject, setSubject] = useState('')
  const { messages } = useAllMessages(ticket)
  const split = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/tickets/{id}/splits', {
          params: { path: { id: ticket.id } },
          body: { messages: [...chosen], subject: subject.trim() },
        }),
      ),
    onSuccess: async (made) => {
      onClose()
      await refreshTicket(ticket.id)
      done(t('split.done'), async () => {
        const params = { path: { id: ticket.id, split: made.id } }
        await ask(api.POST('/tickets/{id}/splits/{split}/undo', { params })).catch(sayFailed)
        await refreshTicket(ticket.id)
      })
      void navigate({ to: '/tickets/$id' as never, params: { id: made.to_ticket } as never })
    },
  })
  return (
    <Dialog
      title={t('split.title')}
      width={640}
      onClose={onClose}
      onSubmit={() => split.mutate()}
      footer={
        <Button
          type="submit"
          kind="primary"
          pending={split.isPending}
          disabled={chosen.length === 0 || !subject.trim()}
        >
          {t('split.submit', { count: chosen.length })}
        </Button>
      }
    >
      <div className="bj-form">
        {split.error && <Banner tone="danger">{reasonText(asProblem(split.error).reason)}</Banner>}
        <TextField
          autoFocus
          required
          label={t('split.subject')}
          value={subject}
          onValue={setSubject}
          maxLength={200}
        />
        {messages.map((message) => (
          <Checkbox
            key={message.id}
            checked={chosen.includes(message.id)}
            onChecked={(on) =>
              setChosen(on ? [...chosen, message.id] : chosen.filter((id) => id !== message.id))
            }
            label={
              <>
                <strong>{message.author_name}</strong> {absolute(message.created_at)}
                <br />
                {startOf(message.body)}
              </>
            }
          />
        ))}
      </div>
    </Dialog>
  )
}
