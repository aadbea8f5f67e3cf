import { type InputHTMLAttributes, useState } from 'react'
import { TextField, type TextFieldProps } from './Field'

export interface NumberFieldProps
  extends Pick<TextFieldProps, 'label' | 'required' | 'hint' | 'problem' | 'unit'>,
    Pick<InputHTMLAttributes<HTMLInputElement>, 'disabled' | 'autoFocus' | 'placeholder' | 'id'> {
  value: number | null
  onValue: (value: number | null) => void
  // How many places after the point; without, whole numbers.
  places?: number
  negative?: boolean
}

// A number, on phones with the pad of digits. What is no number is not taken.
export function NumberField(props: NumberFieldProps) {
  const { value, onValue, places = 0, negative, ...field } = props
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? (value === null ? '' : String(value))
  const change = (text: string) => {
    const plain = withPlainDigits(text)
    if (!isOnTheWay(plain, places, negative ?? false)) return
    setTyped(plain)
    const number = plain === '' ? null : Number(plain)
    if (number === null || Number.isFinite(number)) onValue(number)
  }
  return (
    <TextField
      {...field}
      inputMode={negative ? 'text' : places > 0 ? 'decimal' : 'numeric'}
      autoComplete="off"
      className="bj-input bj-numbers"
      value={shown}
      onValue={change}
      onBlur={() => setTyped(null)}
    />
  )
}

// Chinese input methods write full-width digits and points.
export function withPlainDigits(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[．。,，]/g, '.')
    .replace(/[－−–]/g, '-')
    .trim()
}

// "", "-", "3." and "3.5" are all on the way to a number.
export function isOnTheWay(text: string, places: number, negative: boolean): boolean {
  const sign = negative ? '-?' : ''
  const fraction = places > 0 ? `(\\.\\d{0,${places}})?` : ''
  return new RegExp(`^${sign}\\d*${fraction}$`).test(text)
}
