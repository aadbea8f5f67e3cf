import type { SlaState } from '@/ui/Glyph'

// How a promise stands at a moment, and to which part of the queue that puts the ticket.

export type DueGroup = 'overdue' | 'within_hour' | 'today' | 'later' | 'none'

export const dueGroups: readonly DueGroup[] = ['overdue', 'within_hour', 'today', 'later', 'none']

const hour = 3_600_000

export interface Promised {
  due_at?: string | null
  phase: string
  created_at: string
}

// Waiting for the customer stops the clock; a solved or closed ticket has kept its promise or not,
// which is told elsewhere.
export function standing(ticket: Promised, now: number): SlaState | null {
  if (ticket.phase === 'waiting') return 'paused'
  if (ticket.phase === 'solved' || ticket.phase === 'closed') return 'met'
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

export function dueGroup(ticket: Promised, now: number, endOfToday: number): DueGroup {
  if (!ticket.due_at || ticket.phase === 'waiting' || ticket.phase === 'solved') return 'none'
  if (ticket.phase === 'closed') return 'none'
  const due = Date.parse(ticket.due_at)
  if (due < now) return 'overdue'
  if (due - now < hour) return 'within_hour'
  return due <= endOfToday ? 'today' : 'later'
}

export interface Group<T> {
  key: string
  items: T[]
}

// In the order of `keys`; groups that are not among them come behind, as they are met.
export function grouped<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  keys: readonly string[],
) {
  const groups = new Map<string, T[]>(keys.map((key) => [key, []]))
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return [...groups].flatMap(([key, found]): Group<T>[] =>
    found.length > 0 ? [{ key, items: found }] : [],
  )
}
