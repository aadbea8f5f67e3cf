import { useMutation, useMutationState, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { one } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { sayFailed } from '@/parts/problems'
import { done } from '@/parts/undo'
import type { Ticket } from './useTicket'

export type ChecklistItem = Schemas['ChecklistLine']
type ItemPatch = Schemas['ChecklistItemPatch']

interface Checklist {
  items: ChecklistItem[]
}

interface ItemChange {
  id: number
  patch: ItemPatch
  // What the change looks like besides, until the server's answer says it.
  shown?: Partial<ChecklistItem>
}

// The newest version of the line: it may have been changed since somebody pressed on it.
async function sendPatch(key: readonly unknown[], { id, patch }: ItemChange) {
  const line = queryClient.getQueryData<Checklist>(key)?.items.find((one) => one.id === id)
  const kept = await ask(
    api.PATCH('/checklist-items/{id}', {
      params: { path: { id } },
      headers: ifVersion(line?.version ?? 0),
      body: patch,
    }),
  )
  queryClient.setQueryData<Checklist>(key, (now) => ({
    items: (now?.items ?? []).map((one) => (one.id === id ? { ...one, ...kept } : one)),
  }))
}

// Ticks and names are shown as they were wished for while the server is still being told, one
// after the other; whatever is read meanwhile does not take them back.
function useChange(key: readonly unknown[], settled: () => Promise<void>) {
  const mutationKey = [...key, 'change']
  const { mutate } = useMutation({
    mutationKey,
    scope: { id: mutationKey.join(' ') },
    mutationFn: (change: ItemChange) => sendPatch(key, change),
    onError: sayFailed,
    onSettled: settled,
  })
  const wished = useMutationState({
    filters: { mutationKey, status: 'pending' },
    select: (mutation) => mutation.state.variables as ItemChange,
  })
  const asWished = (line: ChecklistItem): ChecklistItem => {
    const own = wished.filter(({ id }) => id === line.id)
    return Object.assign({}, line, ...own.flatMap(({ patch, shown }) => [patch, shown]))
  }
  return { change: mutate, asWished }
}

// The small steps inside a ticket; ticks, names and order are shown before the server answers.
export function useChecklist(ticket: Ticket) {
  const { t } = useTranslation('tickets')
  const key = one('ticket', ticket.id, 'checklist')
  const params = { path: { id: ticket.id } }
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(api.GET('/tickets/{id}/checklist', { params, signal })),
  })
  const readAnew = () => queryClient.invalidateQueries({ queryKey: key })
  const { change, asWished } = useChange(key, readAnew)
  const items = (query.data?.items ?? []).map(asWished)
  const show = (next: ChecklistItem[]) => {
    void queryClient.cancelQueries({ queryKey: key })
    const before = queryClient.getQueryData<Checklist>(key)
    queryClient.setQueryData<Checklist>(key, { ...before, items: next })
    return { before }
  }
  const settle = {
    onError: (error: unknown, _what: unknown, context?: { before?: Checklist }) => {
      if (context?.before) queryClient.setQueryData(key, context.before)
      sayFailed(error)
    },
    onSettled: readAnew,
  }
  const add = useMutation({
    mutationFn: (title: string) =>
      ask(api.POST('/tickets/{id}/checklist', { params, body: { title } })),
    onError: sayFailed,
    onSettled: settle.onSettled,
  })
  const order = useMutation({
    mutationFn: (next: ChecklistItem[]) =>
      ask(api.PUT('/tickets/{id}/checklist', { params, body: { items: next.map((i) => i.id) } })),
    onMutate: show,
    ...settle,
  })
  const remove = useMutation({
    mutationFn: (item: ChecklistItem) =>
      ask(api.DELETE('/checklist-items/{id}', { params: { path: { id: item.id } } })),
    onMutate: (item) => show(items.filter((one) => one.id !== item.id)),
    onSuccess: (_gone, { title, assignee }) => {
      done(t('checklist.removed'), async () => {
        await ask(api.POST('/tickets/{id}/checklist', { params, body: { title, assignee } }))
        await settle.onSettled()
      })
    },
    ...settle,
  })
  return {
    items,
    add: add.mutate,
    change,
    order: order.mutate,
    remove: remove.mutate,
  }
}
