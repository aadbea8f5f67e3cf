import { Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import { Kbd } from './Kbd'

export interface TipProps {
  text: string
  keys?: string
  children: ReactElement
}

// A word on what the pointer or the focus rests on; never the only place where something is said.
export function Tip({ text, keys, children }: TipProps) {
  return (
    <Tooltip
      classNames={{ tooltip: 'bj-tip' }}
      label={
        <>
          {text}
          {keys && <Kbd keys={keys} />}
        </>
      }
      openDelay={350}
      events={{ hover: true, focus: true, touch: false }}
      withinPortal
    >
      {children}
    </Tooltip>
  )
}
