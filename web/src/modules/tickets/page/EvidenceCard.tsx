import {
  IconArchive,
  IconBulb,
  IconCalendarEvent,
  IconChecks,
  IconLockOpen,
  IconSettings,
  IconSignature,
  IconStethoscope,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { FilesView } from '@/parts/FilesView'
import { Time } from '@/parts/Time'
import { absolute } from '@/parts/time'
import type { Icon } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import type { StoryItem } from './useTicket'

const pictures: Record<string, Icon> = {
  diagnosis: IconStethoscope,
  original_configuration: IconSettings,
  backup: IconArchive,
  solution: IconBulb,
  test: IconChecks,
  appointment: IconCalendarEvent,
  signature: IconSignature,
  waiver: IconLockOpen,
}

interface Details {
  passed?: boolean | null
  starts_at?: string | null
  place?: string | null
}

// What was recorded so that the ticket may go on: it will be asked for one day.
export function EvidenceCard({ item }: { item: StoryItem }) {
  const { t } = useTranslation('tickets')
  const Picture = pictures[item.what] ?? IconChecks
  const { passed, starts_at: starts, place } = item.details as Details
  return (
    <article className="bj-evidence">
      <span className="bj-evidence-sign">
        <Picture size={16} stroke={1.6} />
      </span>
      <div className="bj-evidence-main">
        <header className="bj-bubble-head">
          <strong>{t(`evidence.${item.what}`)}</strong>
          <span>{item.actor_name}</span>
          {typeof passed === 'boolean' && (
            <Tag tone={passed ? 'good' : 'danger'}>{t(passed ? 'need.passed' : 'need.failed')}</Tag>
          )}
          <Time at={item.at} as="clock" />
        </header>
        {starts && <p>{[absolute(starts), place].filter(Boolean).join(' · ')}</p>}
        <p className="bj-evidence-text">{item.body}</p>
        {item.files && item.files.length > 0 && (
          <div className="bj-bubble-files">
            <FilesView files={item.files} />
          </div>
        )}
      </div>
    </article>
  )
}
