import { expect, test } from 'vitest'
import { contrast } from '../../tokens/contrast'
import { colourOf, hues, initialsOf } from './colour'

test.each(hues)('white can be read on %s', (hue) => {
  expect(contrast('#ffffff', hue)).toBeGreaterThanOrEqual(4.5)
})

test('a name keeps its colour', () => {
  expect(colourOf('王芳')).toBe(colourOf('王芳'))
  expect(hues).toContain(colourOf(''))
})

test('initials are a surname, or the first letters of two words', () => {
  expect(initialsOf('王芳')).toBe('王')
  expect(initialsOf(' ada lovelace king ')).toBe('AL')
})
