import { useTranslation } from 'react-i18next'
import { Checkbox, Switch } from '@/ui/choices'
import { Field, TextAreaField, TextField } from '@/ui/Field'
import { Picker } from '@/ui/Picker'
import type { CustomField } from './customFields'
import { either } from './names'

export interface CustomFieldInputProps {
  field: CustomField
  value: unknown
  onValue: (value: unknown) => void
  problem?: string
}

// One of the fields an administrator added, as its kind wants it.
export function CustomFieldInput({ field, value, onValue, problem }: CustomFieldInputProps) {
  const { t } = useTranslation('parts')
  const common = {
    label: either(field.label_zh, field.label_en),
    hint: either(field.hint_zh, field.hint_en) || undefined,
    required: field.required,
    problem,
  }
  const text = value === null || value === undefined ? '' : String(value)
  const options = (field.options ?? []).map((option) => ({
    value: option.key,
    label: either(option.label_zh, option.label_en),
  }))
  switch (field.kind) {
    case 'lines':
      return <TextAreaField {...common} value={text} onValue={(next) => onValue(next || null)} />
    case 'number':
      return (
        <TextField
          {...common}
          inputMode="decimal"
          value={text}
          onValue={(next) => onValue(next === '' ? null : Number(next))}
        />
      )
    case 'date':
      return (
        <TextField {...common} type="date" value={text} onValue={(next) => onValue(next || null)} />
      )
    case 'boolean':
      return (
        <Switch label={common.label} checked={value === true} onChecked={(on) => onValue(on)} />
      )
    case 'choice':
      return (
        <Picker
          {...common}
          clearable={!field.required}
          placeholder={t('choose')}
          value={text || null}
          options={options}
          onValue={(next) => onValue(next)}
        />
      )
    case 'multi_choice': {
      const chosen = Array.isArray(value) ? value.map(String) : []
      return (
        <Field {...common}>
          {({ id }) => (
            <div id={id}>
              {options.map((option) => (
                <div key={option.value}>
                  <Checkbox
                    label={option.label}
                    checked={chosen.includes(option.value)}
                    onChecked={(on) =>
                      onValue(
                        on
                          ? [...chosen, option.value]
                          : chosen.filter((key) => key !== option.value),
                      )
                    }
                  />
                </div>
              ))}
            </div>
          )}
        </Field>
      )
    }
    default:
      return (
        <TextField
          {...common}
          type={field.kind === 'link' ? 'url' : 'text'}
          value={text}
          onValue={(next) => onValue(next || null)}
        />
      )
  }
}
