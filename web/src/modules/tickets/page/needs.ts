import type { AllowedMove } from './useTicket'

// Conditions of workflows, and what somebody can write down in the dialog so that they are met.
const madeUpBy: Record<string, string> = {
  assignee_set: 'assignee',
  content_confirmed: 'appointment',
  diagnosis_present: 'diagnosis',
  original_recorded: 'original_configuration',
  backup_evidenced: 'backup',
  solution_present: 'solution',
  test_recorded: 'test_result',
  form_signed: 'signature',
}

// The server lets nobody do without the others.
const waivable = new Set(['original_recorded', 'backup_evidenced', 'form_signed'])

export function waivableGuards(move: AllowedMove): string[] {
  return (move.refused_by ?? []).filter((guard) => waivable.has(guard))
}

// What the dialog asks for: what the transition wants, and what its conditions miss.
export function needsOf(move: AllowedMove, waived: readonly string[] = []): Set<string> {
  const needs = new Set(move.needs ?? [])
  for (const guard of move.refused_by ?? []) {
    const field = madeUpBy[guard]
    if (field && !waived.includes(guard)) needs.add(field)
  }
  return needs
}

// Only what the workflow wants to know is asked: where it wants nothing, the ticket just goes on.
export function asksNothing(move: AllowedMove): boolean {
  return (move.needs ?? []).length === 0 && (move.refused_by ?? []).length === 0
}

const missingField: Record<string, string> = {
  assignee_missing: 'assignee',
  content_not_confirmed: 'appointment',
  diagnosis_missing: 'diagnosis',
  original_missing: 'original_configuration',
  backup_missing: 'backup',
  solution_missing: 'solution',
  test_missing: 'test_result',
  test_failed: 'test_result',
  signature_missing: 'signature',
}

// The field of the dialog that a refusal is about.
export function fieldOfRefusal(reason: string): string | undefined {
  return missingField[reason]
}
