import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { Time } from '@/parts/Time'
import { Tag } from '@/ui/Chip'
import { ChannelGlyph, PriorityGlyph } from '@/ui/Glyph'
import { DueChip } from './DueChip'
import type { TicketRow } from './useQueue'

// What the wide queue can show beside a subject: named as the API's own fields, so that a saved
// view may name them, too.

export interface Words {
  t: TFunction<['tickets', 'words']>
  stateName: string
}

export interface QueueColumn {
  key: string
  // As a grid writes it.
  width: string
  // What the server sorts by; the other way round with "-".
  sort?: string
  cell: (ticket: TicketRow, words: Words) => ReactNode
}

const channelCell: QueueColumn['cell'] = ({ channel }, { t }) => (
  <>
    <ChannelGlyph channel={channel} /> {t(`words:channel.${channel}`)}
  </>
)

const priorityCell: QueueColumn['cell'] = ({ priority }, { t }) => (
  <>
    <PriorityGlyph priority={priority} /> {t(`words:priority.${priority}`)}
  </>
)

const tagsCell: QueueColumn['cell'] = ({ tags = [] }) =>
  tags.map((tag) => <Tag key={tag}>{tag}</Tag>)

export const queueColumns: readonly QueueColumn[] = [
  { key: 'number', width: '118px', sort: 'number', cell: ({ number }) => number },
  { key: 'subject', width: 'minmax(220px, 3fr)', cell: ({ subject }) => subject },
  { key: 'customer_name', width: 'minmax(110px, 1.4fr)', cell: (one) => one.customer_name },
  { key: 'contact_name', width: '92px', cell: (one) => one.contact_name },
  { key: 'product_name', width: 'minmax(90px, 1fr)', cell: (one) => one.product_name },
  { key: 'priority', width: '88px', sort: 'priority', cell: priorityCell },
  { key: 'state', width: '100px', sort: 'state', cell: (_, { stateName }) => stateName },
  { key: 'due_at', width: '124px', sort: 'due_at', cell: (one) => <DueChip ticket={one} /> },
  { key: 'team_name', width: '104px', cell: (one) => one.team_name },
  {
    key: 'assignee_name',
    width: '88px',
    sort: 'assignee',
    cell: (one, { t }) => one.assignee_name ?? t('tickets:nobody'),
  },
  { key: 'channel', width: '92px', cell: channelCell },
  { key: 'tags', width: '128px', cell: tagsCell },
  {
    key: 'created_at',
    width: '84px',
    sort: 'created_at',
    cell: (one) => <Time at={one.created_at} as="short" />,
  },
  {
    key: 'updated_at',
    width: '84px',
    sort: 'updated_at',
    cell: (one) => <Time at={one.updated_at} as="short" />,
  },
]

export const usualColumns: readonly string[] = [
  'number',
  'subject',
  'customer_name',
  'priority',
  'state',
  'due_at',
  'assignee_name',
  'updated_at',
]

// Without its subject a ticket could not be told from others.
export const fixedColumn = 'subject'

// The chosen ones in the order of the list; names that mean nothing any more are left out.
export function chosenColumns(names: readonly string[]): QueueColumn[] {
  return queueColumns.filter(({ key }) => key === fixedColumn || names.includes(key))
}

// Once up, once down; newest first where that is what one wants to see.
export function nextSort(sort: string, key: string): string {
  const first = key.endsWith('_at') && key !== 'due_at' ? `-${key}` : key
  const other = first === key ? `-${key}` : key
  return sort === first ? other : first
}
