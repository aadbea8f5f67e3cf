import { lazy, type Ref, Suspense, useRef } from 'react'
import type { EditorHandle } from '@/ui/Editor'
import '@/ui/field.css'

const Editor = lazy(() => import('@/ui/Editor'))

export interface RichFieldProps {
  label: string
  value: string
  problem?: string
  onValue: (html: string) => void
  editor?: Ref<EditorHandle>
}

// Rich text in a form. The editor writes what it is given in its own way when it comes: that is
// nobody's doing, and nothing has changed before somebody was in it.
export function RichField({ label, value, problem, onValue, editor }: RichFieldProps) {
  const entered = useRef(false)
  return (
    <div className="bj-input-field">
      <span className="bj-input-label">{label}</span>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: looks whether somebody is here */}
      <div
        className="bj-mail-rich"
        onFocus={() => {
          entered.current = true
        }}
      >
        <Suspense fallback={<div className="bj-editor-page" />}>
          <Editor
            ref={editor}
            label={label}
            value={value}
            onValue={(html) => entered.current && onValue(html)}
          />
        </Suspense>
      </div>
      {problem && (
        <span className="bj-input-problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  )
}
