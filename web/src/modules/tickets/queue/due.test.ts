import { describe, expect, it } from 'vitest'
import { dueGroup, grouped, standing, used } from './due'

const now = Date.parse('2026-11-23T06:00:00Z')
const endOfToday = Date.parse('2026-11-23T16:00:00Z')
const at = (due_at: string | null, phase = 'open') => ({
  due_at,
  phase,
  created_at: '2026-11-23T05:00:00Z',
})

describe('a promise', () => {
  it.each([
    ['2026-11-23T05:59:59Z', 'open', 'breach', 'overdue'],
    ['2026-11-23T06:59:59Z', 'open', 'risk', 'within_hour'],
    ['2026-11-23T07:00:00Z', 'new', 'ok', 'today'],
    ['2026-11-23T16:00:01Z', 'open', 'ok', 'later'],
    [null, 'open', null, 'none'],
    ['2026-11-23T05:00:00Z', 'waiting', 'paused', 'none'],
    ['2026-11-23T05:00:00Z', 'closed', 'met', 'none'],
  ])('due %s in the phase %s stands %s, in %s', (due, phase, state, group) => {
    expect(standing(at(due, phase), now)).toBe(state)
    expect(dueGroup(at(due, phase), now, endOfToday)).toBe(group)
  })

  it('is used up by the part that has passed', () => {
    expect(used(at('2026-11-23T07:00:00Z'), now)).toBeCloseTo(0.5)
    expect(used(at('2026-11-23T04:00:00Z'), now)).toBe(1)
    expect(used(at(null), now)).toBe(0)
  })
})

describe('grouping', () => {
  it('keeps the order of the keys and leaves out empty groups', () => {
    const groups = grouped([3, 1, 2, 9], (n) => (n > 5 ? 'x' : n % 2 ? 'odd' : 'even'), [
      'even',
      'none',
      'odd',
    ])
    expect(groups).toEqual([
      { key: 'even', items: [2] },
      { key: 'odd', items: [3, 1] },
      { key: 'x', items: [9] },
    ])
  })
})
