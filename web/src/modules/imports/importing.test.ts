import { expect, test } from 'vitest'
import { columns, firstOf, isAtWork, sample, type TicketImport } from './importing'

test('a sample has every column, and spreadsheets read its letters', async () => {
  const text = await sample().text()
  expect(text.trim().split(',')).toHaveLength(columns.length)
  expect(new Uint8Array(await sample().arrayBuffer()).slice(0, 3)).toEqual(
    new Uint8Array([0xef, 0xbb, 0xbf]),
  )
})

test('of many names the first are shown and the others counted', () => {
  expect(firstOf(['a', 'b', 'c'], 2)).toEqual({ shown: ['a', 'b'], more: 1 })
  expect(firstOf(['a'], 2)).toEqual({ shown: ['a'], more: 0 })
})

test('a file is at work while it is tried and while it comes in', () => {
  const at = (state: TicketImport['state']) => isAtWork({ state } as TicketImport)
  expect([at('trying'), at('running'), at('tried'), at('done'), at('failed')]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})
