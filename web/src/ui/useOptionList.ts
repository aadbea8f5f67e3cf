import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Option } from './options'

export interface ListOf<V extends string | number> {
  options: readonly Option<V>[]
  isOpen: boolean
  // What was typed: with every new word the keyboard stands on the first option again.
  typed: string
  value?: V | null
  canCreate?: boolean
  // What is shown answers an older word: Enter takes the first of what comes for this one.
  pending?: boolean
  onOption: (option: Option<V>) => void
  onCreate?: () => void
}

export interface OptionListState {
  id: string
  at: number
  setAt: (at: number) => void
  choose: (at: number) => void
}

// The keyboard's way through a list of options, while the focus stays in the field. The line that
// adds something new comes after the last option.
export function useOptionList<V extends string | number>(list: ListOf<V>) {
  const { options, isOpen, typed, value, canCreate, pending } = list
  const id = useId()
  const [at, setAt] = useState(-1)
  const count = options.length + (canCreate ? 1 : 0)
  const chosen = value === undefined ? -1 : options.findIndex((one) => one.value === value)
  const begin = typed === '' && chosen >= 0 ? chosen : next(list, count, -1, 1)
  const which = options.map((one) => one.value).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: another word or answer begins anew
  useEffect(() => setAt(begin), [isOpen, typed, which, begin])
  const isWaiting = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another word is another wish
  useEffect(() => {
    isWaiting.current = false
  }, [isOpen, typed])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the answer is there
  useEffect(() => {
    if (!pending && isWaiting.current && options[begin]) choose(begin)
    if (!pending) isWaiting.current = false
  }, [pending])
  const choose = (index: number) => {
    const option = options[index]
    if (option && !option.disabled) list.onOption(option)
    else if (!option && canCreate && index === options.length) list.onCreate?.()
  }
  // True when the key was for the list.
  const hear = (event: KeyboardEvent): boolean => {
    if (!isOpen || event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return false
    if (event.key === 'ArrowDown') setAt(next(list, count, at, 1))
    else if (event.key === 'ArrowUp') setAt(next(list, count, at, -1))
    else if (event.key === 'Enter') {
      if (pending) isWaiting.current = true
      else choose(at < 0 ? begin : at)
    } else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  const current = isOpen && at >= 0 && at < count ? `${id}-${at}` : undefined
  const aria = { 'aria-controls': isOpen ? id : undefined, 'aria-activedescendant': current }
  const state: OptionListState = { id, at, setAt, choose }
  return { state, aria, hear }
}

function next(
  { options }: { options: readonly Option[] },
  count: number,
  from: number,
  step: 1 | -1,
): number {
  for (let tried = 1; tried <= count; tried++) {
    const start = from < 0 && step < 0 ? count : from
    const at = (start + step * tried + count * tried) % count
    if (!options[at]?.disabled) return at
  }
  return -1
}
