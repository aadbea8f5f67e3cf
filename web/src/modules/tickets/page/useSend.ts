import { useMutation } from '@tanstack/react-query'
import { api, ask, type Schemas } from '@/api/client'
import { sayFailed } from '@/parts/problems'
import { type Message, refreshTicket } from './useTicket'

// How long a reply can be taken back before it leaves the house.
export const undoSeconds = 8

export type Sent = Schemas['Message']

export interface Written {
  kind: 'reply' | 'note'
  body: string
  files: number[]
}

export function useSend(ticket: number, onSent: () => void) {
  return useMutation({
    mutationFn: (message: Written) =>
      ask(
        api.POST('/tickets/{id}/messages', {
          params: { path: { id: ticket } },
          body: {
            ...message,
            mentions: message.kind === 'note' ? mentionsIn(message.body) : [],
            undo_seconds: message.kind === 'reply' ? undoSeconds : undefined,
          },
        }),
      ),
    onError: sayFailed,
    onSuccess: onSent,
    onSettled: () => refreshTicket(ticket),
  })
}

// Whom the text names with "@": the editor marks them with their number.
export function mentionsIn(html: string): number[] {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const ids = [...page.querySelectorAll('[data-type="mention"][data-id]')].map((element) =>
    Number(element.getAttribute('data-id')),
  )
  return [...new Set(ids.filter((id) => Number.isInteger(id) && id > 0))]
}

// What others have said to or from the customer since somebody began to write.
export async function saidSince(ticket: number, since: number, me: number): Promise<Message[]> {
  const query = { sort: '-created_at', limit: 10, kind: 'reply' as const }
  const params = { path: { id: ticket }, query }
  const { items } = await ask(api.GET('/tickets/{id}/messages', { params }))
  return (items as Message[])
    .filter((one) => one.author !== me && one.state !== 'withdrawn')
    .filter((one) => Date.parse(one.created_at) > since)
    .toReversed()
}
