import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion } from '@/api/client'
import { one } from '@/api/keys'
import { asProblem } from '@/api/problem'
import { queryClient } from '@/api/query_client'
import { reasonText, sayFailed } from '@/parts/problems'
import { done, failed } from '@/parts/undo'
import { clashing, conflict } from './conflict'
import { type Patch, readTicket, refreshTicket, type Ticket } from './useTicket'

export interface Change {
  patch: Patch
  // How the new value reads, where it is the number of a record: shown before the server answers.
  words?: string
}

export function sendPatch(id: number, patch: Patch, version: number) {
  return ask(
    api.PATCH('/tickets/{id}', {
      params: { path: { id } },
      headers: ifVersion(version),
      body: patch,
    }),
  )
}

const named = new Set(['customer', 'site', 'contact', 'product', 'product_version', 'asset'])

function changed(before: Ticket, { patch, words }: Change): Ticket {
  const names: Record<string, string | null | undefined> = { ...before.names }
  for (const field of Object.keys(patch)) {
    if (named.has(field)) names[field] = words ?? null
    if (field === 'category' || field === 'service_type') {
      names[`${field}_zh`] = words ?? null
      names[`${field}_en`] = words ?? null
    }
  }
  const custom = { ...(before.custom ?? {}), ...(patch.custom ?? {}) }
  return { ...before, ...(patch as Partial<Ticket>), custom, names } as Ticket
}

// Sends the change; when somebody else was faster, puts both together where that can be done.
async function write(seen: Ticket, { patch, words }: Change) {
  try {
    return await sendPatch(seen.id, patch, seen.version)
  } catch (error) {
    if (asProblem(error).reason !== 'changed_meanwhile') throw error
    const now = await readTicket(seen.id)
    const fields = clashing(seen, now, patch)
    if (fields.length > 0) {
      conflict.set({ now, patch, fields, words })
      throw error
    }
    return sendPatch(seen.id, patch, now.version)
  }
}

// A change of one or two fields: shown at once, put back when it was refused; and what was before
// can be had again for a while.
export function usePatch(ticket: Ticket) {
  const { t } = useTranslation('tickets')
  const key = one('ticket', ticket.id)
  const { mutate } = useMutation({
    mutationFn: (change: Change) => write(ticket, change),
    onMutate: (change) => {
      void queryClient.cancelQueries({ queryKey: key, exact: true })
      const before = queryClient.getQueryData<Ticket>(key)
      if (before) queryClient.setQueryData<Ticket>(key, changed(before, change))
      return { before }
    },
    onError: (error, _change, context) => {
      if (context?.before) queryClient.setQueryData(key, context.before)
      const problem = asProblem(error)
      if (conflict.get() && problem.reason === 'changed_meanwhile') return
      const field = problem.fields[0]
      failed(reasonText(field?.reason ?? problem.reason), problem.request)
    },
    onSuccess: (kept, { patch }, context) => {
      const before = context?.before
      if (!before) return
      const old = Object.fromEntries(
        (Object.keys(patch) as (keyof Patch)[]).map((name) => [name, before[name]]),
      ) as Patch
      done(t('changed'), () =>
        sendPatch(ticket.id, old, kept.version)
          .then(() => refreshTicket(ticket.id))
          .catch(sayFailed),
      )
    },
    onSettled: () => refreshTicket(ticket.id),
  })
  return (patch: Patch, words?: string) => mutate({ patch, words })
}
