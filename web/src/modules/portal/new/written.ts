import i18next from 'i18next'
import type { Schemas } from '@/api/client'
import { type CustomField, fieldsFor } from '@/parts/customFields'
import { absolute } from '@/parts/time'
import { htmlOf } from '../plain_text'

export type ServiceType = Schemas['ServiceType']
export type Impact = NonNullable<Schemas['Ticket']['impact']>
export type Severity = NonNullable<Schemas['Ticket']['severity']>
type FileCard = Schemas['FileCard']

// What somebody has written of a request he is about to submit; kept as it is until he does.
export interface Written {
  serviceType: number | null
  subject: string
  body: string
  customer: number | null
  // "asset:5", or "product:3" where none of it is registered.
  about: string | null
  // The product of either, which decides on further fields.
  product: number | null
  site: number | null
  category: number | null
  severity: Severity | null
  impact: Impact | null
  since: string
  when: string
  custom: Record<string, unknown>
  files: FileCard[]
}

export const nothingWritten: Written = {
  serviceType: null,
  subject: '',
  body: '',
  customer: null,
  about: null,
  product: null,
  site: null,
  category: null,
  severity: null,
  impact: null,
  since: '',
  when: '',
  custom: {},
  files: [],
}

// A draft that an older page kept may lack what was added since.
export function complete(kept: Partial<Written>): Written {
  return { ...nothingWritten, ...kept }
}

export function aboutOf(written: Written): { kind: 'asset' | 'product' | null; id: number } {
  const [kind, id] = (written.about ?? '').split(':')
  if (kind === 'asset' || kind === 'product') return { kind, id: Number(id) }
  return { kind: null, id: 0 }
}

// Which of the standard fields this kind of request asks for, and which it cannot do without.
export function intakeOf(type: ServiceType | undefined): ReadonlyMap<string, boolean> {
  return new Map((type?.intake ?? []).map(({ key, required }) => [key, required ?? false]))
}

export function customFieldsOf(all: readonly CustomField[], written: Written): CustomField[] {
  return fieldsFor(all, {
    serviceType: written.serviceType,
    product: written.product,
    values: written.custom,
    forCustomer: true,
  })
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  return value === null || value === undefined || value === ''
}

function wrongWith(field: CustomField, value: unknown): string | null {
  if (isEmpty(value)) return field.required ? 'required' : null
  if (field.kind !== 'number') return null
  const number = Number(value)
  if (Number.isNaN(number)) return 'not_a_number'
  const isOutside =
    (typeof field.min === 'number' && number < field.min) ||
    (typeof field.max === 'number' && number > field.max)
  return isOutside ? 'out_of_range' : null
}

// The reason for each field that is not yet as it must be; the server looks again.
export function problemsOf(
  written: Written,
  type: ServiceType | undefined,
  fields: readonly CustomField[],
): Record<string, string> {
  const problems: Record<string, string> = {}
  if (!type) problems.service_type = 'required'
  if (!written.subject.trim()) problems.subject = 'required'
  if (!written.body.trim()) problems.body = 'required'
  const about = aboutOf(written)
  const given: Record<string, unknown> = {
    product: about.kind && about.id,
    asset: about.kind === 'asset' ? about.id : null,
    site: written.site,
    category: written.category,
    severity: written.severity,
    impact: written.impact,
    attachment: written.files,
    occurred_at: written.since,
    appointment: written.when.trim(),
  }
  for (const [key, required] of intakeOf(type)) {
    if (required && key in given && isEmpty(given[key])) problems[key] = 'required'
  }
  for (const field of fields) {
    const wrong = wrongWith(field, written.custom[field.key])
    if (wrong) problems[`custom.${field.key}`] = wrong
  }
  return problems
}

// What is asked for and has no field of its own on a ticket stands above the description.
function bodyOf(written: Written, intake: ReadonlyMap<string, boolean>): string {
  const lines: string[] = []
  if (written.since && intake.has('occurred_at')) {
    lines.push(i18next.t('portal:since_line', { at: absolute(new Date(written.since)) }))
  }
  if (written.when.trim() && intake.has('appointment')) {
    lines.push(i18next.t('portal:when_line', { at: written.when.trim() }))
  }
  return htmlOf([...lines, written.body].join('\n'))
}

export function requestOf(
  written: Written,
  type: ServiceType,
  fields: readonly CustomField[],
): Schemas['NewTicket'] {
  const intake = intakeOf(type)
  const about = aboutOf(written)
  const only = <V>(key: string, value: V) => (intake.has(key) ? value : null)
  // What belongs to another kind of request, chosen before, stays in the draft.
  const custom = fields.map((field) => [field.key, written.custom[field.key]] as const)
  return {
    service_type: type.id,
    subject: written.subject.trim(),
    body: bodyOf(written, intake),
    customer: written.customer,
    asset: about.kind === 'asset' ? about.id : null,
    product: about.kind === 'product' ? about.id : null,
    site: only('site', written.site),
    category: only('category', written.category),
    severity: only('severity', written.severity),
    impact: only('impact', written.impact),
    custom: Object.fromEntries(custom.filter(([, value]) => !isEmpty(value))) as never,
    files: written.files.map((file) => file.id),
  }
}
