import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { all, one } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { sayFailed } from '@/parts/problems'
import { done } from '@/parts/undo'

export type Ticket = Schemas['TicketView']
export type Message = Schemas['MessageView']
export type StoryItem = Schemas['StoryItem']
export type AllowedMove = Schemas['AllowedMove']
export type Patch = Schemas['TicketPatch']

export function readTicket(id: number, signal?: AbortSignal): Promise<Ticket> {
  const params = { path: { id }, query: { messages: true } }
  return ask(api.GET('/tickets/{id}', { params, signal }))
}

export function useTicketQuery(id: number) {
  return useQuery({
    queryKey: one('ticket', id),
    queryFn: ({ signal }) => readTicket(id, signal),
    enabled: id > 0,
  })
}

const aimMs = 60
let aiming: ReturnType<typeof setTimeout> | undefined

// Somebody points at it: it is read before he presses. Who only passes over many asks for none.
export function aimAt(id: number): void {
  clearTimeout(aiming)
  aiming = setTimeout(() => {
    const query = { queryKey: one('ticket', id), staleTime: 30_000 }
    void queryClient.prefetchQuery({ ...query, queryFn: ({ signal }) => readTicket(id, signal) })
  }, aimMs)
}

export function useTimelineQuery(id: number) {
  return useQuery({
    queryKey: one('ticket', id, 'timeline'),
    queryFn: ({ signal }) =>
      ask(api.GET('/tickets/{id}/timeline', { params: { path: { id } }, signal })),
    enabled: id > 0,
  })
}

export function refreshTicket(id: number): Promise<void> {
  void queryClient.invalidateQueries({ queryKey: [...all('ticket'), 'list'] })
  return queryClient.invalidateQueries({ queryKey: one('ticket', id) })
}

export function useAssign(ticket: Ticket) {
  const { t } = useTranslation('tickets')
  const send = (body: Schemas['Assignment']) =>
    ask(api.POST('/tickets/{id}/assignments', { params: { path: { id: ticket.id } }, body }))
  // Who may only take it cannot give it back.
  const putBack = async () => {
    const { assignee = null, team = null } = ticket
    await send({ assignee, team }).catch(sayFailed)
    await refreshTicket(ticket.id)
  }
  return useMutation({
    mutationFn: send,
    onError: sayFailed,
    onSuccess: () =>
      void done(t('changed'), ticket.allowed?.includes('assign') ? putBack : undefined),
    onSettled: () => refreshTicket(ticket.id),
  })
}
