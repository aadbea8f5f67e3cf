// Where the keyboard can stand inside of something.

const stops =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), ' +
  'textarea:not(:disabled), [tabindex]:not([tabindex="-1"]), [contenteditable="true"], iframe'

export function stopsIn(box: Element): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>(stops)].filter(
    (stop) => stop.tabIndex >= 0 && (stop.checkVisibility?.() ?? true),
  )
}

// Tab goes round inside the box. True when it had to be turned round.
export function goRound(box: Element, event: { key: string; shiftKey: boolean }): boolean {
  if (event.key !== 'Tab') return false
  const all = stopsIn(box)
  const [first, last] = [all[0], all.at(-1)]
  if (!first || !last) return true
  const from = document.activeElement
  const isOut = !box.contains(from) || from === box
  const isAtEnd = from === (event.shiftKey ? first : last)
  if (!isOut && !isAtEnd) return false
  const to = event.shiftKey ? last : first
  to.focus()
  return true
}
