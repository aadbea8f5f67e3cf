import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, ask } from '@/api/client'
import { one } from '@/api/keys'
import type { Message, Ticket } from './useTicket'

// The ticket brings its first messages along; a longer conversation is read on from there.
export function useAllMessages(ticket: Ticket) {
  const query = useInfiniteQuery({
    queryKey: one('ticket', ticket.id, 'messages'),
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET('/tickets/{id}/messages', {
          params: { path: { id: ticket.id }, query: { cursor: pageParam, limit: 50 } },
          signal,
        }),
      ),
    initialPageParam: ticket.messages_next ?? undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: Boolean(ticket.messages_next),
  })
  const messages = useMemo(() => {
    const further = query.data?.pages.flatMap((page) => page.items as Message[]) ?? []
    const all = new Map([...(ticket.messages ?? []), ...further].map((one) => [one.id, one]))
    return [...all.values()]
  }, [ticket.messages, query.data])
  return {
    messages,
    hasMore: query.hasNextPage,
    pending: query.isFetchingNextPage,
    readMore: () => void query.fetchNextPage(),
  }
}
