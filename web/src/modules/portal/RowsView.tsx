import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { QueryFailed } from '@/parts/QueryView'
import { Button } from '@/ui/Button'
import { Skeleton } from '@/ui/progress'
import './rows.css'

export interface RowsViewProps<Row> {
  query: Pick<
    UseQueryResult<unknown, Error>,
    'isLoading' | 'isError' | 'error' | 'refetch' | 'isFetching'
  > & { isFetchingNextPage?: boolean }
  rows: readonly Row[]
  onMore?: () => void
  empty: ReactNode
  row: (row: Row) => ReactNode
}

// A list as cards of one column, with the states that every list has.
export function RowsView<Row>({ query, rows, onMore, empty, row }: RowsViewProps<Row>) {
  const { t } = useTranslation('portal')
  if (query.isLoading) {
    return (
      <div className="bj-panel">
        <Skeleton lines={8} />
      </div>
    )
  }
  if (query.isError && rows.length === 0) {
    return <QueryFailed error={query.error} retry={() => void query.refetch()} />
  }
  if (rows.length === 0) return <div className="bj-panel">{empty}</div>
  return (
    <>
      <ul className="bj-panel bj-rows" aria-busy={query.isFetching || undefined}>
        {rows.map(row)}
      </ul>
      {onMore && (
        <Button
          className="bj-more"
          size="large"
          pending={query.isFetchingNextPage}
          onClick={onMore}
        >
          {t('more')}
        </Button>
      )}
    </>
  )
}
