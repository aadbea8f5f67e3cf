import { type KeyboardEvent, useState } from 'react'
import './overlay.css'

export interface InlineTextProps {
  label: string
  value: string
  onValue: (value: string) => void
  disabled?: boolean
  className?: string
  placeholder?: string
}

// A text that is changed where it stands: Enter keeps it, Escape leaves it as it was.
export function InlineText(props: InlineTextProps) {
  const { label, value, onValue, disabled, className, placeholder } = props
  const [typed, setTyped] = useState<string | null>(null)
  const keep = () => {
    const text = typed?.trim()
    setTyped(null)
    if (text && text !== value) onValue(text)
  }
  const hear = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') keep()
    if (event.key !== 'Escape') return
    event.stopPropagation()
    setTyped(null)
  }
  if (typed === null) {
    return (
      <button
        type="button"
        className={`bj-inline ${className ?? ''}`}
        title={label}
        disabled={disabled}
        onClick={() => setTyped(value)}
      >
        {value || <span className="bj-inline-none">{placeholder}</span>}
      </button>
    )
  }
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: one pressed the text to write here
      autoFocus
      className={`bj-input ${className ?? ''}`}
      aria-label={label}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={keep}
      onKeyDown={hear}
    />
  )
}
