import { api, ask, type Schemas } from '@/api/client'

export type TicketImport = Schemas['TicketImport']

// What a line may say, in the order of the sample; the first three must be there.
export const columns = [
  'subject',
  'service_type',
  'created_at',
  'external_id',
  'number',
  'body',
  'state',
  'priority',
  'channel',
  'customer',
  'contact_name',
  'contact_email',
  'contact_phone',
  'product',
  'assignee',
  'closed_at',
  'tags',
  'messages',
] as const

// With the mark by which spreadsheets know the letters.
export function sample(): Blob {
  return new Blob([`\ufeff${columns.join(',')}\r\n`], { type: 'text/csv' })
}

// Only tries; nothing is kept.
export function tryFile(file: number): Promise<TicketImport> {
  return ask(api.POST('/ticket-imports', { body: { file, dry_run: true } }))
}

export function isAtWork({ state }: TicketImport): boolean {
  return state === 'trying' || state === 'running'
}

// The first of many names, and how many more there are.
export function firstOf(names: readonly string[], most = 12): { shown: string[]; more: number } {
  return { shown: names.slice(0, most), more: Math.max(0, names.length - most) }
}
