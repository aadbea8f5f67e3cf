import type { Schemas } from '@/api/client'
import { either, listed } from './names'

export type CustomField = Schemas['CustomField']
export type CustomValues = Record<string, unknown>

export interface FieldsWanted {
  serviceType: number | null
  product: number | null
  values: CustomValues
  forCustomer?: boolean
}

// Which fields there are for this kind of request, with what has been filled in so far (INT-9).
export function fieldsFor(all: readonly CustomField[], wanted: FieldsWanted): CustomField[] {
  const { serviceType, product, values, forCustomer } = wanted
  const fits = (list: readonly number[] | undefined, id: number | null) =>
    !list || list.length === 0 || (id !== null && list.includes(id))
  return all
    .filter((field) => field.active !== false && !(forCustomer && field.staff_only))
    .filter((field) => fits(field.service_types, serviceType) && fits(field.products, product))
    .filter(
      (field) =>
        !field.show_if || String(values[field.show_if.field] ?? '') === field.show_if.equals,
    )
    .sort((a, b) => a.sort - b.sort)
}

// How a value reads.
export function customText(field: CustomField, value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  const label = (key: unknown) => {
    const option = field.options?.find((one) => one.key === key)
    return option ? either(option.label_zh, option.label_en) : String(key)
  }
  if (field.kind === 'choice') return label(value)
  if (field.kind === 'multi_choice' && Array.isArray(value)) return listed(value.map(label))
  return String(value)
}
