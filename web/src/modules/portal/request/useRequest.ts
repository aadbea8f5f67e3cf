import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { api, ask, type Schemas } from '@/api/client'
import { all, one } from '@/api/keys'
import { queryClient } from '@/api/query_client'

export type Request = Schemas['TicketView']
export type Message = Schemas['MessageView']

export function useRequest(id: number) {
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

export function refreshRequest(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: all('ticket') })
}

// The request brings its first messages along; of a long conversation the others are read after
// them, one page after the other.
export function useConversation(request: Request): readonly Message[] {
  const first = request.messages ?? []
  const cursor = request.messages_next ?? undefined
  const query = useInfiniteQuery({
    queryKey: one('ticket', request.id, 'messages', cursor ?? ''),
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET('/tickets/{id}/messages', {
          params: { path: { id: request.id }, query: { cursor: pageParam, limit: 100 } },
          signal,
        }),
      ),
    initialPageParam: cursor,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: cursor !== undefined,
  })
  const { hasNextPage, isFetching, fetchNextPage } = query
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  return useMemo(
    () => [...first, ...(query.data?.pages.flatMap((page) => page.items) ?? [])],
    [first, query.data],
  )
}
