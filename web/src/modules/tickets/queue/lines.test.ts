import { expect, test } from 'vitest'
import { grouped, groupingOfSort, type LinesWanted, linesOf, sortOfGrouping } from './lines'
import type { TicketRow } from './useQueue'

const now = Date.parse('2026-11-23T10:00:00Z')
const row = (id: number, more: Partial<TicketRow>) =>
  ({ id, priority: 'P3', state: 'received', phase: 'open', created_at: '', ...more }) as TicketRow

const rows = [
  row(1, { due_at: '2026-11-23T09:00:00Z', assignee_name: '李娜' }),
  row(2, { due_at: '2026-11-23T10:30:00Z', priority: 'P1' }),
  row(3, { due_at: '2026-11-23T10:40:00Z', phase: 'waiting' }),
  row(4, { due_at: '2026-11-25T10:00:00Z' }),
  row(5, { due_at: null, assignee_name: '李娜' }),
]

const plain: LinesWanted = {
  grouping: 'due',
  now,
  end: Date.parse('2026-11-23T16:00:00Z'),
  folded: new Set(),
  more: false,
}

const told = (wanted: Partial<LinesWanted>) =>
  linesOf(rows, { ...plain, ...wanted }).map((line) =>
    line.kind === 'head' ? `${line.key} ${line.count ?? '?'}` : line.ticket.id,
  )

test('the queue is told by when something is due', () => {
  expect(told({})).toEqual([
    'overdue 1',
    1,
    'within_hour 1',
    2,
    'today 1',
    3,
    'later 1',
    4,
    'none 1',
    5,
  ])
})

test('a folded group is only its head, and no group is none', () => {
  expect(told({ folded: new Set(['overdue', 'later']) })).toEqual([
    'overdue 1',
    'within_hour 1',
    2,
    'today 1',
    3,
    'later 1',
    'none 1',
    5,
  ])
  expect(told({ grouping: 'none' })).toEqual([1, 2, 3, 4, 5])
})

test('a count is told only when nothing more can come into the group', () => {
  const sorted = [rows[1], rows[0], rows[2]] as TicketRow[]
  const lines = linesOf(sorted, { ...plain, grouping: 'priority', more: true })
  expect(lines.map((line) => line.kind === 'head' && line.count)).toEqual([
    1,
    false,
    undefined,
    false,
    false,
  ])
})

test('what is read later comes below what is shown', () => {
  const late = rows.slice(0, 1)
  const paused = row(9, { due_at: '2026-11-23T08:00:00Z', phase: 'waiting' })
  const some = linesOf([paused, ...late], { ...plain, more: true })
  const all = linesOf([paused, ...rows], plain)
  expect(some.flatMap((line) => (line.kind === 'ticket' ? [line.ticket.id] : []))).toEqual([1])
  expect(all.slice(0, 2).map((line) => line.kind === 'ticket' && line.ticket.id)).toEqual([
    false,
    1,
  ])
  const ids = all.flatMap((line) => (line.kind === 'ticket' ? [line.ticket.id] : []))
  expect(ids).toEqual([1, 2, 9, 3, 4, 5])
})

test('a group and its order belong together', () => {
  for (const grouping of ['due', 'priority', 'state', 'assignee'] as const) {
    expect(groupingOfSort(sortOfGrouping(grouping) ?? '')).toBe(grouping)
  }
  expect(sortOfGrouping('none')).toBeNull()
  expect(groupingOfSort('-created_at')).toBe('none')
})

test('groups come in the order that is asked for, empty ones not at all', () => {
  const groups = grouped([3, 1, 2, 9], (n) => (n === 9 ? 'x' : n % 2 ? 'odd' : 'even'), [
    'even',
    'odd',
  ])
  expect(groups).toEqual([
    { key: 'even', items: [2] },
    { key: 'odd', items: [3, 1] },
    { key: 'x', items: [9] },
  ])
})
