import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import './chips.css'

export interface FilterChipProps {
  // "负责人 是": what is looked at and how; `value` is what it is compared with.
  field: string
  value: string
  onEdit?: () => void
  onRemove: () => void
  removeLabel: string
}

export function FilterChip({ field, value, onEdit, onRemove, removeLabel }: FilterChipProps) {
  return (
    <span className="bj-chip">
      {onEdit ? (
        <button type="button" onClick={onEdit}>
          {field} <strong>{value}</strong>
        </button>
      ) : (
        <span>
          {field} <strong>{value}</strong>
        </span>
      )}
      <button type="button" className="bj-chip-remove" aria-label={removeLabel} onClick={onRemove}>
        <IconX size={13} stroke={1.8} />
      </button>
    </span>
  )
}

export type Tone = 'plain' | 'accent' | 'brand' | 'good' | 'warn' | 'danger' | 'line'

export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className="bj-tag" data-tone={tone}>
      {children}
    </span>
  )
}

export function Count({ value }: { value: number | null | undefined }) {
  if (value === null || value === undefined) return null
  return <span className="bj-count">{value >= 1000 ? '1000+' : value}</span>
}
