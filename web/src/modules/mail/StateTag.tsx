import { IconShieldCheck, IconShieldQuestion, IconShieldX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { IncomingLine, OutgoingLine } from '@/parts/letters'
import { Tag, type Tone } from '@/ui/Chip'

const incoming: Record<IncomingLine['state'], Tone> = {
  waiting: 'plain',
  delivered: 'good',
  duplicate: 'line',
  silent: 'line',
  held: 'warn',
  refused: 'plain',
  unreadable: 'danger',
}

const outgoing: Record<OutgoingLine['state'], Tone> = {
  waiting: 'plain',
  sent: 'good',
  unclear: 'warn',
  failed: 'danger',
  bounced: 'danger',
  cancelled: 'line',
}

export function IncomingState({ state }: { state: IncomingLine['state'] }) {
  const { t } = useTranslation('letters')
  return <Tag tone={incoming[state]}>{t(`in.${state}`)}</Tag>
}

export function OutgoingState({ state }: { state: OutgoingLine['state'] }) {
  const { t } = useTranslation('letters')
  return <Tag tone={outgoing[state]}>{t(`out.${state}`)}</Tag>
}

const shields = { passed: IconShieldCheck, failed: IconShieldX, unknown: IconShieldQuestion }

// Whether our own mail server could prove who sent it.
export function ProofMark({ proof }: { proof: IncomingLine['proof'] }) {
  const { t } = useTranslation('letters')
  const Icon = shields[proof]
  const text = t(`proof.${proof}`)
  return (
    <span className="bj-mail-proof" data-proof={proof} data-tip={text} role="img" aria-label={text}>
      <Icon size={16} stroke={1.6} />
    </span>
  )
}
