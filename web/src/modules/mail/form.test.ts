import { expect, test } from 'vitest'
import { changesOf, formOf, newMailbox, trialOf } from './form'

test('only what differs is sent, and a secret only when one was typed', () => {
  const before = formOf(null)
  const form = { ...before, sender_name: 'A', incoming_secret: 'secret' }
  expect(changesOf(form, before)).toEqual({ sender_name: 'A', incoming_secret: 'secret' })
  expect(newMailbox(form)).toMatchObject({ incoming_secret: 'secret', outgoing_secret: null })
})

test('a line that is not used is not tried', () => {
  const form = formOf(null)
  const trial = trialOf({ ...form, incoming: { ...form.incoming, protocol: 'none' } }, 4)
  expect(trial).toMatchObject({ mailbox: 4, incoming: null, outgoing: null })
})
