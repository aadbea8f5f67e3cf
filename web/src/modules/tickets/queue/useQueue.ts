import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import { api, ask, type Schemas } from '@/api/client'
import { serverNow } from '@/api/connection'
import { list } from '@/api/keys'
import { useStore } from '@/api/store'
import { timeZone } from '@/parts/time'
import { useSearchState } from '@/parts/usePlace'
import {
  atThisMoment,
  filtersIn,
  type Query,
  type QueueSearchKey,
  queryOf,
  shownFilters,
} from './filters'
import { groupingOfSort, groupings, sortOfGrouping } from './lines'
import { PageKeeper } from './pages'
import { lookForPromises, usualGrouping } from './usual'

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

// Which groups, and the order that keeps them together: the address says it, or the view, or else
// what is usual here.
function useOrder(search: Partial<Record<QueueSearchKey, string>>, view: View | undefined) {
  const usual = useStore(usualGrouping)
  const said = search.sort ?? view?.sort ?? undefined
  const wanted = groupings.find((known) => known === search.group)
  const grouping = wanted ?? (said ? groupingOfSort(said) : usual)
  return {
    grouping,
    sort: sortOfGrouping(grouping) ?? said ?? '-created_at',
    isUsual: !wanted && !said,
  }
}

// The queue as the address says it: the view, the filters laid over it, the order.
export function useQueue() {
  const [search, change] = useSearchState<QueueSearchKey>()
  const views = useViews()
  const view = views.find((one) => String(one.id) === search.view)
  const filters = useMemo(() => filtersIn(search), [search])
  const isPlain = !search.view && Object.keys(filters).length === 0
  const question = view?.query ?? (isPlain ? { open: true } : undefined)
  const { grouping, sort, isUsual } = useOrder(search, view)
  const asked = { ...queryOf(question, filters), sort, limit: pageSize }
  // The view has to be known before it can be asked.
  const pages = usePages(asked, !search.view || view !== undefined)
  const { rows } = pages
  useEffect(() => {
    if (isUsual) lookForPromises(rows)
  }, [isUsual, rows])
  return {
    search,
    change,
    view,
    filters,
    shown: shownFilters(question, filters),
    sort,
    grouping,
    exportAll: () => exportAll(asked),
    ...pages,
  }
}

type Page = Awaited<ReturnType<typeof readPage>>

function readPage(query: Query, signal: AbortSignal) {
  const now = atThisMoment(query, serverNow(), timeZone())
  return ask(api.GET('/tickets', { params: { query: now }, signal }))
}

// All that the question finds, not only what has been read.
function exportAll({ limit: _limit, ...asked }: Query) {
  const query = atThisMoment(asked, serverNow(), timeZone())
  return ask(api.GET('/tickets/export', { params: { query }, parseAs: 'blob' }) as never)
}

// The rows in pages; of those that were read before, what is far from what is seen rests.
function usePages(asked: Query, enabled: boolean) {
  const queryKey = list('ticket', asked)
  const name = JSON.stringify(queryKey)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question has other pages
  const keeper = useMemo(() => new PageKeeper<Page>(), [name])
  const query = useInfiniteQuery({
    queryKey,
    queryFn: async ({ pageParam, signal }) => {
      const cursor = pageParam ?? ''
      const rested = keeper.rested(cursor)
      if (rested) return rested
      const wanted: Query = pageParam ? { ...asked, cursor: pageParam } : asked
      return keeper.keep(cursor, await readPage(wanted, signal))
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
  })
  const { refetch } = query
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  const lookAt = useCallback(
    (row: number) => {
      if (keeper.look(Math.floor(row / pageSize))) void refetch()
    },
    [keeper, refetch],
  )
  return { query, rows, lookAt }
}

export type QueueState = ReturnType<typeof useQueue>
