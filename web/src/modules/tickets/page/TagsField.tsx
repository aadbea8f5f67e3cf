import { IconPlus, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '@/parts/shortcuts'
import { usePatch } from './usePatch'
import type { Ticket } from './useTicket'

export function TagsField({ ticket, disabled }: { ticket: Ticket; disabled: boolean }) {
  const { t } = useTranslation('tickets')
  const [typed, setTyped] = useState<string | null>(null)
  const patch = usePatch(ticket)
  const tags = ticket.tags ?? []
  const begin = () => setTyped('')
  useShortcut({ keys: 'l', scope: 'ticket', title: 'tickets:key.tag' }, begin, !disabled)
  const hear = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') setTyped(null)
    if (event.key !== 'Enter') return
    const tag = typed?.trim()
    if (tag && !tags.includes(tag)) patch({ tags: [...tags, tag] })
    setTyped(null)
  }
  return (
    <span className="bj-tags">
      {tags.map((tag) => (
        <span key={tag} className="bj-tag">
          {tag}
          {!disabled && (
            <button
              type="button"
              aria-label={t('remove_tag', { tag })}
              onClick={() => patch({ tags: tags.filter((other) => other !== tag) })}
            >
              <IconX size={12} stroke={1.8} />
            </button>
          )}
        </span>
      ))}
      {!disabled &&
        (typed === null ? (
          <button type="button" className="bj-inline" aria-label={t('add_tag')} onClick={begin}>
            <IconPlus size={14} stroke={1.7} />
          </button>
        ) : (
          <input
            // biome-ignore lint/a11y/noAutofocus: one pressed the plus to write here
            autoFocus
            className="bj-input"
            aria-label={t('add_tag')}
            maxLength={40}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={hear}
            onBlur={() => setTyped(null)}
          />
        ))}
    </span>
  )
}
