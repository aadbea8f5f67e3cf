import { expect, test } from 'vitest'
import { written } from './variables'

test('the link stands in an address, other variables in the text', () => {
  expect(written('ticket.number', 'x')).toBe('{{ticket.number}}')
  expect(written('link', 'a < b')).toBe('<a href="https://{{link}}">a &lt; b</a>')
})
