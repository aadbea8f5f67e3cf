// The names of what the query client keeps. The first word is the kind of the record as in
// "ticket:17", so that an event about a record finds everything that was read of it.
export type Kind = string

export interface Params {
  [name: string]: string | number | boolean | undefined | null | readonly string[]
}

// One record, or a part of it: one('ticket', 17), one('ticket', 17, 'timeline').
export function one(kind: Kind, id: number, ...part: string[]) {
  return [kind, 'one', id, ...part] as const
}

// A list of such records, in whatever selection: list('ticket', { state: 'received' }).
export function list(kind: Kind, params: Params = {}) {
  return [kind, 'list', params] as const
}

export const me = ['me'] as const

// Starts of names, for invalidating.
export function allLists(kind: Kind) {
  return [kind, 'list'] as const
}

export function all(kind: Kind) {
  return [kind] as const
}
