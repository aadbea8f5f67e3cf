import {
  IconAlertTriangle,
  IconCircleCheck,
  IconFilterOff,
  IconInbox,
  IconLock,
  IconSearchOff,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import './state.css'

// A place where there is nothing to show, and which kind of nothing it is.
export type StateKind =
  | 'nothing_yet'
  | 'filtered_out'
  | 'done'
  | 'no_right'
  | 'not_found'
  | 'failed'

const icons = {
  nothing_yet: IconInbox,
  filtered_out: IconFilterOff,
  done: IconCircleCheck,
  no_right: IconLock,
  not_found: IconSearchOff,
  failed: IconAlertTriangle,
}

export interface StateProps {
  kind: StateKind
  title: string
  text?: string
  action?: { title: string; run: () => void }
  // The number under which the server's log has the rest.
  request?: string
}

export function State({ kind, title, text, action, request }: StateProps) {
  const { t } = useTranslation('parts')
  const Icon = icons[kind]
  return (
    <div className="bj-state" data-kind={kind} role={kind === 'failed' ? 'alert' : 'status'}>
      <Icon className="bj-state-icon" size={32} stroke={1.4} aria-hidden="true" />
      <p className="bj-state-title">{title}</p>
      {text && <p className="bj-state-text">{text}</p>}
      {action && (
        <button type="button" className="bj-state-action" onClick={action.run}>
          {action.title}
        </button>
      )}
      {request && <p className="bj-state-request">{t('request_number', { request })}</p>}
    </div>
  )
}
