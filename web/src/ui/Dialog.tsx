import { Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconX } from '@tabler/icons-react'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './Button'
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

const phone = '(width < 600px)'
const quick = { duration: 140 }

// The focus begins where there is something to fill in, not at the cross that closes.
function beginAtFirstField(body: HTMLElement | null) {
  const field = body?.querySelector('input:not([type="hidden"], [hidden]), textarea, select')
  field?.setAttribute('data-autofocus', '')
}

// One thing to be decided before one goes on. The focus stays inside, Escape leaves.
export function Dialog({ title, onClose, onSubmit, footer, width = 520, children }: DialogProps) {
  const { t } = useTranslation('ui')
  const isPhone = useMediaQuery(phone)
  const inner = (
    <>
      <header className="bj-dialog-head">
        <Modal.Title>{title}</Modal.Title>
        <IconButton label={t('close')} icon={IconX} onClick={onClose} />
      </header>
      <div ref={beginAtFirstField} className="bj-dialog-body">
        {children}
      </div>
      {footer && <footer className="bj-dialog-foot">{footer}</footer>}
    </>
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    onSubmit?.()
  }
  return (
    <Modal.Root
      opened
      onClose={onClose}
      lockScroll={false}
      centered={!isPhone}
      size={isPhone ? '100%' : width}
      yOffset={isPhone ? 0 : 40}
      xOffset={isPhone ? 0 : 16}
      transitionProps={quick}
      classNames={{ content: 'bj-dialog' }}
      styles={isPhone ? { inner: { alignItems: 'flex-end' } } : undefined}
    >
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content>
        {onSubmit ? (
          <form onSubmit={submit} noValidate>
            {inner}
          </form>
        ) : (
          inner
        )}
      </Modal.Content>
    </Modal.Root>
  )
}

// A panel from the side, for what one looks at beside the work.
export function Drawer({ title, onClose, width = 420, footer, children }: DialogProps) {
  const { t } = useTranslation('ui')
  const isPhone = useMediaQuery(phone)
  return (
    <Modal.Root
      opened
      onClose={onClose}
      lockScroll={false}
      size={isPhone ? '100%' : width}
      yOffset={0}
      xOffset={0}
      transitionProps={{ ...quick, transition: 'slide-left' }}
      classNames={{ content: 'bj-dialog bj-drawer' }}
      styles={{ inner: { justifyContent: 'flex-end' } }}
    >
      <Modal.Overlay backgroundOpacity={0.25} />
      <Modal.Content>
        <header className="bj-dialog-head">
          <Modal.Title>{title}</Modal.Title>
          <IconButton label={t('close')} icon={IconX} onClick={onClose} />
        </header>
        <div className="bj-dialog-body">{children}</div>
        {footer && <footer className="bj-dialog-foot">{footer}</footer>}
      </Modal.Content>
    </Modal.Root>
  )
}
