import { cloneElement, type HTMLAttributes, type ReactElement } from 'react'

export interface TipProps {
  text: string
  keys?: string
  children: ReactElement<HTMLAttributes<HTMLElement>>
}

// A word on what the pointer or the focus rests on; never the only place where something is said.
export function Tip({ text, keys, children }: TipProps) {
  const told = { 'data-tip': text, 'data-tip-keys': keys } as HTMLAttributes<HTMLElement>
  return cloneElement(children, told)
}
