import { expect, test } from 'vitest'
import { spanOf } from './span'

const minute = 60_000

test.each([
  [20_000, 'minutes', 1, 0],
  [12 * minute, 'minutes', 12, 0],
  [941 * minute, 'hours', 15, 41],
  [3 * 1440 * minute, 'days', 3, 0],
])('%i ms took %s: %i and %i', (milliseconds, unit, big, small) => {
  expect(spanOf(milliseconds)).toEqual({ unit, big, small })
})
