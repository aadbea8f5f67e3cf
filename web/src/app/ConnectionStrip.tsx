import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { connection } from '@/api/connection'
import { useStore } from '@/api/store'
import { meQuery } from '@/api/use_me'

const askAgainMs = 5000

// One strip for all trouble with the network. What somebody types stays where it is meanwhile.
export function ConnectionStrip() {
  const { t } = useTranslation('app')
  const state = useStore(connection)
  const queries = useQueryClient()
  const was = useRef(state)
  useEffect(() => {
    if (was.current !== 'fine' && state === 'fine') void queries.invalidateQueries()
    was.current = state
    if (state === 'fine') return undefined
    const timer = setInterval(() => {
      queries.fetchQuery({ ...meQuery, staleTime: 0 }).catch(() => undefined)
    }, askAgainMs)
    return () => clearInterval(timer)
  }, [state, queries])
  return (
    <div className="bj-strip" role="status" hidden={state === 'fine'}>
      {state !== 'fine' && t(`connection.${state}`)}
    </div>
  )
}
