import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconMailOff,
  IconMailOpened,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { type OutgoingLine, useMailReason } from '@/parts/letters'
import { linkTo } from '@/parts/links'
import { listed } from '@/parts/names'
import { sayFailed } from '@/parts/problems'
import { Button } from '@/ui/Button'
import { gravestOf, type MailOfMessage } from './useMail'

// How a message came, or how far its copies have got.
export function MailFoot({ came, left }: MailOfMessage) {
  const { t } = useTranslation('tickets')
  const letter = came && linkTo(`incoming_mail:${came.id}`)
  return (
    <>
      {letter && (
        <Link className="bj-read" to={letter as never}>
          <IconMailOpened size={14} stroke={1.6} aria-hidden="true" />
          {t(came.folded ? 'mail.show_whole' : 'mail.show_letter')}
        </Link>
      )}
      {left.length > 0 && (
        // Its words come with the first mail there is something to say about.
        <Suspense fallback={null}>
          <Delivery mails={left} />
        </Suspense>
      )}
    </>
  )
}

const icons = {
  sent: IconCheck,
  waiting: IconClock,
  unclear: IconAlertTriangle,
  failed: IconAlertTriangle,
  bounced: IconMailOff,
  cancelled: IconMailOff,
}

function Delivery({ mails }: { mails: readonly OutgoingLine[] }) {
  const { t } = useTranslation('letters')
  const reasonOf = useMailReason()
  const gravest = gravestOf(mails)
  if (!gravest) return null
  const { state, reason } = gravest
  const Icon = icons[state]
  const each = mails.map((mail) =>
    t('delivery.to', { who: mail.recipient, state: t(`out.${mail.state}`) }),
  )
  const said = mails.map((mail) => mail.said).filter(Boolean)
  const isTrouble = state === 'failed' || state === 'bounced' || state === 'unclear'
  return (
    <>
      <span
        className="bj-delivery"
        data-state={state}
        data-tip={[listed(each), ...said].join(' · ')}
      >
        <Icon size={14} stroke={1.7} aria-hidden="true" />
        {t(`delivery.${state}`)}
        {(isTrouble || state === 'waiting') && reason && ` · ${reasonOf(reason)}`}
        <span className="bj-hidden">{listed(each)}</span>
      </span>
      {isTrouble && <Again mail={gravest} />}
    </>
  )
}

function Again({ mail }: { mail: OutgoingLine }) {
  const { t } = useTranslation('tickets')
  const again = useMutation({
    mutationFn: () =>
      ask(api.POST('/outgoing-mails/{id}/tries', { params: { path: { id: mail.id } } })),
    onError: sayFailed,
    onSettled: () => queryClient.invalidateQueries({ queryKey: all('outgoing_mail') }),
  })
  return (
    <Button size="small" pending={again.isPending} onClick={() => again.mutate()}>
      {t('mail.try_again')}
    </Button>
  )
}
