import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { list, type Params } from '@/api/keys'

export interface ListAnswer<Row> {
  items: Row[]
  next?: string | null
  total?: number | null
}

export type AskPage<Row> = (
  cursor: string | undefined,
  signal: AbortSignal,
) => Promise<ListAnswer<Row>>

// A list that is read page by page, as one goes on.
export function useList<Row>(kind: string, params: Params, askPage: AskPage<Row>) {
  const query = useInfiniteQuery({
    queryKey: list(kind, { ...params, pages: true }),
    queryFn: ({ pageParam, signal }) => askPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return {
    query,
    rows,
    total: query.data?.pages[0]?.total ?? null,
    onMore: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
  }
}
