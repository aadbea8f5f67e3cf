import { expect, test } from 'vitest'
import type { OutgoingLine } from '@/parts/letters'
import { gravestOf } from './useMail'

const mail = (state: OutgoingLine['state']) => ({ state }) as OutgoingLine

test('of several copies the one that most needs somebody is told', () => {
  expect(gravestOf([mail('sent'), mail('bounced'), mail('waiting')])?.state).toBe('bounced')
  expect(gravestOf([mail('cancelled'), mail('sent')])?.state).toBe('sent')
  expect(gravestOf([])).toBeUndefined()
})
