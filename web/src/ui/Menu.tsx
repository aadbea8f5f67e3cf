import { Menu as Base, Popover as BasePopover } from '@mantine/core'
import { Fragment, type ReactElement, type ReactNode } from 'react'
import type { Icon } from './Button'
import { Kbd } from './Kbd'
import './overlay.css'

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
  children: ReactElement
  items: readonly MenuItem[]
  align?: 'start' | 'end'
}

export function Menu({ children, items, align = 'start' }: MenuProps) {
  return (
    <Base
      position={`bottom-${align}`}
      offset={4}
      width="max-content"
      transitionProps={{ duration: 90 }}
      classNames={{ dropdown: 'bj-dropdown', item: 'bj-option' }}
    >
      <Base.Target>{children}</Base.Target>
      <Base.Dropdown>
        {items.map(({ title, icon: Picture, hint, keys, danger, disabled, apart, run }) => (
          <Fragment key={title}>
            {apart && <div className="bj-menu-rule" />}
            <Base.Item
              disabled={disabled}
              onClick={run}
              leftSection={Picture && <Picture size={16} stroke={1.6} />}
              rightSection={keys && <Kbd keys={keys} />}
            >
              <span className={danger ? 'bj-option-danger' : undefined}>{title}</span>
              {hint && <div className="bj-option-hint">{hint}</div>}
            </Base.Item>
          </Fragment>
        ))}
      </Base.Dropdown>
    </Base>
  )
}

export interface PopoverProps {
  opened: boolean
  onOpened: (opened: boolean) => void
  target: ReactElement
  width?: number | 'target' | 'max-content'
  children: ReactNode
}

export function Popover({ opened, onOpened, target, width = 280, children }: PopoverProps) {
  return (
    <BasePopover
      opened={opened}
      onChange={onOpened}
      position="bottom-start"
      offset={4}
      width={width}
      trapFocus
      returnFocus
      transitionProps={{ duration: 90 }}
      classNames={{ dropdown: 'bj-dropdown' }}
    >
      <BasePopover.Target>{target}</BasePopover.Target>
      <BasePopover.Dropdown>{children}</BasePopover.Dropdown>
    </BasePopover>
  )
}
