import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, ask, type Schemas } from '@/api/client'
import { list } from '@/api/keys'
import { useSearchState } from '@/parts/usePlace'
import { filtersIn, type QueueSearchKey, queryOf, shownFilters } from './filters'

export type TicketRow = Schemas['TicketRow']
export type View = Schemas['ViewLine']

const pageSize = 100

export function useViews(): readonly View[] {
  const query = useQuery({
    queryKey: list('view', { counts: true }),
    queryFn: ({ signal }) =>
      ask(api.GET('/views', { params: { query: { counts: true } }, signal })),
  })
  return query.data?.items ?? []
}

// The queue as the address says it: the view, the filters laid over it, the order.
export function useQueue() {
  const [search, change] = useSearchState<QueueSearchKey>()
  const views = useViews()
  const view = views.find((one) => String(one.id) === search.view)
  const filters = useMemo(() => filtersIn(search), [search])
  const isPlain = !search.view && Object.keys(filters).length === 0
  const question = view?.query ?? (isPlain ? { open: true } : undefined)
  const sort = search.sort ?? view?.sort ?? '-created_at'
  const asked = { ...queryOf(question, filters), sort, limit: pageSize }
  const query = useInfiniteQuery({
    queryKey: list('ticket', asked),
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET('/tickets', { params: { query: { ...asked, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    // The view has to be known before it can be asked.
    enabled: !search.view || view !== undefined,
  })
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return {
    search,
    change,
    view,
    filters,
    shown: shownFilters(question, filters),
    sort,
    query,
    rows,
  }
}

export type QueueState = ReturnType<typeof useQueue>
