import { IconFile, IconFileText, IconPhoto, IconX } from '@tabler/icons-react'
import './chips.css'

export function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['KB', 'MB', 'GB']
  let value = bytes / 1000
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

export interface FileChipProps {
  name: string
  bytes?: number
  type?: string
  href?: string
  // 0 … 1 while it is on its way.
  progress?: number
  onRemove?: () => void
  removeLabel?: string
}

export function FileChip(props: FileChipProps) {
  const { name, bytes, type = '', href, progress, onRemove, removeLabel } = props
  const Icon = type.startsWith('image/')
    ? IconPhoto
    : /text|pdf|word/.test(type)
      ? IconFileText
      : IconFile
  const inner = (
    <>
      <Icon size={16} stroke={1.6} />
      <bdi className="bj-file-name">{name}</bdi>
      {progress !== undefined && progress < 1 ? (
        <span className="bj-file-size bj-numbers">{Math.round(progress * 100)} %</span>
      ) : (
        bytes !== undefined && <span className="bj-file-size">{sizeOf(bytes)}</span>
      )}
    </>
  )
  if (href) {
    return (
      <a className="bj-file" href={href} download={name}>
        {inner}
      </a>
    )
  }
  return (
    <span className="bj-file">
      {inner}
      {onRemove && (
        <button
          type="button"
          className="bj-chip-remove"
          aria-label={removeLabel}
          onClick={onRemove}
        >
          <IconX size={13} stroke={1.8} />
        </button>
      )}
    </span>
  )
}
