import type { QueryClient } from '@tanstack/react-query'
import { apiPath } from './base_path'
import { type LiveEvent, staleAfter } from './events'
import { createStore } from './store'

// One line to the server a tab. It says only that something happened; what it was is read through
// the API, where rights hold. Without a line everything shown is asked for again now and then.

const gatherMs = 250
const pollMs = 30_000
const longestWaitMs = 30_000
const nobodyCode = 4401

type Writing = 'reply' | 'note' | null

export interface Present {
  user: number
  name: string
  writing: Writing
}

type Heard = LiveEvent | { subject: string; present: Present[] } | { reset: true }

// Who is there, by subject ("ticket:17").
export const presence = createStore<Readonly<Record<string, Present[]>>>({})
export const liveIsOpen = createStore(false)

// What this tab looks at and writes is remembered here, and said again on every new line.
const watched = new Map<string, number>()
let writing: Writing = null
let socket: WebSocket | null = null

function say(message: object) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
}

function sayEverything() {
  for (const subject of watched.keys()) say({ watch: subject })
  if (writing) say({ writing })
}

// Watch only what has been read: who asks for what he may not see is hung up on.
export function watch(subject: string): () => void {
  const before = watched.get(subject) ?? 0
  watched.set(subject, before + 1)
  if (before === 0) say({ watch: subject })
  return () => {
    const left = (watched.get(subject) ?? 1) - 1
    if (left > 0) return void watched.set(subject, left)
    watched.delete(subject)
    writing = null
    say({ leave: true })
    sayEverything()
  }
}

export function sayWriting(what: Writing): void {
  if (what === writing) return
  writing = what
  say({ writing })
}

export interface Listener {
  id: number
  // The newest event when one asked who one is: what is shown was read after it.
  seq: number
}

// Keeps a line open until the returned function is called. `onNobody`: the session has ended.
export function startLive(queries: QueryClient, me: Listener, onNobody: () => void): () => void {
  const stale = new Map<string, readonly unknown[]>()
  let gathering: ReturnType<typeof setTimeout> | undefined
  let reopening: ReturnType<typeof setTimeout> | undefined
  let lastSeq: number | null = me.seq
  let failures = 0
  let stopped = false

  function readAnew() {
    gathering = undefined
    const keys = [...stale.values()]
    stale.clear()
    for (const queryKey of keys) void queries.invalidateQueries({ queryKey })
  }

  function hear(heard: Heard) {
    if ('reset' in heard) {
      lastSeq = null
      void queries.invalidateQueries()
    } else if ('present' in heard) {
      presence.set({ ...presence.get(), [heard.subject]: heard.present })
    } else {
      lastSeq = heard.seq
      for (const key of staleAfter(heard, me.id)) stale.set(JSON.stringify(key), key)
      gathering ??= setTimeout(readAnew, gatherMs)
    }
  }

  function wasOpened() {
    failures = 0
    liveIsOpen.set(true)
    if (lastSeq !== null) say({ after: lastSeq })
    // What may have been missed cannot be asked for.
    else void queries.invalidateQueries()
    sayEverything()
  }

  function wasClosed(code: number) {
    socket = null
    liveIsOpen.set(false)
    presence.set({})
    if (stopped) return
    if (code === nobodyCode) onNobody()
    failures += 1
    // Not all at once after the server was away.
    const wait = Math.min(longestWaitMs, 500 * 2 ** failures) * (0.5 + Math.random() / 2)
    reopening = setTimeout(open, wait)
  }

  function open() {
    const address = new URL(apiPath('/live'), location.href)
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
    const line = new WebSocket(address)
    socket = line
    line.onopen = wasOpened
    line.onmessage = (message) => hear(JSON.parse(String(message.data)) as Heard)
    line.onclose = (closed) => wasClosed(closed.code)
  }

  function poll() {
    const isShown = document.visibilityState === 'visible'
    if (isShown && !liveIsOpen.get()) void queries.invalidateQueries()
  }

  open()
  const polling = setInterval(poll, pollMs)
  return () => {
    stopped = true
    clearInterval(polling)
    clearTimeout(gathering)
    clearTimeout(reopening)
    socket?.close()
  }
}
