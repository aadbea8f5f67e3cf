import { describe, expect, it } from 'vitest'
import { dueGroup, endOfToday, momentOf, standing, startOfToday, used } from './due'

const now = Date.parse('2026-11-23T06:00:00Z')
const endOfDay = Date.parse('2026-11-23T16:00:00Z')
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
    ['2026-11-23T05:00:00Z', 'waiting', 'paused', 'today'],
    ['2026-11-24T05:00:00Z', 'solved', 'met', 'later'],
    ['2026-11-23T05:00:00Z', 'closed', 'met', 'none'],
  ])('due %s in the phase %s stands %s, in %s', (due, phase, state, group) => {
    expect(standing(at(due, phase), now)).toBe(state)
    expect(dueGroup(at(due, phase), now, endOfDay)).toBe(group)
  })

  it('is used up by the part that has passed', () => {
    expect(used(at('2026-11-23T07:00:00Z'), now)).toBeCloseTo(0.5)
    expect(used(at('2026-11-23T04:00:00Z'), now)).toBe(1)
    expect(used(at(null), now)).toBe(0)
  })
})

describe('a day', () => {
  it('begins and ends where the person is', () => {
    expect(startOfToday(now, 'Asia/Shanghai')).toBe(Date.parse('2026-11-22T16:00:00Z'))
    expect(endOfToday(now, 'Asia/Shanghai')).toBe(endOfDay)
    expect(startOfToday(now, 'UTC')).toBe(Date.parse('2026-11-23T00:00:00Z'))
  })

  it.each([
    ['today', '2026-11-22T16:00:00.000Z'],
    ['-7d', '2026-11-16T06:00:00.000Z'],
    ['+12h', '2026-11-23T18:00:00.000Z'],
    ['2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z'],
    ['soon', null],
  ])('%s is %s', (text, moment) => {
    expect(momentOf(text, now, 'Asia/Shanghai')).toBe(moment)
  })
})
