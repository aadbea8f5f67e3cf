import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type TextareaHTMLAttributes,
  useId,
} from 'react'
import { useTranslation } from 'react-i18next'
import './field.css'

export interface FieldProps {
  label: string
  required?: boolean
  hint?: string
  problem?: string | null
  children: (props: { id: string; about?: string; invalid?: true }) => ReactNode
}

// Label above, what is wrong below; `children` puts id, about and invalid on the input.
export function Field({ label, required, hint, problem, children }: FieldProps) {
  const id = useId()
  const { t } = useTranslation('ui')
  const about = problem ? `${id}-problem` : hint ? `${id}-hint` : undefined
  return (
    <div className="bj-input-field">
      <label className="bj-input-label" htmlFor={id}>
        {label}
        {required && <span className="bj-input-required">{t('required')}</span>}
      </label>
      {children({ id, about, invalid: problem ? true : undefined })}
      {problem ? (
        <span className="bj-input-problem" id={`${id}-problem`} role="alert">
          {problem}
        </span>
      ) : (
        hint && (
          <span className="bj-input-hint" id={`${id}-hint`}>
            {hint}
          </span>
        )
      )}
    </div>
  )
}

type Described = Omit<FieldProps, 'children'>

export interface TextFieldProps
  extends Described,
    Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'required'> {
  value: string
  onValue: (value: string) => void
  unit?: string
  ref?: Ref<HTMLInputElement>
}

export function TextField({
  label,
  required,
  hint,
  problem,
  onValue,
  unit,
  ...input
}: TextFieldProps) {
  return (
    <Field label={label} required={required} hint={hint} problem={problem}>
      {({ id, about, invalid }) => (
        <span className="bj-input-box">
          <input
            className="bj-input"
            {...input}
            id={id}
            aria-required={required}
            aria-describedby={about}
            aria-invalid={invalid}
            onChange={(event) => onValue(event.target.value)}
          />
          {unit && <span className="bj-input-unit">{unit}</span>}
        </span>
      )}
    </Field>
  )
}

export interface TextAreaFieldProps
  extends Described,
    Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange' | 'required'> {
  value: string
  onValue: (value: string) => void
  ref?: Ref<HTMLTextAreaElement>
}

export function TextAreaField({
  label,
  required,
  hint,
  problem,
  onValue,
  ...area
}: TextAreaFieldProps) {
  return (
    <Field label={label} required={required} hint={hint} problem={problem}>
      {({ id, about, invalid }) => (
        <textarea
          {...area}
          id={id}
          className="bj-input"
          aria-required={required}
          aria-describedby={about}
          aria-invalid={invalid}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
  )
}
