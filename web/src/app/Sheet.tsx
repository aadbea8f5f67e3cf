import { IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'

export interface SheetProps {
  title: string
  // Absent where it cannot just be closed.
  onClose?: () => void
  // From the left edge, for the menu on phones.
  side?: boolean
  children: ReactNode
}

// A dialog of the browser's own: it holds the focus and goes with Escape.
export function Sheet({ title, onClose, side, children }: SheetProps) {
  const { t } = useTranslation('app')
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const shown = dialog.current
    if (shown && !shown.open) shown.showModal()
    return () => shown?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="bj-sheet"
      data-side={side || undefined}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose?.()
      }}
      onPointerDown={(event) => {
        if (event.target === dialog.current) onClose?.()
      }}
    >
      <div className="bj-sheet-box">
        <header>
          <h2 id={id}>{title}</h2>
          {onClose && (
            <button type="button" aria-label={t('close')} onClick={onClose}>
              <IconX size={18} aria-hidden="true" />
            </button>
          )}
        </header>
        {children}
      </div>
    </dialog>
  )
}
