import { useEffect, useState } from 'react'
import { absolute, clockOf, relative, shortAge } from './time'

// One timer for the page: everything that shows an age is told every half minute.
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function onTick(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, 30_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

export interface TimeProps {
  at: string
  // How it is written; the tooltip always says all of it.
  as?: 'relative' | 'short' | 'absolute' | 'clock'
}

const writers = { relative, short: shortAge, absolute, clock: clockOf }

export function Time({ at, as = 'relative' }: TimeProps) {
  const [, setTick] = useState(0)
  useEffect(
    () => (as === 'relative' || as === 'short' ? onTick(() => setTick((n) => n + 1)) : undefined),
    [as],
  )
  return (
    <time className="bj-time" dateTime={at} title={absolute(at)}>
      {writers[as](at)}
    </time>
  )
}
