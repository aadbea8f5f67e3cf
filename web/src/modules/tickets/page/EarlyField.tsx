import { type RefObject, useCallback, useRef } from 'react'
import type { EditorHandle } from '@/ui/Editor'

export interface Early {
  field: RefObject<HTMLTextAreaElement | null>
  typed: RefObject<string>
  focused: RefObject<boolean>
}

// The editor comes a moment after the page. What is typed before that is typed in a plain field,
// and goes on in the editor where it stopped.
export function useEditorHandle() {
  const editor = useRef<EditorHandle>(null)
  const early: Early = {
    field: useRef<HTMLTextAreaElement>(null),
    typed: useRef(''),
    focused: useRef(false),
  }
  const { field, typed, focused } = early
  const attach = useCallback(
    (handle: EditorHandle | null) => {
      editor.current = handle
      if (!handle) return
      if (typed.current) handle.write(typed.current)
      if (focused.current) handle.focus()
      typed.current = ''
      focused.current = false
    },
    [typed, focused],
  )
  const focus = () => (editor.current ?? field.current)?.focus()
  return { editor, attach, focus, early }
}

export interface EarlyFieldProps {
  early: Early
  label: string
  placeholder: string
}

export function EarlyField({ early, label, placeholder }: EarlyFieldProps) {
  return (
    <div className="bj-editor">
      <textarea
        ref={early.field}
        className="bj-editor-page bj-editor-early"
        aria-label={label}
        placeholder={placeholder}
        onChange={(event) => {
          early.typed.current = event.target.value
        }}
        onFocus={() => {
          early.focused.current = true
        }}
        onBlur={() => {
          early.focused.current = false
        }}
      />
    </div>
  )
}
