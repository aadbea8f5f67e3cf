import { createStore } from '@/api/store'
import type { Patch, Ticket } from './useTicket'

// Two people changed the same ticket. What touched different fields is put together without a word;
// what touched the same field is shown to the second of them with both values.

export type Field = keyof Patch

export interface Conflict {
  // The ticket as the other one left it.
  now: Ticket
  patch: Patch
  fields: readonly Field[]
  // How the second one's value reads, where it is a number of a record.
  words?: string
}

export const conflict = createStore<Conflict | null>(null)

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}

// The parts of custom fields that are really written; the others stay as they are.
function written(patch: Patch, field: Field, whole: unknown): unknown {
  if (field !== 'custom') return whole
  const values = (whole ?? {}) as Record<string, unknown>
  return Object.keys(patch.custom ?? {}).map((key) => [key, values[key] ?? null])
}

export function clashing(before: Ticket, now: Ticket, patch: Patch): Field[] {
  return (Object.keys(patch) as Field[]).filter((field) => {
    const was = written(patch, field, before[field])
    const is = written(patch, field, now[field])
    return !same(was, is) && !same(is, written(patch, field, patch[field]))
  })
}
