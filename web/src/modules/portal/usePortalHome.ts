import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, ask, type Schemas } from '@/api/client'
import { list } from '@/api/keys'

export type Home = Schemas['PortalHome']
export type WaitsFor = Schemas['WaitingRequest']['waits_for']

// Below "ticket": whatever happens to a request is seen here at once.
export const homeQuery = queryOptions({
  queryKey: list('ticket', { portal: 'home' }),
  queryFn: ({ signal }) => ask(api.GET('/portal/home', { signal })),
})

export function usePortalHome() {
  return useQuery(homeQuery)
}

// What each request waits for, where it waits for this person.
export function waitsOf(home: Home | undefined): ReadonlyMap<number, WaitsFor> {
  return new Map((home?.waiting ?? []).map(({ ticket, waits_for }) => [ticket.id, waits_for]))
}

// Where on the request's page one goes on: the box one writes in, unless something else is asked.
export function placeOf(waits: WaitsFor | undefined): string | undefined {
  return waits === undefined || waits === 'answer' ? 'answer' : undefined
}
