import { useMutation, useQuery } from '@tanstack/react-query'
import { api, ask, type Schemas } from '@/api/client'
import { one } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { sayFailed } from '@/parts/problems'
import type { Ticket } from './useTicket'

export type Watcher = Schemas['Watcher']

interface Watchers {
  items: Watcher[]
}

// Who is kept informed; shown at once, put back when it was refused.
export function useWatchers(ticket: Ticket) {
  const key = one('ticket', ticket.id, 'watchers')
  const params = { path: { id: ticket.id } }
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(api.GET('/tickets/{id}/watchers', { params, signal })),
  })
  const show = (change: (items: Watcher[]) => Watcher[]) => {
    void queryClient.cancelQueries({ queryKey: key })
    const before = queryClient.getQueryData<Watchers>(key)
    queryClient.setQueryData<Watchers>(key, { ...before, items: change(before?.items ?? []) })
    return { before }
  }
  const settle = {
    onError: (error: unknown, _who: unknown, context?: { before?: Watchers }) => {
      if (context?.before) queryClient.setQueryData(key, context.before)
      sayFailed(error)
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  }
  const add = useMutation({
    mutationFn: ({ member }: Watcher) =>
      ask(api.POST('/tickets/{id}/watchers', { params, body: { member } })),
    onMutate: (who) => show((items) => [...items, who]),
    ...settle,
  })
  const remove = useMutation({
    mutationFn: (member: number) =>
      ask(
        api.DELETE('/tickets/{id}/watchers/{member}', {
          params: { path: { id: ticket.id, member } },
        }),
      ),
    onMutate: (member) => show((items) => items.filter((one) => one.member !== member)),
    ...settle,
  })
  return { watchers: query.data?.items ?? [], add: add.mutate, remove: remove.mutate }
}
