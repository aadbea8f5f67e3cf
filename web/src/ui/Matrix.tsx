import type { ReactNode } from 'react'
import './field.css'
import './matrix.css'

export interface MatrixLine {
  key: string
  title: string
  hint?: string
}

export interface MatrixProps {
  label: string
  rows: readonly MatrixLine[]
  columns: readonly MatrixLine[]
  cell: (row: string, column: string) => ReactNode
}

// Something for each pair of two things: a right for a role, a priority for severity and impact.
export function Matrix({ label, rows, columns, cell }: MatrixProps) {
  return (
    <div className="bj-matrix-box">
      <table className="bj-matrix">
        <caption className="bj-hidden">{label}</caption>
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th key={column.key} scope="col" title={column.hint}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                {row.title}
                {row.hint && <div className="bj-option-hint">{row.hint}</div>}
              </th>
              {columns.map((column) => (
                <td key={column.key}>{cell(row.key, column.key)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
