import { useEffect, useRef } from 'react'
import { SlaGlyph, type SlaState } from './Glyph'
import { onTick } from './ticker'

export interface SlaChipProps {
  state: SlaState
  done?: number
  title?: string
  // The words at this moment; called with every tick and written into the text node, so that five
  // thousand rows count down without being rendered.
  words: (now: number) => string
}

export function SlaChip({ state, done, title, words }: SlaChipProps) {
  const text = useRef<HTMLSpanElement>(null)
  const newest = useRef(words)
  newest.current = words
  useEffect(() => {
    if (state === 'met' || state === 'paused') return undefined
    return onTick((now) => {
      const node = text.current?.firstChild
      const said = newest.current(now)
      if (node && node.nodeValue !== said) node.nodeValue = said
    })
  }, [state])
  return (
    <span className="bj-sla" data-state={state} title={title}>
      <SlaGlyph state={state} done={done} />
      <span ref={text}>{words(Date.now())}</span>
    </span>
  )
}
