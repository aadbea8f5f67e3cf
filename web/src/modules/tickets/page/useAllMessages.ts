import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, ask } from '@/api/client'
import { one } from '@/api/keys'
import type { Message, Ticket } from './useTicket'

const pageSize = 50

// The ticket brings its messages along. Of a conversation too long for that the newest are read,
// and further ones back when somebody asks.
export function useAllMessages(ticket: Ticket) {
  const isLong = Boolean(ticket.messages_next)
  const query = useInfiniteQuery({
    queryKey: one('ticket', ticket.id, 'messages'),
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET('/tickets/{id}/messages', {
          params: {
            path: { id: ticket.id },
            query: { cursor: pageParam, limit: pageSize, sort: '-created_at' },
          },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: isLong,
  })
  const messages = useMemo((): readonly Message[] => {
    if (!isLong) return ticket.messages ?? []
    return (query.data?.pages.flatMap((page) => page.items as Message[]) ?? []).toReversed()
  }, [isLong, ticket.messages, query.data])
  return {
    messages,
    hasMore: isLong && query.hasNextPage,
    pending: query.isFetchingNextPage,
    readMore: () => void query.fetchNextPage(),
  }
}
