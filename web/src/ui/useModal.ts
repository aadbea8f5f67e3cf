import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { goRound, stopsIn } from './focus'

// Those that are open, the last one above the others: only it hears Escape.
const open: object[] = []

// What makes a box a dialog: the focus goes in and stays, Escape leaves, and afterwards the focus
// is where it was.
export function useModal(box: RefObject<HTMLElement | null>, onClose: () => void) {
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    const shown = box.current
    if (!shown) return undefined
    const before = document.activeElement
    const self = {}
    open.push(self)
    if (!shown.contains(before)) firstIn(shown).focus({ preventScroll: true })
    // When what had the focus was taken away, keys go to the page.
    const hear = (event: globalThis.KeyboardEvent) => {
      if (open.at(-1) !== self || event.defaultPrevented || event.isComposing) return
      if (isAbove(event.target)) return
      if (event.key === 'Escape') {
        event.preventDefault()
        close.current()
      } else if (goRound(shown, event)) event.preventDefault()
    }
    document.addEventListener('keydown', hear)
    return () => {
      document.removeEventListener('keydown', hear)
      open.splice(open.indexOf(self), 1)
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [box])
  // Keys of the page below must not work while it is covered; those with Ctrl or ⌘ may.
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape' || event.key === 'Tab') return
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation()
  }
}

// The first field; where nothing is to be filled in, what there is to press, and the cross last.
function firstIn(box: HTMLElement): HTMLElement {
  const body = stopsIn(box.querySelector('.bj-dialog-body') ?? box)
  const foot = box.querySelector('.bj-dialog-foot')
  const field = body.find((stop) => stop.matches('input, textarea, select'))
  return field ?? body[0] ?? (foot && stopsIn(foot).at(-1)) ?? box
}

// A list that belongs to a field inside lies above the dialog, not in it; so do the browser's own
// dialogs, which look after their keys themselves.
function isAbove(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.bj-float, dialog') !== null
}
