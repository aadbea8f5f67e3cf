import { describe, expect, it } from 'vitest'
import { filtersIn, queryOf, shownFilters } from './filters'

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
})
