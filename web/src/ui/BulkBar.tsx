import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Icon } from './Button'
import { Kbd } from './Kbd'
import './row.css'

export interface BulkAction {
  title: string
  icon: Icon
  keys?: string
  run: () => void
}

export interface BulkBarProps {
  // "已选 2"
  title: string
  actions: readonly BulkAction[]
  onClear: () => void
}

// What can be done with all that is ticked.
export function BulkBar({ title, actions, onClear }: BulkBarProps) {
  const { t } = useTranslation('ui')
  return (
    <div className="bj-bulk" role="toolbar" aria-label={title}>
      <strong>{title}</strong>
      {actions.map(({ title: name, icon: Picture, keys, run }) => (
        <button key={name} type="button" onClick={run}>
          <Picture size={16} stroke={1.6} />
          {name}
          {keys && <Kbd keys={keys} />}
        </button>
      ))}
      <button type="button" aria-label={t('clear')} onClick={onClear}>
        <IconX size={16} stroke={1.6} />
      </button>
    </div>
  )
}
