import { expect, test } from 'vitest'
import { columns, comingIn, type Import, sampleOf } from './importing'

const seen = (on_duplicate: Import['on_duplicate']) =>
  ({ on_duplicate, found: { lines: 10, good: 8, wrong: 2, known: 3 } }) as Import

test('who is known already comes in only if that is wanted', () => {
  expect(comingIn(seen('skip'))).toBe(5)
  expect(comingIn(seen('add'))).toBe(8)
})

test('a sample has every column, and spreadsheets read its letters', async () => {
  const text = await sampleOf('contacts', (column) => column.toUpperCase()).text()
  expect(text).toContain('NAME,TITLE')
  expect(text.trim().split(',')).toHaveLength(columns.contacts.length)
})
