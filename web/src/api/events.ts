import * as keys from './keys'

export interface LiveEvent {
  seq: number
  kind: string
  subject: string
}

export interface Ref {
  kind: string
  id: number
}

export function parseRef(text: string): Ref | null {
  const [kind, id, more] = text.split(':')
  const number = Number(id)
  if (!kind || more !== undefined || !Number.isInteger(number) || number < 1) return null
  return { kind, id: number }
}

// What we keep ourselves while typing; nobody else sees it and nothing is read anew for it.
const ownDoing = new Set(['tickets.draft_kept', 'tickets.draft_discarded'])

// Names of the kinds of records whose lists show something of a record of another kind.
const shownElsewhere: Record<string, string[]> = {
  ticket: ['view'],
  saved_view: ['view'],
  customer_note: ['customer'],
  important_date: ['customer'],
  bulk_run: ['ticket', 'view'],
  incoming_mail: ['mailbox'],
  outgoing_mail: ['mailbox'],
}

// Which of the things that were read may be different now.
export function staleAfter(event: LiveEvent, myId?: number): (readonly unknown[])[] {
  if (ownDoing.has(event.kind)) return []
  const ref = parseRef(event.subject)
  if (!ref) return []
  const stale: (readonly unknown[])[] = [keys.one(ref.kind, ref.id), keys.allLists(ref.kind)]
  for (const kind of shownElsewhere[ref.kind] ?? []) stale.push(keys.all(kind))
  if (ref.kind === 'user' && ref.id === myId) stale.push(keys.me)
  return stale
}
