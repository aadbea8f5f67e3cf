import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { startLive } from './live'
import { meQuery, useMe } from './use_me'

// What happens elsewhere is seen here, as long as somebody is signed in.
export function useLive(): void {
  const queries = useQueryClient()
  const { id } = useMe()
  useEffect(() => {
    const ask = () => void queries.fetchQuery({ ...meQuery, staleTime: 0 }).catch(() => undefined)
    const seq = queries.getQueryData(meQuery.queryKey)?.seq ?? 0
    return startLive(queries, { id, seq }, ask)
  }, [queries, id])
}
