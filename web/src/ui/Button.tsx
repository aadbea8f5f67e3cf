import type { ButtonHTMLAttributes, ComponentType, ReactNode, Ref } from 'react'
import { Kbd } from './Kbd'
import { Tip } from './Tip'
import './button.css'

export type Icon = ComponentType<{ size?: number | string; stroke?: number | string }>

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'primary' | 'plain' | 'quiet' | 'danger'
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
    <Tip text={label} keys={keys}>
      <button
        type="button"
        {...rest}
        className={`bj-icon-button ${className ?? ''}`}
        data-kind={kind}
        aria-label={label}
        aria-pressed={pressed}
        style={{ width: size, height: size }}
      >
        <Picture size={Math.round(size * 0.57)} stroke={1.7} />
        {children}
      </button>
    </Tip>
  )
}
