import { IconPhone } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { one } from '@/api/keys'
import { Avatar } from '@/parts/Avatar'
import { linkTo } from '@/parts/links'
import { PreferenceCard } from '@/parts/PreferenceCard'
import { Tag } from '@/ui/Chip'
import { ChecklistSection } from './ChecklistSection'
import { FieldsSection } from './FieldsSection'
import { FiguresSection } from './FiguresSection'
import { LinksSection } from './LinksSection'
import { usePreferences } from './preferences'
import type { Ticket } from './useTicket'
import { WorkSection } from './WorkSection'

// Tiers that promise nothing beyond the usual are not worth a word.
const plainTiers = new Set(['standard', 'basic'])

export function SidePanel({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const wishes = usePreferences(ticket.contact, ticket.customer)
  return (
    <>
      <CustomerHead ticket={ticket} />
      {(ticket.contact || ticket.customer) && (
        <PreferenceCard title={t('side.wishes')} wishes={wishes.data?.effective} />
      )}
      <FieldsSection ticket={ticket} />
      <LinksSection ticket={ticket} />
      <ChecklistSection ticket={ticket} />
      <WorkSection ticket={ticket} />
      {ticket.customer && <FiguresSection customer={ticket.customer} />}
    </>
  )
}

function CustomerHead({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const contact = useQuery({
    queryKey: one('contact', ticket.contact ?? 0),
    queryFn: ({ signal }) =>
      ask(api.GET('/contacts/{id}', { params: { path: { id: ticket.contact ?? 0 } }, signal })),
    enabled: Boolean(ticket.contact),
  }).data
  const customer = useQuery({
    queryKey: one('customer', ticket.customer ?? 0),
    queryFn: ({ signal }) =>
      ask(api.GET('/customers/{id}', { params: { path: { id: ticket.customer ?? 0 } }, signal })),
    enabled: Boolean(ticket.customer),
  }).data
  const name = ticket.names.customer
  const phone = contact?.mobile ?? contact?.phone
  const to = ticket.customer ? linkTo(`customer:${ticket.customer}`) : null
  return (
    <>
      {name && (
        <div className="bj-side-customer">
          <Avatar name={name} size={32} square />
          <div>
            <strong>{to ? <Link to={to as never}>{name}</Link> : name}</strong>
            {customer && !plainTiers.has(customer.tier) && (
              <Tag tone="brand">{t(`tier.${customer.tier}`, { defaultValue: customer.tier })}</Tag>
            )}
          </div>
        </div>
      )}
      {ticket.names.contact && (
        <div className="bj-side-customer">
          <Avatar name={ticket.names.contact} size={28} />
          <div>
            <strong>{ticket.names.contact}</strong>
            <span>{contact?.title}</span>
          </div>
          {phone && (
            <a
              className="bj-icon-button"
              style={{ width: 30, height: 30, marginLeft: 'auto' }}
              href={`tel:${phone}`}
              title={phone}
              aria-label={t('call', { phone })}
            >
              <IconPhone size={17} stroke={1.6} />
            </a>
          )}
        </div>
      )}
    </>
  )
}
