// Puts a text on the clipboard. Where pages come without TLS browsers give no clipboard; there an
// older way is left, which copies what is selected. False when neither works.
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      return false // the person refused
    }
  }
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'bj-hidden'
  // Within an open dialog: outside of it nothing can be focused.
  const room = document.querySelector('dialog[open]') ?? document.body
  room.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return done
}
