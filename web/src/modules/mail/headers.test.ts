import { expect, test } from 'vitest'
import { headerKey } from './headers'

test('headers are explained by their name or their family', () => {
  expect(headerKey('Message-ID')).toBe('message_id')
  expect(headerKey('List-Unsubscribe')).toBe('list')
  expect(headerKey('X-Mailer')).toBe('x_mailer')
  expect(headerKey('X-Whatever')).toBe('x')
})
