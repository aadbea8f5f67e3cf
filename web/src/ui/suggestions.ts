import type { SuggestionOptions, SuggestionProps } from '@tiptap/suggestion'
import type { Option } from './options'
import { place } from './place'
import './overlay.css'

// The list under "@": plain elements, moved with the cursor, because the editor's page is not
// React's.
class List {
  private box = document.createElement('div')
  private at = 0
  private props: SuggestionProps<Option> | null = null

  show(props: SuggestionProps<Option>) {
    this.props = props
    this.at = Math.min(this.at, Math.max(0, props.items.length - 1))
    this.box.className = 'bj-dropdown bj-suggestions'
    this.box.setAttribute('role', 'listbox')
    this.box.replaceChildren(...props.items.map((item, index) => this.line(item, index)))
    const cursor = props.clientRect?.()
    if (!cursor || props.items.length === 0) return this.hide()
    if (!this.box.isConnected) document.body.append(this.box)
    const view = { width: window.innerWidth, height: window.innerHeight }
    const size = { width: this.box.offsetWidth, height: this.box.offsetHeight }
    const at = place(cursor, size, view, 'start')
    this.box.style.left = `${at.left}px`
    this.box.style.top = `${at.top}px`
  }

  key(event: KeyboardEvent): boolean {
    const items = this.props?.items ?? []
    if (event.isComposing || items.length === 0) return false
    if (event.key === 'ArrowDown') this.at = (this.at + 1) % items.length
    else if (event.key === 'ArrowUp') this.at = (this.at + items.length - 1) % items.length
    else if (event.key === 'Enter' || event.key === 'Tab') return this.choose(this.at)
    else return false
    if (this.props) this.show(this.props)
    return true
  }

  hide() {
    this.box.remove()
    this.at = 0
  }

  private line(item: Option, index: number) {
    const line = document.createElement('div')
    line.className = 'bj-option'
    line.setAttribute('role', 'option')
    line.setAttribute('aria-selected', String(index === this.at))
    if (index === this.at) line.dataset.hovered = ''
    line.textContent = item.hint ? `${item.label} · ${item.hint}` : item.label
    line.addEventListener('mousedown', (event) => {
      event.preventDefault()
      this.choose(index)
    })
    return line
  }

  private choose(index: number): boolean {
    const item = this.props?.items[index]
    if (!item) return false
    this.props?.command({ id: String(item.value), label: item.label })
    return true
  }
}

export function suggestions(
  ask: (typed: string) => Promise<readonly Option[]>,
): Partial<SuggestionOptions<Option>> {
  return {
    // Chinese has no blank before "@".
    allowedPrefixes: null,
    items: async ({ query }) => [...(await ask(query))].slice(0, 8),
    render: () => {
      const list = new List()
      return {
        onStart: (props) => list.show(props),
        onUpdate: (props) => list.show(props),
        onKeyDown: ({ event }) => list.key(event),
        onExit: () => list.hide(),
      }
    },
  }
}
