import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { list } from '@/api/keys'
import { listed, nameOf } from '@/parts/names'
import { sayFailed } from '@/parts/problems'
import { SafeHtml } from '@/parts/SafeHtml'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { Banner } from '@/ui/Panel'
import { Picker } from '@/ui/Picker'
import type { Ticket } from './useTicket'

export interface CannedDialogProps {
  ticket: Ticket
  kind: 'reply' | 'note'
  onClose: () => void
  onChoose: (html: string) => void
}

// A ready-made reply, with its blanks filled by the server for this ticket.
export function CannedDialog({ ticket, kind, onClose, onChoose }: CannedDialogProps) {
  const { t } = useTranslation('tickets')
  const [chosen, setChosen] = useState<number | null>(null)
  const params = { kind, active: true, limit: 200 }
  const replies = useQuery({
    queryKey: list('canned_reply', params),
    queryFn: ({ signal }) => ask(api.GET('/canned-replies', { params: { query: params }, signal })),
  })
  const preview = useQuery({
    queryKey: list('canned_reply', { preview: chosen, ticket: ticket.id }),
    queryFn: () =>
      ask(
        api.POST('/canned-replies/{id}/previews', {
          params: { path: { id: chosen ?? 0 } },
          body: { ticket: ticket.id },
        }),
      ).catch((error) => {
        sayFailed(error)
        throw error
      }),
    enabled: chosen !== null,
  })
  const items = (replies.data?.items ?? []).filter(
    (one) => !one.service_type || one.service_type === ticket.service_type,
  )
  const choose = () => {
    if (!preview.data) return
    onChoose(preview.data.html)
    onClose()
  }
  return (
    <Dialog
      title={t('canned.title')}
      onClose={onClose}
      onSubmit={choose}
      footer={
        <Button type="submit" kind="primary" disabled={!preview.data}>
          {t('canned.insert')}
        </Button>
      }
    >
      <div className="bj-form">
        <Picker
          autoFocus
          label={t('canned.which')}
          value={chosen}
          options={items.map((one) => ({
            value: one.id,
            label: nameOf(one),
            words: `${one.name_zh} ${one.name_en}`,
          }))}
          onValue={setChosen}
        />
        {preview.data?.empty && preview.data.empty.length > 0 && (
          <Banner>{t('canned.empty', { names: listed(preview.data.empty) })}</Banner>
        )}
        {preview.data && <SafeHtml html={preview.data.html} title={t('canned.title')} />}
      </div>
    </Dialog>
  )
}
