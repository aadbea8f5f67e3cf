import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { one } from '@/api/keys'
import { Time } from '@/parts/Time'
import { IconButton } from '@/ui/Button'
import { SlaGlyph } from '@/ui/Glyph'
import { Section } from '@/ui/Panel'
import { EvidenceDialog } from './EvidenceDialog'
import type { Ticket } from './useTicket'

// What has been recorded so far, and what can be recorded besides the workflow's questions.
export function EvidenceSection({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const [adding, setAdding] = useState(false)
  const params = { path: { id: ticket.id } }
  const query = useQuery({
    queryKey: one('ticket', ticket.id, 'evidence'),
    queryFn: ({ signal }) => ask(api.GET('/tickets/{id}/evidence', { params, signal })),
  })
  const mayRecord = ticket.allowed?.includes('record_evidence') ?? false
  const items = query.data?.items ?? []
  if (items.length === 0 && !mayRecord) return null
  return (
    <Section
      title={t('evidence.title')}
      actions={
        mayRecord && (
          <IconButton
            size={26}
            label={t('evidence.add')}
            icon={IconPlus}
            onClick={() => setAdding(true)}
          />
        )
      }
    >
      <ul className="bj-side-list-plain">
        {items.map((item) => (
          <li key={item.id} className="bj-side-item" title={item.body}>
            <SlaGlyph state={item.passed === false ? 'breach' : 'met'} />
            <span className="bj-side-item-text">
              {t(`evidence.${item.kind}`)} · {item.recorded_by_name}
            </span>
            <small>
              <Time at={item.recorded_at} as="short" />
            </small>
          </li>
        ))}
      </ul>
      {adding && <EvidenceDialog ticket={ticket} onClose={() => setAdding(false)} />}
    </Section>
  )
}
