import type { ButtonHTMLAttributes, ComponentType, Ref } from 'react'
import { Kbd } from './Kbd'
import './button.css'

export { IconButton, type IconButtonProps } from './IconButton'

export type Icon = ComponentType<{ size?: number | string; stroke?: number | string }>

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'primary' | 'plain' | 'soft' | 'quiet' | 'danger'
  size?: 'small' | 'normal' | 'large'
  icon?: Icon
  // Something it started is still running: it stays as wide as it is and cannot be pressed again.
  pending?: boolean
  // The key that does the same, shown on the button.
  keys?: string
  wide?: boolean
  ref?: Ref<HTMLButtonElement>
}

export function Button({
  kind = 'plain',
  size = 'normal',
  icon: Picture,
  pending,
  keys,
  wide,
  children,
  disabled,
  className,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`bj-button ${className ?? ''}`}
      data-kind={kind}
      data-size={size}
      data-wide={wide || undefined}
      disabled={disabled || pending}
      aria-busy={pending || undefined}
    >
      {Picture && <Picture size={size === 'small' ? 14 : 16} stroke={1.7} />}
      <span className="bj-button-text">{children}</span>
      {keys && <Kbd keys={keys} />}
    </button>
  )
}
