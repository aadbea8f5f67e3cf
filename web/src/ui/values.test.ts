// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { sizeOf } from './FileChip'
import { isOnTheWay, withPlainDigits } from './NumberField'
import { matching } from './options'
import { place } from './place'
import { momentOf, wallTime } from './zoned'

describe('a place for a box', () => {
  const view = { width: 1000, height: 800 }
  const box = { width: 200, height: 300 }

  test('is below where there is room', () => {
    const anchor = { left: 100, top: 100, width: 80, height: 30 }
    expect(place(anchor, box, view, 'start')).toMatchObject({ left: 100, top: 134 })
    expect(place(anchor, box, view, 'end')).toMatchObject({ left: 8, top: 134 })
  })

  test('is above near the lower edge, and never higher than there is room', () => {
    const anchor = { left: 100, top: 700, width: 80, height: 30 }
    expect(place(anchor, box, view, 'start').top).toBe(396)
    const tall = place(anchor, { width: 200, height: 2000 }, view, 'start')
    expect(tall).toMatchObject({ top: 8, room: 688 })
  })

  test('stays inside on the right', () => {
    const anchor = { left: 950, top: 100, width: 40, height: 30 }
    expect(place(anchor, box, view, 'start').left).toBe(792)
  })
})

describe('a moment on a clock', () => {
  test.each([
    ['2026-11-23T06:00:00.000Z', 'Asia/Shanghai', '2026-11-23T14:00'],
    ['2026-11-23T18:30:00.000Z', 'Asia/Shanghai', '2026-11-24T02:30'],
    ['2026-07-01T12:00:00.000Z', 'Europe/Berlin', '2026-07-01T14:00'],
    ['2026-12-31T23:30:00.000Z', 'America/New_York', '2026-12-31T18:30'],
  ])('%s in %s is %s, and back', (moment, zone, wall) => {
    expect(wallTime(moment, zone)).toBe(wall)
    expect(momentOf(wall, zone)).toBe(moment)
  })

  test('a time that the clock skips is an hour later', () => {
    expect(momentOf('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
  })

  test('of a time that comes twice it is the first', () => {
    expect(momentOf('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
  })

  test('what is no time is none', () => {
    expect(momentOf('', 'Asia/Shanghai')).toBeNull()
    expect(wallTime('yesterday', 'Asia/Shanghai')).toBe('')
  })
})

test.each([
  ['１２．５', '12.5'],
  ['－３', '-3'],
  [' 4，5 ', '4.5'],
])('%s is written as %s', (typed, plain) => expect(withPlainDigits(typed)).toBe(plain))

test.each([
  ['', 0, false, true],
  ['12', 0, false, true],
  ['1.5', 0, false, false],
  ['1.', 1, false, true],
  ['1.55', 1, false, false],
  ['-', 1, true, true],
  ['-3', 1, false, false],
  ['3a', 1, true, false],
])('"%s" with %i places, negative %s: %s', (text, places, negative, fits) => {
  expect(isOnTheWay(text, places, negative)).toBe(fits)
})

test('options are found by name, hint and initials', () => {
  const options = [
    { value: 1, label: '华东精密制造', words: 'hdjmzz', hint: '苏州' },
    { value: 2, label: '金桥证券', words: 'jqzq', hint: '上海' },
  ]
  const found = (typed: string) => matching(options, typed).map(({ value }) => value)
  expect(found('精密')).toEqual([1])
  expect(found('JQ')).toEqual([2])
  expect(found('苏州')).toEqual([1])
  expect(found(' ')).toEqual([1, 2])
  expect(found('x')).toEqual([])
})

test.each([
  [900, '900 B'],
  [3_100_000, '3.1 MB'],
  [284_000, '284 KB'],
  [999_600, '1.0 MB'],
])('%i bytes are %s', (bytes, text) => expect(sizeOf(bytes)).toBe(text))
