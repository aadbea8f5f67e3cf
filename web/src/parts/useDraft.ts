import { useCallback, useEffect, useRef, useState } from 'react'

// What somebody types is never lost: it is kept in this browser at once, and on the server (where
// that can keep it) a moment later.

const localMs = 400
const remoteMs = 2500
const prefix = 'baijin.draft.'

export interface DraftKeeper<Value> {
  load: () => Promise<{ value: Value; at: number } | null>
  save: (value: Value) => Promise<unknown>
  discard: () => Promise<unknown>
}

interface Kept<Value> {
  value: Value
  at: number
}

function readLocal<Value>(name: string): Kept<Value> | null {
  try {
    const text = localStorage.getItem(prefix + name)
    return text ? (JSON.parse(text) as Kept<Value>) : null
  } catch {
    return null
  }
}

function writeLocal<Value>(name: string, kept: Kept<Value> | null) {
  try {
    if (kept) localStorage.setItem(prefix + name, JSON.stringify(kept))
    else localStorage.removeItem(prefix + name)
  } catch {
    // A full or forbidden store: the server's copy has to do.
  }
}

// On signing out: what one person typed is not shown to the next.
export function forgetDrafts(): void {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(prefix)) localStorage.removeItem(name)
  }
}

export interface DraftState<Value> {
  value: Value
  setValue: (value: Value) => void
  // When it was kept last; null while there is nothing to keep.
  savedAt: number | null
  pending: boolean
  // After it was sent, or thrown away.
  clear: () => void
}

// `name` is unique for what is written, with the person: "4.ticket.17.reply".
export function useDraft<Value>(name: string, empty: Value, keeper?: DraftKeeper<Value>) {
  const [value, show] = useState<Value>(() => readLocal<Value>(name)?.value ?? empty)
  const [savedAt, setSavedAt] = useState<number | null>(() => readLocal<Value>(name)?.at ?? null)
  const [pending, setPending] = useState(false)
  const newest = useRef({ value, touched: false, keeper })
  newest.current.keeper = keeper
  const timers = useRef<ReturnType<typeof setTimeout>[]>([])
  const telling = useRef<Promise<unknown>>(Promise.resolve())

  const stop = useCallback(() => {
    for (const timer of timers.current) clearTimeout(timer)
    timers.current = []
  }, [])

  const keepLocal = useCallback(() => {
    writeLocal(name, { value: newest.current.value, at: Date.now() })
    setSavedAt(Date.now())
  }, [name])

  // One after the other, or a slow "keep" would bring back what was thrown away after it. Where
  // that fails the local copy stands, and the next key stroke tries again.
  const tell = useCallback((what: () => Promise<unknown> | undefined) => {
    telling.current = telling.current.then(what).catch(() => undefined)
    return telling.current
  }, [])

  const keepRemote = useCallback(async () => {
    const { keeper: kept, value: written } = newest.current
    await tell(() => kept?.save(written))
    setPending(false)
  }, [tell])

  const setValue = useCallback(
    (next: Value) => {
      newest.current.value = next
      newest.current.touched = true
      show(next)
      setPending(true)
      stop()
      timers.current = [setTimeout(keepLocal, localMs), setTimeout(keepRemote, remoteMs)]
    },
    [keepLocal, keepRemote, stop],
  )

  const clear = useCallback(() => {
    stop()
    const { keeper: kept } = newest.current
    newest.current.value = empty
    // A copy that is still being read is of what has just been sent.
    newest.current.touched = true
    show(empty)
    setSavedAt(null)
    setPending(false)
    writeLocal(name, null)
    void tell(() => kept?.discard())
  }, [empty, name, stop, tell])

  // Written on another computer meanwhile: the newer one counts, unless typing has begun here.
  useEffect(() => {
    let left = false
    newest.current.keeper?.load().then(
      (remote) => {
        const local = readLocal<Value>(name)
        if (left || !remote || newest.current.touched || (local && local.at >= remote.at)) return
        newest.current.value = remote.value
        show(remote.value)
        setSavedAt(remote.at)
      },
      () => undefined,
    )
    return () => {
      left = true
    }
  }, [name])

  // Leaving the page does not wait for a timer.
  useEffect(() => {
    const leave = () => {
      if (timers.current.length === 0) return
      stop()
      keepLocal()
      void keepRemote()
    }
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [keepLocal, keepRemote, stop])

  return { value, setValue, savedAt, pending, clear } satisfies DraftState<Value>
}
