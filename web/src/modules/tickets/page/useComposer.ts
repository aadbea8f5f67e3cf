import { useRef, useState } from 'react'
import { serverNow } from '@/api/connection'
import { useMe } from '@/api/use_me'
import { sayFailed } from '@/parts/problems'
import { useDraft } from '@/parts/useDraft'
import { useUploads } from '@/parts/useUploads'
import { draftKeeper, isEmptyDraft, noDraft, type WrittenDraft } from './draft'
import { type Sent, saidSince, useSend } from './useSend'
import type { AllowedMove, Message, Ticket } from './useTicket'

interface Meanwhile {
  said: readonly Message[]
  move?: AllowedMove
}

// What is being written on a ticket: text, files and whom it is for, kept until it is sent.
export function useComposer(ticket: Ticket, onSent: (message: Sent, move?: AllowedMove) => void) {
  const me = useMe()
  const draft = useDraft(`${me.id}.ticket.${ticket.id}`, noDraft, draftKeeper(ticket.id))
  const newest = useRef(draft.value)
  newest.current = draft.value
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null)
  const [checking, setChecking] = useState(false)
  const may = (what: string) => ticket.allowed?.includes(what) ?? false
  const change = (patch: Partial<WrittenDraft>) => {
    const before = newest.current
    const next = { ...before, ...patch }
    if (isEmptyDraft(before) && !isEmptyDraft(next)) next.since = serverNow()
    if (isEmptyDraft(before) && isEmptyDraft(next) && before.kind === next.kind) return
    newest.current = next
    draft.setValue(next)
  }
  const uploads = useUploads(({ id, name, bytes, type }) =>
    change({ files: [...(newest.current.files ?? []), { id, name, bytes, type }] }),
  )
  const kind = may(draft.value.kind) ? draft.value.kind : may('reply') ? 'reply' : 'note'
  const { body, files = [], since } = draft.value
  const isEmpty = isEmptyDraft(draft.value)
  const sending = useSend(ticket.id, () => {
    draft.clear()
    uploads.clear()
  })
  const post = (move?: AllowedMove) =>
    sending.mutate(
      { kind, body: body || '<p></p>', files: files.map((file) => file.id) },
      { onSuccess: (message) => onSent(message, move) },
    )
  const send = async (move?: AllowedMove) => {
    if (isEmpty || uploads.pending || sending.isPending || checking) return
    if (kind === 'note') return post(move)
    setChecking(true)
    try {
      const said = since ? await saidSince(ticket.id, since, me.id) : []
      if (said.length > 0) setMeanwhile({ said, move })
      else post(move)
    } catch (error) {
      sayFailed(error)
    } finally {
      setChecking(false)
    }
  }
  // It is asked once: what has been shown is known from here on.
  const seen = () => {
    setMeanwhile(null)
    change({ since: serverNow() })
  }
  return {
    draft,
    kind,
    body,
    files,
    uploads,
    isEmpty,
    may,
    change,
    send,
    meanwhile,
    pending: sending.isPending || checking,
    goBack: seen,
    sendAnyway: () => {
      const move = meanwhile?.move
      seen()
      post(move)
    },
    removeFile: (id: number) => change({ files: files.filter((file) => file.id !== id) }),
    takeBack: (message: Message) => {
      if (!isEmptyDraft(newest.current)) return
      const files = (message.files ?? []).map(({ id, name, bytes, type }) => ({
        id,
        name,
        bytes,
        type,
      }))
      change({ kind: message.kind, body: message.body, files })
    },
  }
}
