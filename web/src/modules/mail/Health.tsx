import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMailReason } from '@/parts/letters'
import { Time } from '@/parts/Time'
import type { MailboxView } from './queries'

// Whether a mailbox works, since when it does not, and why.
export function Health({ view }: { view: MailboxView }) {
  const { t } = useTranslation('mail')
  const { health, mailbox } = view
  if (!mailbox.active) return <span className="bj-mail-health">{t('off')}</span>
  if (health.failing_since || health.sending_failing_since) {
    return (
      <>
        {health.failing_since && (
          <Failing
            title={t('failing_since')}
            since={health.failing_since}
            reason={health.reason}
            said={health.said}
          />
        )}
        {health.sending_failing_since && (
          <Failing
            title={t('sending_failing_since')}
            since={health.sending_failing_since}
            reason={health.sending_reason}
            said={health.sending_said}
          />
        )}
      </>
    )
  }
  if (mailbox.incoming.protocol === 'none') {
    return <span className="bj-mail-health">{t('by_pipe')}</span>
  }
  const Icon = health.looked_at ? IconCircleCheck : IconCircleDashed
  return (
    <span className="bj-mail-health" data-state={health.looked_at ? 'works' : undefined}>
      <Icon size={16} stroke={1.7} aria-hidden="true" />
      <span>
        {health.looked_at ? t('works') : t('not_looked')}{' '}
        {health.looked_at && <Time at={health.looked_at} />}
      </span>
    </span>
  )
}

interface FailingProps {
  title: string
  since: string
  reason: string
  said: string
}

function Failing({ title, since, reason, said }: FailingProps) {
  const reasonOf = useMailReason()
  return (
    <span className="bj-mail-health" data-state="failing">
      <IconAlertTriangle size={16} stroke={1.7} aria-hidden="true" />
      <span>
        {title} <Time at={since} />
        <small>
          {reasonOf(reason)}
          {said && <code>{said}</code>}
        </small>
      </span>
    </span>
  )
}
