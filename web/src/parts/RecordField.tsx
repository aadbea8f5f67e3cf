import { SegmentsField, Switch } from '@/ui/choices'
import { TextAreaField, TextField } from '@/ui/Field'
import { MultiPicker } from '@/ui/MultiPicker'
import type { Option, Options } from '@/ui/options'
import { Picker } from '@/ui/Picker'

export type Values = Record<string, unknown>

export interface FieldShape {
  key: string
  label: string
  kind?:
    | 'text'
    | 'lines'
    | 'number'
    | 'date'
    | 'email'
    | 'tel'
    | 'url'
    | 'switch'
    | 'pick'
    | 'several'
    | 'segments'
  required?: boolean
  hint?: string
  // For pick, several and segments.
  options?: Options<string | number>
  // How the present value of a pick reads, where its options are asked for.
  text?: string | null
  clearable?: boolean
  maxLength?: number
  when?: (values: Values) => boolean
}

export interface RecordFieldProps {
  field: FieldShape
  value: unknown
  problem?: string
  first?: boolean
  onValue: (value: unknown) => void
}

export function RecordField({ field, value, problem, first, onValue }: RecordFieldProps) {
  const { label, required, hint, options = [], maxLength } = field
  const common = { label, required, hint, problem }
  const text = value === null || value === undefined ? '' : String(value)
  switch (field.kind) {
    case 'switch':
      return <Switch label={label} checked={value === true} onChecked={onValue} />
    case 'lines':
      return <TextAreaField {...common} value={text} maxLength={maxLength} onValue={onValue} />
    case 'number':
      return (
        <TextField
          {...common}
          inputMode="numeric"
          value={text}
          autoFocus={first}
          onValue={(next) => onValue(next === '' ? null : Number(next))}
        />
      )
    case 'pick':
      return (
        <Picker
          {...common}
          clearable={field.clearable ?? !required}
          autoFocus={first}
          value={(value ?? null) as string | number | null}
          text={field.text}
          options={options}
          onValue={onValue}
        />
      )
    case 'segments':
      return (
        <SegmentsField
          label={label}
          value={text || null}
          choices={(Array.isArray(options) ? options : []).map((option) => ({
            value: String(option.value),
            label: option.label,
          }))}
          onValue={onValue}
        />
      )
    case 'several': {
      const chosen = (Array.isArray(value) ? value : []) as (string | number)[]
      const fixed = (Array.isArray(options) ? options : []) as readonly Option[]
      return (
        <MultiPicker
          {...common}
          value={chosen.map(
            (one) =>
              fixed.find((option) => option.value === one) ?? { value: one, label: String(one) },
          )}
          options={options}
          onValue={(next) => onValue(next.map((option) => option.value))}
        />
      )
    }
    default:
      return (
        <TextField
          {...common}
          type={field.kind ?? 'text'}
          value={text}
          maxLength={maxLength}
          autoFocus={first}
          onValue={onValue}
        />
      )
  }
}
