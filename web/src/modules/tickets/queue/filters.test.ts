import { describe, expect, it } from 'vitest'
import { atThisMoment, filtersIn, operatorOf, queryOf, shownFilters } from './filters'

describe('filters of the queue', () => {
  it('take what they know from the address', () => {
    expect(filtersIn({ state: 'received', view: '3', evil: 'x', q: '' })).toEqual({
      state: 'received',
    })
  })

  it('lie over the question of the view', () => {
    const view = { open: true, assignee: 'me', due_to: '2026-11-24T00:00:00Z' }
    expect(queryOf(view, { assignee: 'none', customer: '7', watched: 'true' })).toEqual({
      open: true,
      assignee: 'none',
      due_to: '2026-11-24T00:00:00Z',
      customer: 7,
      watched: true,
    })
  })

  it('take a part of the view away with "any"', () => {
    expect(queryOf({ open: true, team: 3 }, { open: 'any' })).toEqual({ team: 3 })
    expect(shownFilters({ open: true, team: 3 }, { open: 'any' })).toEqual({ team: '3' })
  })

  it('are asked with times that are absolute', () => {
    const now = Date.parse('2026-11-23T06:00:00Z')
    const asked = { open: true, created_from: '-1d', due_to: 'nonsense', due_from: 'today' }
    expect(atThisMoment(asked, now, 'UTC')).toEqual({
      open: true,
      created_from: '2026-11-22T06:00:00.000Z',
      due_from: '2026-11-23T00:00:00.000Z',
    })
  })

  it('say how field and value belong together', () => {
    const all = (['assignee', 'tag', 'created_from', 'due_to', 'open'] as const).map(operatorOf)
    expect(all).toEqual(['is', 'has', 'after', 'before', 'none'])
  })
})
