import { dueGroup, dueGroups } from './due'
import type { TicketRow } from './useQueue'

// What the list shows one below the other: heads of groups and tickets.

export type Grouping = 'due' | 'state' | 'priority' | 'assignee' | 'none'

export const groupings: readonly Grouping[] = ['due', 'state', 'priority', 'assignee', 'none']

export interface HeadLine {
  kind: 'head'
  key: string
  // Unknown while more of this group may come from the server.
  count: number | undefined
  opened: boolean
}

export interface TicketLineOf {
  kind: 'ticket'
  ticket: TicketRow
}

export type Line = HeadLine | TicketLineOf

export interface LinesWanted {
  grouping: Grouping
  now: number
  // The first moment of tomorrow.
  end: number
  // Groups that are folded.
  folded: ReadonlySet<string>
  // More rows can be read.
  more: boolean
}

const priorities = ['P1', 'P2', 'P3', 'P4']

// The order of the server's that keeps a group together: rows which are read later come below those
// that are shown.
export function sortOfGrouping(grouping: Grouping): string | null {
  if (grouping === 'none') return null
  return grouping === 'due' ? 'due_at' : grouping
}

export function groupingOfSort(sort: string): Grouping {
  if (sort === 'due_at') return 'due'
  return groupings.find((known) => known === sort && known !== 'none') ?? 'none'
}

export function linesOf(rows: readonly TicketRow[], wanted: LinesWanted): Line[] {
  const { grouping, folded } = wanted
  if (grouping === 'none') return rows.map((ticket) => ({ kind: 'ticket', ticket }))
  const groups = complete(grouped(rows, keyOfRow(wanted), orderOf(grouping)), rows, wanted)
  return groups.flatMap(({ key, items }, at): Line[] => {
    const opened = !folded.has(key)
    const mayGrow = wanted.more && at === groups.length - 1
    const head: Line = { kind: 'head', key, count: mayGrow ? undefined : items.length, opened }
    if (!opened) return [head]
    return [head, ...items.map((ticket): Line => ({ kind: 'ticket', ticket }))]
  })
}

// Whose clock stands still is told among what is not late. Until all that is late has been read
// that part is not shown: otherwise what is read next would push it down.
function complete(groups: Group<TicketRow>[], rows: readonly TicketRow[], wanted: LinesWanted) {
  const last = rows.at(-1)
  if (wanted.grouping !== 'due' || !wanted.more || !last) return groups
  const reached = dueGroup({ ...last, phase: 'open' }, wanted.now, wanted.end)
  const shown = dueGroups.slice(0, dueGroups.indexOf(reached) + 1) as readonly string[]
  return groups.filter(({ key }) => shown.includes(key))
}

function keyOfRow({ grouping, now, end }: LinesWanted) {
  return (ticket: TicketRow): string => {
    if (grouping === 'priority') return ticket.priority
    if (grouping === 'assignee') return String(ticket.assignee ?? '')
    if (grouping === 'state') return ticket.state
    return dueGroup(ticket, now, end)
  }
}

function orderOf(grouping: Grouping): readonly string[] {
  if (grouping === 'due') return dueGroups
  return grouping === 'priority' ? priorities : []
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
