import { IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Time } from '@/parts/Time'
import { SystemLine } from '@/ui/Talk'
import { SystemText } from './SystemText'
import type { StoryItem } from './useTicket'

const few = 2

// What the desk itself did; of many such lines only their number is shown until somebody asks.
export function SystemLines({ items }: { items: readonly StoryItem[] }) {
  const { t } = useTranslation('tickets')
  const [showsAll, setShowsAll] = useState(false)
  const lines = items.map((item) => (
    <SystemLine key={item.ref}>
      <SystemText item={item} /> <Time at={item.at} as="clock" />
    </SystemLine>
  ))
  if (items.length <= few || showsAll) return lines
  return (
    <>
      <div className="bj-screen-only">
        <SystemLine icon={IconChevronRight}>
          <button type="button" aria-expanded={false} onClick={() => setShowsAll(true)}>
            {t('system.more', { count: items.length })}
          </button>
        </SystemLine>
      </div>
      {/* On paper nothing can be unfolded. */}
      <div className="bj-print-only">{lines}</div>
    </>
  )
}
