import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { DataTable } from '@/ui/DataTable'
import { reasonText } from './problems'

type LineProblem = Schemas['LineProblem']

export interface LineProblemsProps {
  problems: readonly LineProblem[]
  // A column's name as its file has it.
  column: (name: string) => string
}

// The lines of a file that cannot come in, and why.
export function LineProblems({ problems, column }: LineProblemsProps) {
  const { t } = useTranslation('parts')
  if (problems.length === 0) return null
  return (
    <section aria-label={t('import.problems')}>
      <h3>{t('import.problems')}</h3>
      <DataTable<LineProblem>
        label={t('import.problems')}
        rows={problems as LineProblem[]}
        keyOf={(one) => `${one.line} ${one.column} ${one.reason}`}
        columns={[
          { key: 'line', title: t('import.line'), width: 72, cell: (one) => one.line },
          {
            key: 'column',
            title: t('import.of_column'),
            cell: (one) => (one.column ? column(one.column) : t('import.whole_line')),
          },
          { key: 'reason', title: t('import.reason'), cell: (one) => reasonText(one.reason) },
        ]}
      />
    </section>
  )
}
