import { api, ask, type Schemas } from '@/api/client'

export type Import = Schemas['CustomerImport']
export type ImportKind = Import['kind']
export type OnDuplicate = Import['on_duplicate']

// What a file may hold, in the order of the sample; all but the name may be missing.
export const columns: Record<ImportKind, readonly string[]> = {
  customers: [
    'name',
    'short_name',
    'tier',
    'region',
    'industry',
    'address',
    'phone',
    'email_domain',
    'website',
    'notes',
  ],
  contacts: [
    'name',
    'title',
    'form_of_address',
    'email',
    'phone',
    'mobile',
    'locale',
    'customer',
    'lead',
  ],
}

// With the mark by which spreadsheets know the letters.
export function sampleOf(kind: ImportKind, title: (column: string) => string): Blob {
  return new Blob([`\ufeff${columns[kind].map(title).join(',')}\r\n`], { type: 'text/csv' })
}

export interface Looked {
  kind: ImportKind
  file: number
  onDuplicate: OnDuplicate
}

// Only looks; nothing is brought in.
export function lookAt({ kind, file, onDuplicate }: Looked): Promise<Import> {
  const body = { kind, file, dry_run: true, on_duplicate: onDuplicate }
  return ask(api.POST('/customer-imports', { body }))
}

export function comingIn({ found, on_duplicate }: Import): number {
  const { good = 0, known = 0 } = found
  return on_duplicate === 'skip' ? good - known : good
}
