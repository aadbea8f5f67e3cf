import { expect, test } from 'vitest'
import { asksNothing, needsOf, waivableGuards } from './needs'
import type { AllowedMove } from './useTicket'

const resolve: AllowedMove = {
  key: 'resolve',
  to: 'resolving',
  name_zh: '开始处理',
  name_en: 'Resolve',
  needs: ['diagnosis'],
  refused_by: ['diagnosis_present', 'original_recorded', 'backup_evidenced', 'customer_named'],
  refused_because: [],
}

test('what conditions miss is asked for with what the transition wants, each once', () => {
  expect([...needsOf(resolve)]).toEqual(['diagnosis', 'original_configuration', 'backup'])
})

test('what is let go is not asked for, and only some can be let go', () => {
  const waived = waivableGuards(resolve)
  expect(waived).toEqual(['original_recorded', 'backup_evidenced'])
  expect([...needsOf(resolve, waived)]).toEqual(['diagnosis'])
})

test('a transition that wants nothing opens no dialog', () => {
  expect(asksNothing(resolve)).toBe(false)
  expect(asksNothing({ ...resolve, needs: [], refused_by: [] })).toBe(true)
})
