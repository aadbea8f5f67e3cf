import {
  IconArrowsSort,
  IconBookmark,
  IconLayoutList,
  IconPlus,
  IconUpload,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/api/use_me'
import { ExportButton } from '@/parts/ExportButton'
import { useShortcut } from '@/parts/shortcuts'
import { IconButton } from '@/ui/Button'
import { Count } from '@/ui/Chip'
import { Menu } from '@/ui/Menu'
import { ColumnChooser } from './ColumnChooser'
import { groupings } from './lines'
import type { ColumnChoice } from './useColumns'
import type { QueueState } from './useQueue'
import { ViewDialog } from './ViewDialog'

const sorts = ['due_at', '-created_at', 'created_at', '-updated_at', 'priority'] as const

export interface QueueHeadProps {
  queue: QueueState
  title: string
  // Null: there is no room for columns.
  columns: ColumnChoice | null
}

export function QueueHead({ queue, title, columns }: QueueHeadProps) {
  const { t } = useTranslation('tickets')
  const navigate = useNavigate()
  const may = useMay()
  const [editing, setEditing] = useState(false)
  const create = () => void navigate({ to: '/tickets/new' as never })
  const mayCreate = may('tickets.create')
  useShortcut({ keys: 'c', scope: 'list', title: 'tickets:key.create' }, create, mayCreate)
  return (
    <header className="bj-queue-head">
      <h1>
        {title} <Count value={queue.view?.count} />
      </h1>
      <Menu
        align="end"
        items={sorts.map((sort) => ({
          title: t(`sort.${sort}`),
          hint: sort === queue.sort ? t('now') : undefined,
          run: () => queue.change({ sort, group: undefined }),
        }))}
      >
        <IconButton label={t('sort.title')} icon={IconArrowsSort} />
      </Menu>
      <Menu
        align="end"
        items={groupings.map((group) => ({
          title: t(`group.${group}`),
          hint: group === queue.grouping ? t('now') : undefined,
          run: () => queue.change({ group, sort: undefined }),
        }))}
      >
        <IconButton label={t('group.title')} icon={IconLayoutList} />
      </Menu>
      {may('tickets.export') && <ExportButton name="tickets" ask={queue.exportAll} />}
      {may('tickets.import') && (
        <IconButton
          label={t('import')}
          icon={IconUpload}
          onClick={() => void navigate({ to: '/tickets/imports' as never })}
        />
      )}
      {columns && <ColumnChooser choice={columns} />}
      <IconButton label={t('view.keep')} icon={IconBookmark} onClick={() => setEditing(true)} />
      {mayCreate && (
        <IconButton
          kind="primary"
          label={t('key.create')}
          keys="c"
          icon={IconPlus}
          onClick={create}
        />
      )}
      {editing && <ViewDialog queue={queue} columns={columns} onClose={() => setEditing(false)} />}
    </header>
  )
}
