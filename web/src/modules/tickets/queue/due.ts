import type { SlaState } from '@/ui/Glyph'

// How a promise stands at a moment, and to which part of the queue that puts the ticket.

export type DueGroup = 'overdue' | 'within_hour' | 'today' | 'later' | 'none'

export const dueGroups: readonly DueGroup[] = ['overdue', 'within_hour', 'today', 'later', 'none']

const hour = 3_600_000
const day = 24 * hour

export interface Promised {
  due_at?: string | null
  phase: string
  created_at: string
}

// Waiting for the customer stops the clock; a solved or closed ticket has kept its promise or not,
// which is told elsewhere.
export function isRunning({ phase }: Promised): boolean {
  return phase !== 'waiting' && phase !== 'solved' && phase !== 'closed'
}

// Null: nothing was promised.
export function standing(ticket: Promised, now: number): SlaState | null {
  if (ticket.phase === 'solved' || ticket.phase === 'closed') return 'met'
  if (!isRunning(ticket)) return 'paused'
  if (!ticket.due_at) return null
  const left = Date.parse(ticket.due_at) - now
  if (left < 0) return 'breach'
  return left < hour ? 'risk' : 'ok'
}

// The part of the promised time that is used up, 0 … 1.
export function used(ticket: Promised, now: number): number {
  if (!ticket.due_at) return 0
  const from = Date.parse(ticket.created_at)
  const until = Date.parse(ticket.due_at)
  if (until <= from) return 1
  return Math.min(1, Math.max(0, (now - from) / (until - from)))
}

// While the clock stands still nothing gets late: such a ticket waits among those of today.
export function dueGroup(ticket: Promised, now: number, end: number): DueGroup {
  if (!ticket.due_at || ticket.phase === 'closed') return 'none'
  const due = Date.parse(ticket.due_at)
  if (isRunning(ticket)) {
    if (due < now) return 'overdue'
    if (due - now < hour) return 'within_hour'
  }
  return due < end ? 'today' : 'later'
}

// The first moment of today at a place.
export function startOfToday(now: number, zone?: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).formatToParts(now)
  const part = (name: string) => Number(parts.find((one) => one.type === name)?.value ?? 0)
  const since = part('hour') * hour + part('minute') * 60_000 + part('second') * 1000
  return now - since - (now % 1000)
}

export function endOfToday(now: number, zone?: string): number {
  return startOfToday(now, zone) + day
}

// A time as a saved view says it ("today", "-7d", "+12h"), made absolute. The server knows the same
// words for views, but not in the list's own question.
export function momentOf(text: string, now: number, zone?: string): string | null {
  if (text === 'today') return new Date(startOfToday(now, zone)).toISOString()
  const found = /^([+-])(\d{1,4})([dh])$/.exec(text)
  if (!found) return Number.isNaN(Date.parse(text)) ? null : text
  const size = Number(found[2]) * (found[3] === 'd' ? day : hour)
  return new Date(now + (found[1] === '-' ? -size : size)).toISOString()
}
