import { type InputHTMLAttributes, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

// One line of the forms at the door. They are made without the kit, so that the page one waits for
// on a slow phone is small.
export interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> {
  label: string
  hint?: string
  problem?: string
  onValue: (value: string) => void
}

export function Field({ label, hint, problem, onValue, type, ...input }: FieldProps) {
  const id = useId()
  const { t } = useTranslation('app')
  const [shows, setShows] = useState(false)
  const isPassword = type === 'password'
  const about = problem ? `${id}-problem` : hint ? `${id}-hint` : undefined
  return (
    <div className="bj-field">
      <label htmlFor={id}>{label}</label>
      <span className="bj-field-box">
        <input
          {...input}
          id={id}
          type={isPassword && shows ? 'text' : type}
          aria-invalid={problem ? true : undefined}
          aria-describedby={about}
          onChange={(event) => onValue(event.target.value)}
        />
        {isPassword && (
          <button type="button" aria-pressed={shows} onClick={() => setShows(!shows)}>
            {shows ? t('password.hide') : t('password.show')}
          </button>
        )}
      </span>
      {problem ? (
        <span id={`${id}-problem`} className="bj-field-problem">
          {problem}
        </span>
      ) : (
        hint && (
          <span id={`${id}-hint`} className="bj-field-hint">
            {hint}
          </span>
        )
      )}
    </div>
  )
}

export function Banner({ text }: { text: string | null }) {
  return (
    <div role="alert" className="bj-door-banner" hidden={!text}>
      {text}
    </div>
  )
}

export function Submit({ title, pending }: { title: string; pending: boolean }) {
  return (
    <button type="submit" className="bj-door-submit" disabled={pending} aria-busy={pending}>
      {title}
    </button>
  )
}
