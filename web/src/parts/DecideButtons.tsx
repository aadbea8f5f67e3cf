import { useTranslation } from 'react-i18next'
import { useMay } from '@/api/use_me'
import { Button } from '@/ui/Button'
import './letters.css'
import { decisionsFor, type IncomingLine, useDecide } from './letters'

export interface DecideButtonsProps {
  mail: IncomingLine
  size?: 'small' | 'normal'
}

// What waits for somebody to decide, and what had been decided by a rule and may be seen otherwise.
export function DecideButtons({ mail, size = 'normal' }: DecideButtonsProps) {
  const { t } = useTranslation('letters')
  const may = useMay()
  const decide = useDecide()
  if (!may('tickets.work')) return null
  return (
    <span className="bj-mail-buttons">
      {decisionsFor(mail).map((decision, at) => (
        <Button
          key={decision}
          size={size}
          kind={at === 0 && mail.state === 'held' ? 'soft' : 'plain'}
          title={decision === 'let_in' ? t('decide.let_in_hint') : undefined}
          pending={decide.isPending && decide.variables.decision === decision}
          disabled={decide.isPending}
          onClick={() => decide.mutate({ id: mail.id, decision })}
        >
          {t(`decide.${decision}`)}
        </Button>
      ))}
    </span>
  )
}
