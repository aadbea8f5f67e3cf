import { useTranslation } from 'react-i18next'
import { useAfterPaint } from '@/parts/useAfterPaint'
import { ChecklistSection } from './ChecklistSection'
import { CustomerHead } from './CustomerHead'
import { EvidenceSection } from './EvidenceSection'
import { FieldsSection } from './FieldsSection'
import { FiguresSection } from './FiguresSection'
import { LinksSection } from './LinksSection'
import { ParticipantsSection } from './ParticipantsSection'
import { RecentSection } from './RecentSection'
import { RelatedSection } from './RelatedSection'
import type { Ticket } from './useTicket'
import { WatchersSection } from './WatchersSection'
import { WishesCard } from './WishesCard'
import { WorkSection } from './WorkSection'

export function SidePanel({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const painted = useAfterPaint()
  return (
    <>
      <h2 className="bj-hidden">{t('side.title')}</h2>
      <CustomerHead ticket={ticket} />
      {(ticket.contact || ticket.customer) && <WishesCard ticket={ticket} />}
      <FieldsSection ticket={ticket} />
      {painted && <Further ticket={ticket} />}
    </>
  )
}

// What is asked for in requests of its own, once the ticket itself can be read.
function Further({ ticket }: { ticket: Ticket }) {
  return (
    <>
      <LinksSection ticket={ticket} />
      <RelatedSection ticket={ticket} />
      <ChecklistSection ticket={ticket} />
      <EvidenceSection ticket={ticket} />
      <WorkSection ticket={ticket} />
      <WatchersSection ticket={ticket} />
      <ParticipantsSection ticket={ticket} />
      {ticket.customer && <RecentSection customer={ticket.customer} but={ticket.id} />}
      {ticket.customer && <FiguresSection customer={ticket.customer} />}
    </>
  )
}
