import type { ReactNode } from 'react'
import { DataTable, type DataTableProps } from '@/ui/DataTable'
import { ProgressLine, Skeleton } from '@/ui/progress'
import { QueryFailed } from './QueryView'
import type { useList } from './useList'

export interface ListViewProps<Row>
  extends Omit<DataTableProps<Row>, 'rows' | 'onMore' | 'pending'> {
  list: ReturnType<typeof useList<Row>>
  empty: ReactNode
}

// A table of what a list found, with the states that every list has.
export function ListView<Row>({ list, empty, ...table }: ListViewProps<Row>) {
  const { query, rows, onMore } = list
  if (query.isLoading) return <Skeleton lines={10} />
  if (query.isError && rows.length === 0) {
    return <QueryFailed error={query.error} retry={() => void query.refetch()} />
  }
  return (
    <>
      <ProgressLine on={query.isFetching} />
      {rows.length === 0 ? (
        empty
      ) : (
        <DataTable {...table} rows={rows} onMore={onMore} pending={query.isFetchingNextPage} />
      )}
    </>
  )
}
