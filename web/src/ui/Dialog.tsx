import { IconX } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useId, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { IconButton } from './Button'
import { useModal } from './useModal'
import './overlay.css'

export interface DialogProps {
  title: string
  onClose: () => void
  // With it the dialog is a form: Enter in a field and the footer's submit button call it.
  onSubmit?: () => void
  footer?: ReactNode
  // In pixels; on a phone it is a sheet from below anyway.
  width?: number
  children: ReactNode
}

// One thing to be decided before one goes on. The focus stays inside, Escape leaves.
export function Dialog({ width = 520, ...props }: DialogProps) {
  return <Modal kind="dialog" width={width} {...props} />
}

// A panel from the side, for what one looks at beside the work.
export function Drawer({ width = 420, ...props }: DialogProps) {
  return <Modal kind="drawer" width={width} {...props} />
}

interface ModalProps extends DialogProps {
  kind: 'dialog' | 'drawer'
  width: number
}

function Modal({ kind, title, onClose, onSubmit, footer, width, children }: ModalProps) {
  const { t } = useTranslation('ui')
  const box = useRef<HTMLDivElement>(null)
  const heading = useId()
  const hear = useModal(box, onClose)
  const inner = (
    <>
      <header className="bj-dialog-head">
        <h2 id={heading}>{title}</h2>
        <IconButton label={t('close')} icon={IconX} onClick={onClose} />
      </header>
      <div className="bj-dialog-body">{children}</div>
      {footer && <footer className="bj-dialog-foot">{footer}</footer>}
    </>
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    onSubmit?.()
  }
  return createPortal(
    <div
      className="bj-overlay"
      data-kind={kind}
      onPointerDown={(event) => event.target === event.currentTarget && onClose()}
    >
      <div
        ref={box}
        className="bj-dialog"
        role="dialog"
        aria-modal="true"
        aria-labelledby={heading}
        tabIndex={-1}
        style={{ ['--wide' as string]: `${width}px` }}
        onKeyDown={hear}
      >
        {onSubmit ? (
          <form className="bj-dialog-form" onSubmit={submit} noValidate>
            {inner}
          </form>
        ) : (
          inner
        )}
      </div>
    </div>,
    document.body,
  )
}
