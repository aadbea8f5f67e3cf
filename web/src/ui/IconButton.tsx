import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import type { Icon } from './Button'
import './button.css'

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  // What it does: read aloud, and shown when the pointer rests on it.
  label: string
  icon: Icon
  kind?: 'primary' | 'plain' | 'quiet'
  keys?: string
  size?: number
  pressed?: boolean
  children?: ReactNode
  ref?: Ref<HTMLButtonElement>
}

export function IconButton({
  label,
  icon: Picture,
  kind = 'quiet',
  keys,
  size = 30,
  pressed,
  children,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`bj-icon-button ${className ?? ''}`}
      data-kind={kind}
      data-tip={label}
      data-tip-keys={keys}
      aria-label={label}
      aria-pressed={pressed}
      style={{ width: size, height: size }}
    >
      <Picture size={Math.round(size * 0.57)} stroke={1.7} />
      {children}
    </button>
  )
}
