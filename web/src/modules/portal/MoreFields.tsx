import { lazy, Suspense } from 'react'
import type { CustomField } from '@/parts/customFields'

const CustomFieldInput = lazy(() =>
  import('@/parts/CustomFieldInput').then((part) => ({ default: part.CustomFieldInput })),
)

export interface MoreFieldsProps {
  fields: readonly CustomField[]
  values: Record<string, unknown>
  wrong: Record<string, string>
  onValue: (values: Record<string, unknown>) => void
}

// The fields that an administrator added. Most desks have few or none: what they need is loaded
// when there are some.
export function MoreFields({ fields, values, wrong, onValue }: MoreFieldsProps) {
  if (fields.length === 0) return null
  return (
    <Suspense>
      {fields.map((field) => (
        <CustomFieldInput
          key={field.key}
          field={field}
          value={values[field.key]}
          problem={wrong[`custom.${field.key}`]}
          onValue={(value) => onValue({ ...values, [field.key]: value })}
        />
      ))}
    </Suspense>
  )
}
