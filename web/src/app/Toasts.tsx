import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStore } from '@/api/store'
import { dismiss, type Toast, toasts, undo } from '@/parts/undo'
import { Kbd } from '@/ui/Kbd'

export function Toasts() {
  const open = useStore(toasts)
  return (
    <div className="bj-toasts" role="status" aria-live="polite">
      {open.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function OneToast({ toast }: { toast: Toast }) {
  const { t } = useTranslation(['app', 'parts'])
  const isBad = toast.tone === 'bad'
  return (
    <div className="bj-toast" data-tone={toast.tone}>
      {isBad && <IconAlertTriangle size={16} aria-hidden="true" />}
      {toast.tone === 'good' && <IconCheck size={16} aria-hidden="true" />}
      <span>
        {toast.text}
        {toast.request && <small>{t('parts:request_number', { request: toast.request })}</small>}
      </span>
      {toast.undo && (
        <button type="button" className="bj-toast-undo" onClick={() => void undo(toast.id)}>
          {t('app:undo')}
          <Kbd keys="mod+z" />
        </button>
      )}
      <button type="button" aria-label={t('app:close')} onClick={() => dismiss(toast.id)}>
        <IconX size={14} aria-hidden="true" />
      </button>
    </div>
  )
}
