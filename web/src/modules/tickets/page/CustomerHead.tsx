import { IconMail, IconPhone } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { one } from '@/api/keys'
import { Avatar } from '@/parts/Avatar'
import { linkTo } from '@/parts/links'
import type { Icon } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import { Tip } from '@/ui/Tip'
import type { Ticket } from './useTicket'

// Tiers that promise nothing beyond the usual are not worth a word.
const plainTiers = new Set(['standard', 'basic'])

// Whom it is for: the organisation, and who of it one talks to.
export function CustomerHead({ ticket }: { ticket: Ticket }) {
  return (
    <div className="bj-whom">
      {ticket.customer && <CustomerLine ticket={ticket} id={ticket.customer} />}
      {ticket.contact && <ContactLine ticket={ticket} id={ticket.contact} />}
    </div>
  )
}

function Name({ of, children }: { of: string; children: ReactNode }) {
  const to = linkTo(of)
  return <strong>{to ? <Link to={to as never}>{children}</Link> : children}</strong>
}

function CustomerLine({ ticket, id }: { ticket: Ticket; id: number }) {
  const { t } = useTranslation('tickets')
  const customer = useQuery({
    queryKey: one('customer', id),
    queryFn: ({ signal }) => ask(api.GET('/customers/{id}', { params: { path: { id } }, signal })),
  }).data
  const name = customer?.short_name ?? ticket.names.customer ?? ''
  return (
    <div className="bj-side-customer" title={ticket.names.customer ?? undefined}>
      <Avatar name={name} size={32} square />
      <div>
        <Name of={`customer:${id}`}>{name}</Name>
        <span className="bj-side-under">
          {customer && !plainTiers.has(customer.tier) && (
            <Tag tone="brand">{t(`tier.${customer.tier}`, { defaultValue: customer.tier })}</Tag>
          )}
          {[ticket.names.region, ticket.names.site].filter(Boolean).join(' · ')}
        </span>
      </div>
    </div>
  )
}

function ContactLine({ ticket, id }: { ticket: Ticket; id: number }) {
  const { t } = useTranslation('tickets')
  const contact = useQuery({
    queryKey: one('contact', id),
    queryFn: ({ signal }) => ask(api.GET('/contacts/{id}', { params: { path: { id } }, signal })),
  }).data
  const phone = contact?.mobile ?? contact?.phone
  const name = ticket.names.contact ?? ''
  return (
    <div className="bj-side-customer">
      <Avatar name={name} size={28} />
      <div>
        <Name of={`contact:${id}`}>{name}</Name>
        <span className="bj-side-under">
          {[contact?.title, phone && t('ends_with', { digits: phone.slice(-4) })]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <span className="bj-side-ways">
        {phone && <Way icon={IconPhone} to={`tel:${phone}`} name={t('call', { phone })} />}
        {contact?.email && (
          <Way
            icon={IconMail}
            to={`mailto:${contact.email}`}
            name={t('mail_to', { address: contact.email })}
          />
        )}
      </span>
    </div>
  )
}

function Way({ icon: Picture, to, name }: { icon: Icon; to: string; name: string }) {
  return (
    <Tip text={name}>
      <a className="bj-icon-button bj-side-way" href={to} aria-label={name}>
        <Picture size={17} stroke={1.6} />
      </a>
    </Tip>
  )
}
