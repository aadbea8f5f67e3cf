import { type ReactNode, useId } from 'react'
import type { Icon } from './Button'
import './field.css'

export interface CheckboxProps {
  label: ReactNode
  checked: boolean
  onChecked: (checked: boolean) => void
  disabled?: boolean
}

export function Checkbox({ label, checked, onChecked, disabled }: CheckboxProps) {
  return (
    <label className="bj-check">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChecked(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  )
}

export function Switch({ label, checked, onChecked, disabled }: CheckboxProps) {
  return (
    <label className="bj-check bj-switch">
      <input
        type="checkbox"
        role="switch"
        aria-checked={checked}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChecked(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  )
}

export interface Choice<V extends string> {
  value: V
  label: string
  hint?: string
  icon?: Icon
  disabled?: boolean
}

export interface ChoicesProps<V extends string> {
  label: string
  value: V | null
  choices: readonly Choice<V>[]
  onValue: (value: V) => void
}

// A few choices of which one is taken, side by side.
export function Segments<V extends string>({ label, value, choices, onValue }: ChoicesProps<V>) {
  const name = useId()
  return (
    <div className="bj-segments" role="radiogroup" aria-label={label}>
      {choices.map(({ value: own, label: text, icon: Picture, disabled }) => (
        <label key={own}>
          <input
            className="bj-hidden"
            type="radio"
            name={name}
            checked={own === value}
            disabled={disabled}
            onChange={() => onValue(own)}
          />
          {Picture && <Picture size={15} stroke={1.6} />}
          {text}
        </label>
      ))}
    </div>
  )
}

// With its label above, as the other fields of a form.
export function SegmentsField<V extends string>(props: ChoicesProps<V>) {
  return (
    <div className="bj-input-field">
      <span className="bj-input-label">{props.label}</span>
      <Segments {...props} />
    </div>
  )
}

// One below the other, with a word on each where it needs one.
export function Radios<V extends string>({ label, value, choices, onValue }: ChoicesProps<V>) {
  const name = useId()
  return (
    <fieldset className="bj-radios">
      <legend className="bj-input-label">{label}</legend>
      {choices.map(({ value: own, label: text, hint, disabled }) => (
        <label key={own} className="bj-check">
          <input
            type="radio"
            name={name}
            checked={own === value}
            disabled={disabled}
            onChange={() => onValue(own)}
          />
          <span>
            {text}
            {hint && <small>{hint}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

// The same with more room: a card for each choice and a word on what it means.
export function ChoiceCards<V extends string>({ label, value, choices, onValue }: ChoicesProps<V>) {
  const name = useId()
  return (
    <div className="bj-cards" role="radiogroup" aria-label={label}>
      {choices.map(({ value: own, label: text, hint, icon: Picture, disabled }) => (
        <label key={own}>
          <input
            className="bj-hidden"
            type="radio"
            name={name}
            checked={own === value}
            disabled={disabled}
            onChange={() => onValue(own)}
          />
          {Picture && <Picture size={20} stroke={1.5} />}
          <span>
            <strong>{text}</strong>
            {hint && (
              <>
                <br />
                <small>{hint}</small>
              </>
            )}
          </span>
        </label>
      ))}
    </div>
  )
}
