import { Field, type FieldProps } from '@/ui/Field'

export interface SelectFieldProps extends Omit<FieldProps, 'children'> {
  value: string | null
  // The line for "none of them".
  none: string
  groups: readonly { title?: string; options: readonly { value: string; label: string }[] }[]
  onValue: (value: string | null) => void
}

// One of a few, chosen with what the device itself offers for that: on a phone there is nothing
// better under a thumb.
export function SelectField({ value, none, groups, onValue, ...field }: SelectFieldProps) {
  return (
    <Field {...field}>
      {({ id, about, invalid }) => (
        <select
          id={id}
          className="bj-input"
          aria-required={field.required}
          aria-describedby={about}
          aria-invalid={invalid}
          value={value ?? ''}
          onChange={(event) => onValue(event.target.value || null)}
        >
          <option value="">{none}</option>
          {groups.map(({ title, options }) => {
            const lines = options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))
            return title ? (
              <optgroup key={title} label={title}>
                {lines}
              </optgroup>
            ) : (
              lines
            )
          })}
        </select>
      )}
    </Field>
  )
}
