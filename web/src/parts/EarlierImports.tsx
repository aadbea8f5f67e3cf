import { useTranslation } from 'react-i18next'
import type { Column } from '@/ui/DataTable'
import { Panel } from '@/ui/Panel'
import { ListView, type ListViewProps } from './ListView'
import { State } from './State'
import { Time } from './Time'
import './import.css'

interface Run {
  id: number
  file_name: string
  created_at: string
}

export interface EarlierImportsProps<T extends Run> {
  list: ListViewProps<T>['list']
  // Between the file and when it was.
  columns: readonly Column<T>[]
  onOpen: (run: T) => void
}

// What was imported before, the newest first.
export function EarlierImports<T extends Run>({ list, columns, onOpen }: EarlierImportsProps<T>) {
  const { t } = useTranslation('parts')
  const table: Column<T>[] = [
    {
      key: 'file',
      title: t('import.of_file'),
      cell: (run) => (
        <button type="button" className="bj-import-open" onClick={() => onOpen(run)}>
          {run.file_name}
        </button>
      ),
    },
    ...columns,
    { key: 'at', title: t('import.at'), cell: (run) => <Time at={run.created_at} /> },
  ]
  return (
    <Panel title={t('import.earlier')}>
      <ListView
        list={list}
        label={t('import.earlier')}
        columns={table}
        keyOf={(run) => run.id}
        empty={<State kind="nothing_yet" title={t('import.none_yet')} />}
      />
    </Panel>
  )
}
