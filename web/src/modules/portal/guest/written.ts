import type { Schemas } from '@/api/client'
import { type CustomField, fieldsFor } from '@/parts/customFields'
import type { GuestFile } from './files'

type Kind = Schemas['GuestServiceType']

export interface Written {
  kind: number | null
  name: string
  email: string
  phone: string
  subject: string
  body: string
  files: readonly GuestFile[]
  // People leave it empty because they do not see it.
  website: string
  custom: Record<string, unknown>
}

export const nothingWritten: Written = {
  kind: null,
  name: '',
  email: '',
  phone: '',
  subject: '',
  body: '',
  files: [],
  website: '',
  custom: {},
}

export function shownFields(kind: Kind, values: Record<string, unknown>): CustomField[] {
  return fieldsFor(kind.fields ?? [], {
    serviceType: kind.id,
    product: null,
    values,
    forCustomer: true,
  })
}

// The reason for each field that is not yet as it must be; the server looks again.
export function problemsOf(input: Written, kind: Kind): Record<string, string> {
  const problems: Record<string, string> = {}
  for (const key of ['subject', 'body', 'name'] as const) {
    if (!input[key].trim()) problems[key] = 'required'
  }
  // One of both is enough to be reached.
  if (!input.phone.trim() && !input.email.trim()) problems.phone = 'required'
  for (const field of shownFields(kind, input.custom)) {
    const value = input.custom[field.key]
    const isEmpty = value === undefined || value === null || value === ''
    if (field.required && isEmpty) problems[`custom.${field.key}`] = 'required'
  }
  return problems
}
