import { useEffect, useState } from 'react'
import '@/ui/field.css'

export interface SearchFieldProps {
  label: string
  value: string
  onValue: (value: string) => void
}

const typingMs = 220

// Filters a list while one types; what an input method is composing does not count yet.
export function SearchField({ label, value, onValue }: SearchFieldProps) {
  const [typed, setTyped] = useState(value)
  const [composing, setComposing] = useState(false)
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (composing || typed === value) return undefined
    const timer = setTimeout(() => onValue(typed), typingMs)
    return () => clearTimeout(timer)
  }, [typed, composing, value, onValue])
  return (
    <input
      type="search"
      className="bj-input bj-search"
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
    />
  )
}
