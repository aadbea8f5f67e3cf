import { type KeyboardEvent, useRef } from 'react'
import './panel.css'

export interface Tab<K extends string> {
  key: K
  title: string
  count?: number
}

export interface TabsProps<K extends string> {
  label: string
  tabs: readonly Tab<K>[]
  value: K
  onValue: (key: K) => void
}

// The arrows go from one to the next; the panel below is the page's own.
export function Tabs<K extends string>({ label, tabs, value, onValue }: TabsProps<K>) {
  const list = useRef<HTMLDivElement>(null)
  const go = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const at = tabs.findIndex((tab) => tab.key === value)
    const to = (at + step + tabs.length) % tabs.length
    const next = tabs[to]
    if (next) onValue(next.key)
    list.current?.querySelectorAll('button')[to]?.focus()
  }
  return (
    <div ref={list} className="bj-tabs" role="tablist" aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.key}
          type="button"
          role="tab"
          aria-selected={tab.key === value}
          tabIndex={tab.key === value ? 0 : -1}
          onKeyDown={go}
          onClick={() => onValue(tab.key)}
        >
          {tab.title} {tab.count !== undefined && <span className="bj-count">{tab.count}</span>}
        </button>
      ))}
    </div>
  )
}
