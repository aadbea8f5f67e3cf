import { useEffect, useRef } from 'react'
import { createStore } from '@/api/store'

// The one registry of keys: tooltips, the palette and the sheet behind "?" are made from it.

export interface Shortcut {
  // One key ("j", "Enter", "?"), with modifiers ("mod+k", "shift+j"; mod is Ctrl, on a Mac ⌘), or
  // two keys after one another ("g t").
  keys: string
  // Where it counts, in the words of `parts:scope.…`, and what it does, as namespace:key.
  scope: string
  title: string
  // Also while somebody is typing; only for keys with a modifier, and Escape.
  whileTyping?: boolean
}

interface Registered extends Shortcut {
  run: (event: KeyboardEvent) => void
}

const chordMs = 1200
export const isMac = /Mac|iP(hone|ad)/.test(globalThis.navigator?.platform ?? '')

// The newest comes first: what was opened last hears a key first.
export const shortcuts = createStore<readonly Registered[]>([])

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button)$/.test(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

// While an input method is composing, keys belong to it.
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229
}

// "mod+shift+k": the name of what was pressed, as shortcuts are written.
export function nameOfPress(event: KeyboardEvent, mac = isMac): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const modifiers: string[] = []
  if (mac ? event.metaKey : event.ctrlKey) modifiers.push('mod')
  if (event.altKey) modifiers.push('alt')
  // "?" is made with Shift on some keyboards and without on others.
  const isLetter = /^[a-z]$/.test(key) || event.key.length > 1
  if (event.shiftKey && isLetter) modifiers.push('shift')
  return [...modifiers, key].join('+')
}

let chord: { first: string; at: number } | null = null

export function handleKey(event: KeyboardEvent): boolean {
  if (isComposing(event) || event.defaultPrevented) return false
  const press = nameOfPress(event)
  const typing = isTyping(event.target)
  const begun = chord && event.timeStamp - chord.at < chordMs ? chord.first : null
  chord = null
  const all = shortcuts.get().filter((known) => !typing || known.whileTyping)
  const found = all.find((s) => s.keys === (begun ? `${begun} ${press}` : press))
  if (found) {
    event.preventDefault()
    found.run(event)
    return true
  }
  if (all.some((known) => known.keys.startsWith(`${press} `))) {
    chord = { first: press, at: event.timeStamp }
  }
  return false
}

export function register(added: Registered[]): () => void {
  shortcuts.set([...added, ...shortcuts.get()])
  return () => shortcuts.set(shortcuts.get().filter((known) => !added.includes(known)))
}

// While the component is shown the key works. `run` may change with every rendering.
export function useShortcut(shortcut: Shortcut, run: (event: KeyboardEvent) => void, on = true) {
  const newest = useRef(run)
  newest.current = run
  const { keys, scope, title, whileTyping } = shortcut
  useEffect(() => {
    if (!on) return undefined
    return register([{ keys, scope, title, whileTyping, run: (e) => newest.current(e) }])
  }, [keys, scope, title, whileTyping, on])
}
