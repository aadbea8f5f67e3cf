import { describe, expect, it } from 'vitest'
import { clockOf, minutesOf } from './words'

describe('the clock of the settings', () => {
  it.each([
    [0, '00:00'],
    [510, '08:30'],
    [1439, '23:59'],
  ])('says %i as %s and back', (minutes, clock) => {
    expect(clockOf(minutes)).toBe(clock)
    expect(minutesOf(clock)).toBe(minutes)
  })

  it('takes no half of a time', () => {
    expect(minutesOf('')).toBeNull()
    expect(minutesOf('8')).toBeNull()
  })
})
