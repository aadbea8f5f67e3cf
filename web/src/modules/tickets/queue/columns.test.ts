import { expect, test } from 'vitest'
import { chosenColumns, nextSort, queueColumns, usualColumns } from './columns'

test('columns stand in their order, and a subject is always there', () => {
  const keys = (names: string[]) => chosenColumns(names).map(({ key }) => key)
  expect(keys(['state', 'number', 'gone'])).toEqual(['number', 'subject', 'state'])
  expect(keys([])).toEqual(['subject'])
  const known = queueColumns.map(({ key }) => key)
  expect(usualColumns.filter((name) => !known.includes(name))).toEqual([])
})

test('the head of a column sorts by it, and again the other way round', () => {
  expect(nextSort('-created_at', 'priority')).toBe('priority')
  expect(nextSort('priority', 'priority')).toBe('-priority')
  expect(nextSort('-priority', 'priority')).toBe('priority')
  expect(nextSort('priority', 'updated_at')).toBe('-updated_at')
  expect(nextSort('-updated_at', 'updated_at')).toBe('updated_at')
  expect(nextSort('', 'due_at')).toBe('due_at')
})
