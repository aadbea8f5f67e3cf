import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { api, ask, type Schemas } from './client'
import * as keys from './keys'
import { minutes } from './query_client'
import { keepCsrfToken } from './session'

export type Me = Schemas['Me']

export const meQuery = queryOptions({
  queryKey: keys.me,
  staleTime: 5 * minutes,
  queryFn: async ({ signal }) => {
    const me = await ask(api.GET('/me', { signal }))
    keepCsrfToken(me.csrf_token)
    return me
  },
})

// Who is signed in. Pages inside the shell always have somebody.
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}

// For places that are also shown when nobody is signed in.
export function useMaybeMe(): Me | undefined {
  return useQuery({ ...meQuery, enabled: false }).data
}

// For hiding what somebody may never do ("users.manage"). What may be done with one record comes
// with the record as `allowed`, and that decides where there is one.
export function useMay(): (right: string) => boolean {
  const rights = useMe().rights ?? []
  return (right) => rights.includes(right)
}
