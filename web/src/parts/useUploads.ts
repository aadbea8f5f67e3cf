import { type ClipboardEvent, type DragEvent, useCallback, useRef, useState } from 'react'
import { apiPath } from '@/api/base_path'
import type { Schemas } from '@/api/client'
import { connection } from '@/api/connection'
import { freshKey } from '@/api/fresh_key'
import { noConnection, Problem, problemOf } from '@/api/problem'
import { getCsrfToken, waitForSignIn } from '@/api/session'

type FileCard = Schemas['FileCard']

// What is shown of a file that has arrived.
export interface SentFile {
  id: number
  name: string
  bytes: number
  type: string
}

export interface Upload<Card extends SentFile = FileCard> {
  key: string
  name: string
  bytes: number
  // From 0 to 1.
  progress: number
  file?: Card
  problem?: Problem
}

export type Uploads<Card extends SentFile = FileCard> = ReturnType<typeof useUploads<Card>>

// fetch does not tell how much has been sent; this older way does.
function sendFile(
  to: string,
  file: File,
  key: string,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', apiPath(`${to}?name=${encodeURIComponent(file.name)}`))
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream')
    request.setRequestHeader('Idempotency-Key', key)
    request.setRequestHeader('X-CSRF-Token', getCsrfToken() ?? '')
    request.upload.onprogress = (sent) => onProgress(sent.total ? sent.loaded / sent.total : 0)
    request.onload = () => {
      if (request.status === 201) return resolve(JSON.parse(request.responseText))
      problemOf(new Response(request.responseText, { status: request.status })).then(reject, reject)
    }
    request.onerror = () => {
      connection.set('offline')
      reject(noConnection())
    }
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}

async function sendFileSignedIn(...args: Parameters<typeof sendFile>): Promise<unknown> {
  try {
    return await sendFile(...args)
  } catch (error) {
    if (!(error instanceof Problem) || error.reason !== 'sign_in') throw error
    await waitForSignIn()
    return sendFile(...args)
  }
}

function filesOf(list: DataTransfer | null): File[] {
  return [...(list?.files ?? [])]
}

// Files for a message or a form: `add` for a file input, `handlers` on what takes paste and drop.
// The door `to` answers with a Card.
export function useUploads<Card extends SentFile = FileCard>(
  onDone?: (file: Card) => void,
  to = '/files',
) {
  const [uploads, setUploads] = useState<readonly Upload<Card>[]>([])
  const [isOver, setIsOver] = useState(false)
  const running = useRef(new Map<string, { file: File; abort: AbortController }>())
  const newest = useRef(onDone)
  newest.current = onDone

  const change = useCallback((key: string, patch: Partial<Upload<Card>>) => {
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...patch } : one)))
  }, [])

  const start = useCallback(
    (key: string) => {
      const run = running.current.get(key)
      if (!run) return
      change(key, { problem: undefined, progress: 0 })
      sendFileSignedIn(
        to,
        run.file,
        key,
        (progress) => change(key, { progress }),
        run.abort.signal,
      ).then(
        (answer) => {
          const file = answer as Card
          change(key, { file, progress: 1 })
          newest.current?.(file)
        },
        (problem: Problem) => change(key, { problem }),
      )
    },
    [change, to],
  )

  const add = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) {
        const key = freshKey()
        running.current.set(key, { file, abort: new AbortController() })
        setUploads((all) => [...all, { key, name: file.name, bytes: file.size, progress: 0 }])
        start(key)
      }
    },
    [start],
  )

  const remove = useCallback((key: string) => {
    running.current.get(key)?.abort.abort()
    running.current.delete(key)
    setUploads((all) => all.filter((one) => one.key !== key))
  }, [])

  const handlers = {
    onPaste(event: ClipboardEvent) {
      const files = filesOf(event.clipboardData)
      if (files.length === 0) return
      event.preventDefault()
      add(files)
    },
    onDragOver(event: DragEvent) {
      if (!event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      setIsOver(true)
    },
    onDragLeave: () => setIsOver(false),
    onDrop(event: DragEvent) {
      setIsOver(false)
      const files = filesOf(event.dataTransfer)
      if (files.length === 0) return
      event.preventDefault()
      add(files)
    },
  }

  return {
    uploads,
    files: uploads.flatMap((one) => (one.file ? [one.file.id] : [])),
    pending: uploads.some((one) => !one.file && !one.problem),
    isOver,
    add,
    remove,
    retry: start,
    clear: () => setUploads([]),
    handlers,
  }
}
