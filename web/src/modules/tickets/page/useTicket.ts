import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { all, one } from '@/api/keys'
import { asProblem } from '@/api/problem'
import { queryClient } from '@/api/query_client'
import { reasonText, sayFailed } from '@/parts/problems'
import { done, failed } from '@/parts/undo'

export type Ticket = Schemas['TicketView']
export type Message = Schemas['MessageView']
export type StoryItem = Schemas['StoryItem']
export type AllowedMove = Schemas['AllowedMove']
export type Patch = Schemas['TicketPatch']

export function useTicketQuery(id: number) {
  return useQuery({
    queryKey: one('ticket', id),
    queryFn: ({ signal }) =>
      ask(
        api.GET('/tickets/{id}', {
          params: { path: { id }, query: { messages: true } },
          signal,
        }),
      ),
    enabled: id > 0,
  })
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

// A change of one or two fields: shown at once, put back when it was refused; and what was before
// can be had again for a while.
export function usePatch(ticket: Ticket) {
  const { t } = useTranslation('tickets')
  const key = one('ticket', ticket.id)
  const send = (patch: Patch, version: number) =>
    ask(
      api.PATCH('/tickets/{id}', {
        params: { path: { id: ticket.id } },
        headers: ifVersion(version),
        body: patch,
      }),
    )
  return useMutation({
    mutationFn: (patch: Patch) => send(patch, ticket.version),
    onMutate: (patch) => {
      const before = queryClient.getQueryData<Ticket>(key)
      if (before)
        queryClient.setQueryData<Ticket>(key, { ...before, ...(patch as Partial<Ticket>) })
      return { before }
    },
    onError: (error, _patch, context) => {
      if (context?.before) queryClient.setQueryData(key, context.before)
      const problem = asProblem(error)
      const field = problem.fields[0]
      failed(reasonText(field?.reason ?? problem.reason), problem.request)
    },
    onSuccess: (kept, patch, context) => {
      const before = context?.before
      if (!before) return
      const old = Object.fromEntries(
        Object.keys(patch).map((name) => [name, before[name as keyof Ticket]]),
      ) as Patch
      done(t('changed'), () =>
        send(old, kept.version)
          .then(() => refreshTicket(ticket.id))
          .catch(sayFailed),
      )
    },
    onSettled: () => refreshTicket(ticket.id),
  })
}

export function useAssign(ticket: Ticket) {
  const { t } = useTranslation('tickets')
  return useMutation({
    mutationFn: (body: Schemas['Assignment']) =>
      ask(api.POST('/tickets/{id}/assignments', { params: { path: { id: ticket.id } }, body })),
    onError: sayFailed,
    onSuccess: () => void done(t('changed')),
    onSettled: () => refreshTicket(ticket.id),
  })
}
