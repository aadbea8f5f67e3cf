import type { Message, StoryItem } from './useTicket'

// The story of a ticket as it is read: what people said, and between it what the desk did.

export type Entry =
  | { kind: 'message'; at: string; message: Message }
  | { kind: 'evidence'; at: string; item: StoryItem }
  | { kind: 'system'; at: string; items: StoryItem[] }
  | { kind: 'day'; at: string }
  | { kind: 'new'; at: string }

// Events that say no more than a message or a piece of evidence that is shown itself.
const shownOtherwise = new Set([
  'tickets.replied',
  'tickets.answered',
  'tickets.noted',
  'tickets.mentioned',
  'tickets.reply_prepared',
  'tickets.message_changed',
  'tickets.evidence_recorded',
  'tickets.read_by_customer',
])

export interface StoryOptions {
  messages: readonly Message[]
  items: readonly StoryItem[]
  // What came later was not seen by the reader yet.
  readUntil?: string | null
  // Messages before the first of these have not been read from the server yet.
  // Whose own words are not news.
  me?: number
  isCut?: boolean
  dayOf: (at: string) => string
}

export function storyOf(options: StoryOptions): Entry[] {
  const { messages, items, readUntil, me, isCut, dayOf } = options
  const from = isCut ? (messages[0]?.created_at ?? '') : ''
  const plain: Entry[] = [
    // What was taken back is on its author's desk again; a line of the desk says that it was.
    ...messages
      .filter((one) => one.state !== 'withdrawn')
      .map((message): Entry => ({ kind: 'message', at: message.created_at, message })),
    ...items.flatMap((item): Entry[] => {
      if (item.kind === 'message' || shownOtherwise.has(item.what)) return []
      if (item.at < from) return []
      if (item.kind === 'evidence') return [{ kind: 'evidence', at: item.at, item }]
      return [{ kind: 'system', at: item.at, items: [item] }]
    }),
  ]
  plain.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  const story: Entry[] = []
  let day = ''
  let isNew = false
  for (const entry of plain) {
    const its = dayOf(entry.at)
    if (its !== day) story.push({ kind: 'day', at: entry.at })
    day = its
    const isNews = entry.kind === 'message' && (!me || entry.message.author !== me)
    if (!isNew && readUntil && isNews && entry.at > readUntil) {
      isNew = true
      story.push({ kind: 'new', at: entry.at })
    }
    const last = story.at(-1)
    if (entry.kind === 'system' && last?.kind === 'system') last.items.push(...entry.items)
    else story.push(entry)
  }
  return story
}

// The names of the fields that an event says were changed, without those that always change.
export function changedFields(item: StoryItem): string[] {
  const changed = (item.details as { changed?: Record<string, unknown> }).changed ?? {}
  const always = new Set(['updated_at', 'state_since', 'phase', 'previous_state', 'version'])
  return Object.keys(changed).filter((name) => !always.has(name))
}

export function changeOf(item: StoryItem, field: string): [unknown, unknown] | null {
  const changed = (item.details as { changed?: Record<string, [unknown, unknown]> }).changed
  return changed?.[field] ?? null
}
