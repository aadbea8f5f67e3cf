import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/use_me'
import { dayOf } from '@/parts/time'
import { useRead } from '@/parts/useRead'
import { Button } from '@/ui/Button'
import { DayLine, NewLine } from '@/ui/Talk'
import { dayLine } from './day_line'
import { EvidenceCard } from './EvidenceCard'
import { MessageBubble } from './MessageBubble'
import { SystemLines } from './SystemLines'
import { type Entry, storyOf } from './story'
import { useAllMessages } from './useAllMessages'
import { type Message, type Ticket, useTimelineQuery } from './useTicket'

export interface StoryProps {
  ticket: Ticket
  onTakenBack: (message: Message) => void
}

export function Story({ ticket, onTakenBack }: StoryProps) {
  const { t } = useTranslation('tickets')
  const box = useRef<HTMLElement>(null)
  const me = useMe().id
  const timeline = useTimelineQuery(ticket.id)
  const { messages, hasMore, readMore, pending } = useAllMessages(ticket)
  // The line stays where it was when one came, although by then all has been read.
  const [readUntil] = useState(ticket.last_read_at)
  const newest = messages.at(-1)?.id
  useRead(ticket.id, newest)
  const story = useMemo(
    () =>
      storyOf({
        messages,
        items: timeline.data?.items ?? [],
        readUntil,
        me,
        isCut: hasMore,
        dayOf,
      }),
    [messages, timeline.data, readUntil, me, hasMore],
  )
  useStayAtEnd(box, newest)
  return (
    <section ref={box} className="bj-story" aria-label={t('story')}>
      {hasMore && (
        <div className="bj-story-older">
          <Button kind="quiet" size="small" pending={pending} onClick={readMore}>
            {t('older')}
          </Button>
        </div>
      )}
      {story.map((entry) => (
        <EntryView key={keyOf(entry)} entry={entry} ticket={ticket} onTakenBack={onTakenBack} />
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
function useStayAtEnd(box: React.RefObject<HTMLElement | null>, newest: number | undefined) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message moves to the end, too
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return undefined
    const toEnd = () => {
      element.scrollTop = element.scrollHeight
    }
    toEnd()
    const observer = new ResizeObserver(toEnd)
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    const stop = () => observer.disconnect()
    const timer = setTimeout(stop, 1500)
    for (const name of ['wheel', 'keydown', 'pointerdown', 'touchstart'] as const) {
      element.addEventListener(name, stop, { once: true, passive: true })
    }
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [newest])
}

function EntryView({ entry, ticket, onTakenBack }: StoryProps & { entry: Entry }) {
  const { t } = useTranslation('tickets')
  switch (entry.kind) {
    case 'day':
      return <DayLine>{dayLine(entry.at, t('today'), t('yesterday'))}</DayLine>
    case 'new':
      return <NewLine>{t('new_below')}</NewLine>
    case 'message':
      return <MessageBubble message={entry.message} ticket={ticket} onTakenBack={onTakenBack} />
    case 'evidence':
      return <EvidenceCard item={entry.item} />
    default:
      return <SystemLines items={entry.items} />
  }
}
