import { createStore } from '@/api/store'

// What was done is said, and can be taken back for a while; nobody is asked beforehand whether he
// is sure.

export const undoMs = 8000

export interface Toast {
  id: number
  text: string
  tone: 'plain' | 'good' | 'bad'
  undo?: () => void | Promise<unknown>
  // The number under which the server's log has the rest.
  request?: string
}

export const toasts = createStore<readonly Toast[]>([])

let nextId = 1
const timers = new Map<number, ReturnType<typeof setTimeout>>()

export function dismiss(id: number): void {
  clearTimeout(timers.get(id))
  timers.delete(id)
  toasts.set(toasts.get().filter((toast) => toast.id !== id))
}

export function show(toast: Omit<Toast, 'id'>): number {
  const id = nextId++
  toasts.set([...toasts.get().slice(-2), { ...toast, id }])
  timers.set(
    id,
    setTimeout(() => dismiss(id), undoMs),
  )
  return id
}

// Already translated text; `undo` puts things back.
export function done(text: string, undo?: Toast['undo']): number {
  return show({ text, tone: 'good', undo })
}

export function failed(text: string, request?: string): number {
  return show({ text, tone: 'bad', request })
}

export async function undo(id?: number): Promise<boolean> {
  const open = toasts.get().filter((toast) => toast.undo && (id === undefined || toast.id === id))
  const last = open.at(-1)
  if (!last?.undo) return false
  dismiss(last.id)
  await last.undo()
  return true
}

// Does something only when nobody has taken it back in time: a message that leaves the house.
// `now` does it at once.
export function hold(text: string, act: () => void | Promise<unknown>, onUndo?: () => void) {
  let over = false
  const go = () => {
    if (over) return
    over = true
    clearTimeout(timer)
    dismiss(id)
    void act()
  }
  const timer = setTimeout(go, undoMs)
  const id = show({
    text,
    tone: 'plain',
    undo: () => {
      if (over) return
      over = true
      clearTimeout(timer)
      onUndo?.()
    },
  })
  return { now: go }
}
