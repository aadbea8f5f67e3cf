import { keyCaps } from './keys'
import { place } from './place'

// A word on what the pointer rests on or the keyboard stands on: one box for the whole page, which
// costs nothing for a button that nobody points at. It only ever repeats a name that is read aloud
// anyway, so that it is no part of what is read.

const waitMs = 350

let box: HTMLDivElement | null = null
let timer: ReturnType<typeof setTimeout> | undefined

function hide() {
  clearTimeout(timer)
  box?.remove()
}

function show(target: HTMLElement) {
  const { tip = '', tipKeys } = target.dataset
  box ??= document.createElement('div')
  box.className = 'bj-tip'
  box.setAttribute('aria-hidden', 'true')
  box.replaceChildren(tip)
  if (tipKeys) {
    const keys = document.createElement('kbd')
    keys.className = 'bj-kbd'
    keys.textContent = keyCaps(tipKeys)
    box.append(keys)
  }
  const top = target.closest('dialog') ?? document.body
  top.append(box)
  const view = { width: window.innerWidth, height: window.innerHeight }
  const size = { width: box.offsetWidth, height: box.offsetHeight }
  const at = place(target.getBoundingClientRect(), size, view, 'center')
  box.style.left = `${at.left}px`
  box.style.top = `${at.top}px`
}

function consider(event: Event) {
  const target = event.target instanceof Element ? event.target.closest('[data-tip]') : null
  hide()
  if (!(target instanceof HTMLElement)) return
  // A focus that came from a press needs no word.
  if (event.type === 'focusin' && !target.matches(':focus-visible')) return
  timer = setTimeout(() => target.isConnected && show(target), waitMs)
}

function point(event: PointerEvent) {
  if (event.pointerType !== 'touch') consider(event)
}

export function startTips(): () => void {
  const all: [string, (event: never) => void][] = [
    ['pointerover', point],
    ['focusin', consider],
    ['focusout', hide],
    ['pointerdown', hide],
    ['keydown', hide],
  ]
  for (const [name, hear] of all) document.addEventListener(name, hear as EventListener, true)
  return () => {
    hide()
    for (const [name, hear] of all) document.removeEventListener(name, hear as EventListener, true)
  }
}
