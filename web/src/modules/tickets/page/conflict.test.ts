import { expect, test } from 'vitest'
import { clashing } from './conflict'
import type { Ticket } from './useTicket'

const before = {
  subject: 'a',
  category: 1,
  tags: ['x'],
  custom: { room: '1', floor: '2' },
} as unknown as Ticket

test('changes of different fields are put together', () => {
  expect(clashing(before, { ...before, category: 2 }, { subject: 'b' })).toEqual([])
})

test('the same field changed twice is shown, unless both say the same', () => {
  expect(clashing(before, { ...before, subject: 'c' }, { subject: 'b' })).toEqual(['subject'])
  expect(clashing(before, { ...before, subject: 'b' }, { subject: 'b' })).toEqual([])
  expect(clashing(before, { ...before, tags: ['x', 'y'] }, { tags: [] })).toEqual(['tags'])
})

test('of custom fields only those that are written count', () => {
  const now = { ...before, custom: { room: '9', floor: '2' } } as unknown as Ticket
  expect(clashing(before, now, { custom: { floor: '3' } as never })).toEqual([])
  expect(clashing(before, now, { custom: { room: '3' } as never })).toEqual(['custom'])
})
