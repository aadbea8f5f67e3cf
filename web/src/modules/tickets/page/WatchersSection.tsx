import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '@/parts/Avatar'
import { findPeople } from '@/parts/lookups'
import { InlinePicker } from '@/ui/InlinePicker'
import { Section } from '@/ui/Panel'
import type { Ticket } from './useTicket'
import { useWatchers } from './useWatchers'

// Colleagues who hear of everything that happens here.
export function WatchersSection({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const { watchers, add, remove } = useWatchers(ticket)
  const mayWork = ticket.allowed?.includes('note') ?? false
  if (watchers.length === 0 && !mayWork) return null
  const options = async (typed: string) => {
    const known = new Set(watchers.map((one) => one.member))
    return (await findPeople(typed)).filter((one) => !known.has(one.value))
  }
  return (
    <Section title={t('watchers')}>
      <div className="bj-watchers">
        {watchers.map((one) => (
          <span key={one.member} className="bj-watcher">
            <Avatar name={one.name} size={18} />
            {one.name}
            {mayWork && (
              <button
                type="button"
                className="bj-chip-remove"
                aria-label={t('unwatch_one', { name: one.name })}
                onClick={() => remove(one.member)}
              >
                <IconX size={13} stroke={1.8} />
              </button>
            )}
          </span>
        ))}
        {mayWork && (
          <InlinePicker
            label={t('add_watcher')}
            options={options}
            onValue={(member, option) => add({ member, name: option.label })}
          >
            <span className="bj-inline-none">{t('add_watcher')}</span>
          </InlinePicker>
        )}
      </div>
    </Section>
  )
}
