// The one timer of the page: everything that shows passing time hangs on it.
type Listener = (now: number) => void

const listeners = new Set<Listener>()
let timer: ReturnType<typeof setInterval> | undefined

function tick() {
  if (document.hidden) return
  const now = Date.now()
  for (const listener of listeners) listener(now)
}

export function onTick(listener: Listener): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}
