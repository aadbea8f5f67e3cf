import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import './row.css'

export interface VirtualListProps<T> {
  label: string
  items: readonly T[]
  keyOf: (item: T) => string | number
  heightOf: (item: T) => number
  render: (item: T, index: number) => ReactNode
  // Heads of groups: the one above what is seen stays at the top.
  isHead?: (item: T) => boolean
  // The item that is kept in sight.
  currentIndex?: number
  // Called when the end comes near.
  onEnd?: () => void
  onKeyDown?: (event: KeyboardEvent) => void
  // Where it was when it was last seen, and where it is now.
  scrollTop?: number
  onScroll?: (top: number) => void
}

const nearTheEnd = 12

export function VirtualList<T>(props: VirtualListProps<T>) {
  const { items, keyOf, heightOf, currentIndex, onEnd, scrollTop, onScroll } = props
  const box = useRef<HTMLElement>(null)
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => heightOf(items[index] as T),
    getItemKey: (index) => keyOf(items[index] as T),
    overscan: 8,
    initialOffset: scrollTop ?? 0,
  })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (items.length > 0 && last >= items.length - nearTheEnd) onEnd?.()
  }, [last, items.length, onEnd])
  useEffect(() => {
    if (currentIndex !== undefined && currentIndex >= 0) virtual.scrollToIndex(currentIndex)
  }, [currentIndex, virtual])
  const stuck = headAbove(props, shown, virtual.scrollOffset ?? 0)
  return (
    <section
      ref={box}
      className="bj-virtual"
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      onKeyDown={props.onKeyDown}
      onScroll={(event) => onScroll?.(event.currentTarget.scrollTop)}
    >
      {stuck >= 0 && (
        <div className="bj-virtual-stuck" inert>
          {props.render(items[stuck] as T, stuck)}
        </div>
      )}
      <div className="bj-virtual-inner" style={{ height: virtual.getTotalSize() }}>
        {shown.map((line) => (
          <div
            key={line.key}
            className="bj-virtual-item"
            style={{ transform: `translateY(${line.start}px)`, height: line.size }}
          >
            {props.render(items[line.index] as T, line.index)}
          </div>
        ))}
      </div>
    </section>
  )
}

// The head of the group that the topmost visible item belongs to, or -1 where it can be seen.
function headAbove<T>(
  { items, isHead }: VirtualListProps<T>,
  shown: readonly { index: number; start: number; end: number }[],
  top: number,
): number {
  if (!isHead) return -1
  const first = shown.find((line) => line.end > top)
  if (!first || top <= 0) return -1
  for (let index = first.index; index >= 0; index--) {
    if (isHead(items[index] as T)) return index === first.index && first.start === top ? -1 : index
  }
  return -1
}
