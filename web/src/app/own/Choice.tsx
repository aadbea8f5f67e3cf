import { useId } from 'react'

export interface ChoiceProps<Value extends string> {
  title: string
  value: Value
  options: { value: Value; title: string }[]
  onChange: (value: Value) => void
}

// A few choices side by side: radio buttons that look like one switch.
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { title, value, options, onChange } = props
  const name = useId()
  return (
    <div className="bj-own-line" role="radiogroup" aria-labelledby={name}>
      <span id={name}>{title}</span>
      <div className="bj-choice">
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.title}</span>
          </label>
        ))}
      </div>
    </div>
  )
}
