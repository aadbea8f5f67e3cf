import { IconMailPause } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { DecideButtons } from '@/parts/DecideButtons'
import { type IncomingLine, useMailReason } from '@/parts/letters'
import { linkTo } from '@/parts/links'
import { Banner } from '@/ui/Panel'
import { useIncomingMail } from './useMail'
import type { Ticket } from './useTicket'

// Mail that names this ticket, and of which somebody has to say whether it belongs here.
export function HeldMail({ ticket }: { ticket: Ticket }) {
  const { data } = useIncomingMail(ticket.id)
  const held = data?.filter((mail) => mail.state === 'held') ?? []
  if (held.length === 0) return null
  return (
    <Suspense fallback={null}>
      {held.map((mail) => (
        <Held key={mail.id} mail={mail} />
      ))}
    </Suspense>
  )
}

function Held({ mail }: { mail: IncomingLine }) {
  const { t } = useTranslation(['tickets', 'letters'])
  const reasonOf = useMailReason()
  const who = mail.from_name ? `${mail.from_name} <${mail.from_email}>` : mail.from_email
  const letter = linkTo(`incoming_mail:${mail.id}`)
  return (
    <Banner>
      <IconMailPause size={16} stroke={1.6} aria-hidden="true" />
      <div className="bj-held">
        <span>
          <bdi>{who}</bdi> {t('tickets:mail.held', { reason: reasonOf(mail.reason) })}{' '}
          {letter && (
            <Link to={letter as never}>
              <bdi>{mail.subject || t('letters:no_subject')}</bdi>
            </Link>
          )}
        </span>
        <DecideButtons mail={mail} size="small" />
      </div>
    </Banner>
  )
}
