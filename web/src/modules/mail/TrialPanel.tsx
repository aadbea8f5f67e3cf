import { IconAlertTriangle, IconCircleCheck, IconPlugConnected } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { useMailReason } from '@/parts/letters'
import { sayFailed } from '@/parts/problems'
import { Button } from '@/ui/Button'
import { Panel } from '@/ui/Panel'
import { type MailboxForm, trialOf } from './form'

export interface TrialPanelProps {
  form: MailboxForm
  mailbox: number | null
  onFolders: (folders: readonly string[]) => void
}

// Both lines are tried before anything is kept; each step says how it went.
export function TrialPanel({ form, mailbox, onFolders }: TrialPanelProps) {
  const { t } = useTranslation('mail')
  const attempt = useMutation({
    mutationFn: () => ask(api.POST('/mailboxes/trials', { body: trialOf(form, mailbox) })),
    onError: sayFailed,
    onSuccess: (result) => onFolders(result.folders ?? []),
  })
  const { incoming = [], outgoing = [], folders = [] } = attempt.data ?? {}
  return (
    <Panel
      title={t('part.trial')}
      actions={
        <Button
          icon={IconPlugConnected}
          pending={attempt.isPending}
          onClick={() => attempt.mutate()}
        >
          {t('try')}
        </Button>
      }
    >
      <div aria-live="polite" className="bj-trial">
        {!attempt.data && <p className="bj-input-hint">{t('try_hint')}</p>}
        {incoming.length > 0 && <Steps title={t('part.incoming')} steps={incoming} />}
        {folders.length > 0 && (
          <p className="bj-input-hint">{t('folders_found', { count: folders.length })}</p>
        )}
        {outgoing.length > 0 && <Steps title={t('part.outgoing')} steps={outgoing} />}
        {attempt.data && incoming.length + outgoing.length === 0 && (
          <p className="bj-input-hint">{t('nothing_to_try')}</p>
        )}
      </div>
    </Panel>
  )
}

function Steps({ title, steps }: { title: string; steps: readonly Schemas['Step'][] }) {
  const { t } = useTranslation('mail')
  const reasonOf = useMailReason()
  return (
    <>
      <h3>{title}</h3>
      <ol className="bj-trial-steps">
        {steps.map((step) => (
          <li key={step.step} data-passed={step.passed || undefined}>
            {step.passed ? (
              <IconCircleCheck size={18} stroke={1.7} aria-label={t('passed')} />
            ) : (
              <IconAlertTriangle size={18} stroke={1.7} aria-label={t('not_passed')} />
            )}
            <div>
              <strong>{t(`step.${step.step}`)}</strong>
              {!step.passed && <p>{reasonOf(step.reason)}</p>}
              {step.said && <code>{step.said}</code>}
            </div>
          </li>
        ))}
      </ol>
    </>
  )
}
