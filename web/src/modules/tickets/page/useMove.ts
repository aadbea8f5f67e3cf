import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { one } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { useStateOf } from '@/parts/catalogue'
import { either } from '@/parts/names'
import { sayFailed } from '@/parts/problems'
import { done } from '@/parts/undo'
import { asksNothing } from './needs'
import { type AllowedMove, refreshTicket, type Ticket } from './useTicket'

export type MoveFields = Schemas['MoveFields']

export interface Going {
  move: AllowedMove
  fields?: MoveFields
  reason?: string
  // The conditions that are let go for this once.
  waive?: readonly string[]
  // How the customer signed.
  signature?: string
}

async function go(ticket: Ticket, going: Going) {
  const { move, fields = {}, reason = '', waive = [], signature = '' } = going
  const params = { path: { id: ticket.id } }
  const evidence: Schemas['NewEvidence'][] = waive.map((guard) => ({
    kind: 'waiver',
    guard,
    body: reason.trim(),
  }))
  if (signature) evidence.push({ kind: 'signature', body: signature })
  for (const body of evidence) await ask(api.POST('/tickets/{id}/evidence', { params, body }))
  // Evidence has made another version of it already.
  const headers = evidence.length > 0 ? undefined : ifVersion(ticket.version)
  const body = { to: move.key, reason: reason.trim() || null, fields }
  return ask(api.POST('/tickets/{id}/transitions', { params, headers, body }))
}

export function useMove(ticket: Ticket) {
  const { t } = useTranslation('tickets')
  const stateOf = useStateOf()
  const key = one('ticket', ticket.id)
  return useMutation({
    mutationFn: (going: Going) => go(ticket, going),
    onMutate: ({ move }) => {
      const before = queryClient.getQueryData<Ticket>(key)
      const state = stateOf(ticket.service_type, move.to)
      if (before && state) {
        queryClient.setQueryData<Ticket>(key, {
          ...before,
          state: state.key,
          state_zh: state.name_zh,
          state_en: state.name_en,
        })
      }
      return { before }
    },
    onError: (_error, _going, context) => {
      if (context?.before) queryClient.setQueryData(key, context.before)
    },
    onSuccess: (_kept, { move }) => {
      done(t('moved', { to: either(move.name_zh, move.name_en) }))
    },
    onSettled: () => refreshTicket(ticket.id),
  })
}

export function useMoving(ticket: Ticket, onMoved: () => void) {
  const [moving, setMoving] = useState<AllowedMove | null>(null)
  const { mutate } = useMove(ticket)
  const start = (move: AllowedMove) => {
    if (asksNothing(move)) mutate({ move }, { onError: sayFailed, onSuccess: onMoved })
    else setMoving(move)
  }
  const close = () => setMoving(null)
  return {
    moving,
    start,
    close,
    done: () => {
      close()
      onMoved()
    },
  }
}
