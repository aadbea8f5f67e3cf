import { expect, test } from 'vitest'
import { answersElsewhere } from './useDoubts'

const address = (email: string) => ({ name: '', email })

test('an answer that would go to another domain is told', () => {
  const from = [address('bank@Bank.example')]
  expect(answersElsewhere({ from, reply_to: [address('x@bank.example')] })).toEqual([])
  expect(answersElsewhere({ from, reply_to: [address('x@evil.example')] })).toEqual([
    'x@evil.example',
  ])
  expect(answersElsewhere({ from, reply_to: [] })).toEqual([])
})
