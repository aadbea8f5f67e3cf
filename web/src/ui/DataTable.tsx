import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button'
import './row.css'

export interface Column<T> {
  key: string
  title: string
  // The key the server sorts by, where it can.
  sort?: string
  number?: boolean
  width?: number
  cell: (row: T) => ReactNode
}

export interface DataTableProps<T> {
  label: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string | number
  // "name", "-created_at".
  sort?: string
  onSort?: (sort: string) => void
  onMore?: () => void
  pending?: boolean
}

// A table of what fits on some pages; on a phone every row is a card.
export function DataTable<T>(props: DataTableProps<T>) {
  const { columns, rows, keyOf, sort, onSort, onMore, pending } = props
  const { t } = useTranslation('ui')
  return (
    <>
      <div className="bj-table-box">
        <table className="bj-table" data-cards>
          <caption className="bj-hidden">{props.label}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <Head key={column.key} column={column} sort={sort} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map((column) => (
                  <td
                    key={column.key}
                    data-label={column.title}
                    data-number={column.number || undefined}
                  >
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {onMore && (
        <div className="bj-more">
          <Button onClick={onMore} pending={pending}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  )
}

interface HeadProps<T> {
  column: Column<T>
  sort?: string
  onSort?: (sort: string) => void
}

function Head<T>({ column, sort, onSort }: HeadProps<T>) {
  const { t } = useTranslation('ui')
  const key = column.sort
  const up = sort === key
  const down = sort === `-${key}`
  const order = key && (up ? 'ascending' : down ? 'descending' : 'none')
  return (
    <th
      scope="col"
      aria-sort={order || undefined}
      data-number={column.number || undefined}
      style={{ width: column.width }}
    >
      {key && onSort ? (
        <button
          type="button"
          title={t('sort_by', { what: column.title })}
          onClick={() => onSort(up ? `-${key}` : key)}
        >
          {column.title}
          {up && <IconArrowUp size={12} />}
          {down && <IconArrowDown size={12} />}
        </button>
      ) : (
        column.title
      )}
    </th>
  )
}
