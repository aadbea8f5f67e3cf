import {
  type ButtonHTMLAttributes,
  cloneElement,
  Fragment,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import type { Icon } from './Button'
import { Float } from './Float'
import { Kbd } from './Kbd'
import './overlay.css'

export { Popover, type PopoverProps } from './Popover'

export interface MenuItem {
  title: string
  icon?: Icon
  hint?: string
  keys?: string
  danger?: boolean
  disabled?: boolean
  // A line before it.
  apart?: boolean
  run: () => void
}

export interface MenuProps {
  // What opens it: a button.
  children: ReactElement<ButtonHTMLAttributes<HTMLButtonElement>>
  items: readonly MenuItem[]
  align?: 'start' | 'end'
}

export function Menu({ children, items, align = 'start' }: MenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const ownId = useId()
  const id = children.props.id ?? ownId
  const button = cloneElement(children, {
    id,
    'aria-haspopup': 'menu',
    'aria-expanded': anchor !== null,
    onClick: (event: MouseEvent<HTMLButtonElement>) => {
      children.props.onClick?.(event)
      const pressed = event.currentTarget
      setAnchor((open) => (open ? null : pressed))
    },
    onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => {
      if (event.key !== 'ArrowDown') return
      event.preventDefault()
      setAnchor(event.currentTarget)
    },
  })
  const close = () => {
    setAnchor(null)
    anchor?.focus()
  }
  return (
    <>
      {button}
      {anchor && (
        <Float anchor={anchor} align={align} onClose={close}>
          <MenuList items={items} labelledBy={id} onDone={close} />
        </Float>
      )}
    </>
  )
}

interface MenuListProps {
  items: readonly MenuItem[]
  labelledBy: string
  onDone: () => void
}

function MenuList({ items, labelledBy, onDone }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null)
  const lines = () => [...(list.current?.querySelectorAll('button') ?? [])]
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => lines()[0]?.focus(), [])
  const hear = (event: KeyboardEvent) => {
    const all = lines()
    const at = all.indexOf(document.activeElement as HTMLButtonElement)
    const to = placeOf(event.key, at, all)
    if (event.key === 'Tab') onDone()
    else if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    if (to !== undefined) all[to]?.focus()
  }
  return (
    <div ref={list} className="bj-dropdown-list" role="menu" aria-labelledby={labelledBy}>
      {items.map(({ title, icon: Picture, hint, keys, danger, disabled, apart, run }) => (
        <Fragment key={title}>
          {apart && <hr className="bj-menu-rule" />}
          <button
            type="button"
            className="bj-option"
            role="menuitem"
            tabIndex={-1}
            // It can still be stood on, so that the reason below it is heard.
            aria-disabled={disabled || undefined}
            data-disabled={disabled || undefined}
            onKeyDown={hear}
            onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
            onClick={() => {
              if (disabled) return
              onDone()
              run()
            }}
          >
            {Picture && <Picture size={16} stroke={1.6} />}
            <span className="bj-option-main">
              <span className={danger ? 'bj-option-danger' : undefined}>{title}</span>
              {hint && <span className="bj-option-hint">{hint}</span>}
            </span>
            {keys && <Kbd keys={keys} />}
          </button>
        </Fragment>
      ))}
    </div>
  )
}

function placeOf(key: string, at: number, all: readonly HTMLElement[]): number | undefined {
  if (key === 'ArrowDown') return (at + 1) % all.length
  if (key === 'ArrowUp') return (at + all.length - 1) % all.length
  if (key === 'Home') return 0
  if (key === 'End') return all.length - 1
  if (key.length !== 1 || key === ' ') return undefined
  const begins = (line: HTMLElement | undefined) =>
    line?.textContent?.toLowerCase().startsWith(key.toLowerCase())
  for (let step = 1; step <= all.length; step++) {
    const to = (at + step) % all.length
    if (begins(all[to])) return to
  }
  return undefined
}
