import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '@/api/problem'
import './query_view.css'
import { State } from './State'

// What was asked of the server, alike everywhere: at first nothing, then the shape of what comes,
// then the thing itself; old content stays while new is on its way.

const quietMs = 150

export interface QueryViewProps<Answer> {
  query: UseQueryResult<Answer, Error>
  // The shape of what comes, of the same height.
  skeleton?: ReactNode
  // Shown instead of the content when this says so.
  isEmpty?: (answer: Answer) => boolean
  empty?: ReactNode
  children: (answer: Answer) => ReactNode
}

function Later({ children }: { children: ReactNode }) {
  const [isTime, setIsTime] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsTime(true), quietMs)
    return () => clearTimeout(timer)
  }, [])
  return isTime ? children : null
}

export function QueryFailed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation(['parts', 'reasons'])
  const problem = asProblem(error)
  const reason = t(`reasons:${problem.reason}`, { defaultValue: t('reasons:internal') })
  if (problem.status === 404) return <State kind="not_found" title={t('parts:not_found')} />
  if (problem.status === 403) return <State kind="no_right" title={reason} />
  return (
    <State
      kind="failed"
      title={t('parts:failed')}
      text={reason}
      request={problem.request}
      action={retry && { title: t('parts:retry'), run: retry }}
    />
  )
}

export function QueryView<Answer>(props: QueryViewProps<Answer>) {
  const { query, skeleton, isEmpty, empty, children } = props
  if (query.data === undefined) {
    if (query.isError) return <QueryFailed error={query.error} retry={() => void query.refetch()} />
    return <Later>{skeleton ?? <div className="bj-skeleton-block" />}</Later>
  }
  const isOld = query.isFetching && query.isPlaceholderData
  return (
    <div className="bj-query" aria-busy={isOld || undefined}>
      {isOld && <div className="bj-query-progress" aria-hidden="true" />}
      {isEmpty?.(query.data) ? empty : children(query.data)}
    </div>
  )
}
