import { IconFileCheck, IconHistory } from '@tabler/icons-react'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Time } from '@/parts/Time'
import { dayOf } from '@/parts/time'
import { useRead } from '@/parts/useRead'
import { Button } from '@/ui/Button'
import { DayLine, NewLine, SystemLine } from '@/ui/Talk'
import { MessageBubble } from './MessageBubble'
import { SystemText } from './SystemText'
import { type Entry, storyOf } from './story'
import { useAllMessages } from './useAllMessages'
import { type StoryItem, type Ticket, useTimelineQuery } from './useTicket'

const fewSystemLines = 2

export function Story({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const box = useRef<HTMLElement>(null)
  const timeline = useTimelineQuery(ticket.id)
  const { messages, hasMore, readMore, pending } = useAllMessages(ticket)
  // The line stays where it was when one came, although by then all has been read.
  const [readUntil] = useState(ticket.last_read_at)
  useRead(ticket.id, messages.at(-1)?.id)
  const story = useMemo(
    () => storyOf({ messages, items: timeline.data?.items ?? [], readUntil, dayOf }),
    [messages, timeline.data, readUntil],
  )
  useStayAtEnd(box, messages.length)
  return (
    <section ref={box} className="bj-story" aria-label={t('story')}>
      {hasMore && (
        <Button kind="quiet" size="small" pending={pending} onClick={readMore}>
          {t('older')}
        </Button>
      )}
      {story.map((entry) => (
        <EntryView key={keyOf(entry)} entry={entry} ticket={ticket} />
      ))}
    </section>
  )
}

function keyOf(entry: Entry): string {
  if (entry.kind === 'message') return `message ${entry.message.id}`
  if (entry.kind === 'evidence') return entry.item.ref
  if (entry.kind === 'system') return `system ${entry.items[0]?.ref}`
  return `${entry.kind} ${entry.at}`
}

// What was said last is what one wants to see; frames of messages grow for a moment after they are
// there, so the end is kept in sight for a while.
function useStayAtEnd(box: React.RefObject<HTMLElement | null>, count: number) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message moves to the end, too
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return undefined
    const toEnd = () => {
      element.scrollTop = element.scrollHeight
    }
    toEnd()
    const observer = new ResizeObserver(toEnd)
    for (const child of element.children) observer.observe(child)
    const stop = () => observer.disconnect()
    const timer = setTimeout(stop, 1500)
    element.addEventListener('wheel', stop, { once: true, passive: true })
    element.addEventListener('keydown', stop, { once: true })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [count])
}

function EntryView({ entry, ticket }: { entry: Entry; ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  switch (entry.kind) {
    case 'day':
      return <DayLine>{dayOf(entry.at)}</DayLine>
    case 'new':
      return <NewLine>{t('new_below')}</NewLine>
    case 'message':
      return <MessageBubble message={entry.message} ticket={ticket} />
    case 'evidence':
      return <EvidenceLine item={entry.item} />
    default:
      return <SystemLines items={entry.items} />
  }
}

function EvidenceLine({ item }: { item: StoryItem }) {
  const { t } = useTranslation('tickets')
  return (
    <SystemLine icon={IconFileCheck}>
      <strong>{t(`evidence.${item.what}`)}</strong> · {item.actor_name}{' '}
      <Time at={item.at} as="clock" />
      <div>{item.body}</div>
    </SystemLine>
  )
}

function SystemLines({ items }: { items: readonly StoryItem[] }) {
  const { t } = useTranslation('tickets')
  const [showsAll, setShowsAll] = useState(items.length <= fewSystemLines)
  if (!showsAll) {
    return (
      <SystemLine icon={IconHistory}>
        <button type="button" onClick={() => setShowsAll(true)}>
          {t('system.more', { count: items.length })}
        </button>
      </SystemLine>
    )
  }
  return items.map((item) => (
    <SystemLine key={item.ref}>
      <SystemText item={item} /> <Time at={item.at} as="clock" />
    </SystemLine>
  ))
}
