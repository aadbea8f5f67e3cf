import { describe, expect, it } from 'vitest'
import { greetingKey, stepsOf } from './progress'

describe('the portal', () => {
  it.each([
    [4, 'evening'],
    [5, 'morning'],
    [11, 'noon'],
    [13, 'afternoon'],
    [18, 'evening'],
  ])('at %i greets for the %s', (hour, key) => expect(greetingKey(hour)).toBe(key))

  it('draws the steps that the server names', () => {
    const steps = stepsOf([
      { key: 'received', state: 'past', at: '2026-11-23T01:00:00Z' },
      { key: 'in_work', state: 'now' },
      { key: 'done', state: 'ahead' },
    ])
    expect(steps.map((step) => step.state)).toEqual(['done', 'now', 'open'])
  })
})
