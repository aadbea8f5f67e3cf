import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { useStateName } from '@/parts/catalogue'
import { GroupHead } from '@/ui/Row'
import { VirtualList } from '@/ui/VirtualList'
import type { QueueColumn } from './columns'
import type { HeadLine, Line } from './lines'
import { TicketLine } from './TicketLine'
import type { QueueState } from './useQueue'
import type { useSelection } from './useSelection'
import { gridOf, WideHead, WideLine } from './WideLine'

// Where each queue was scrolled to; a ticket that is opened and left does not move it.
const places = new Map<string, number>()

const heights = { head: 30, narrow: 56, wide: 40 }

export interface QueueListProps {
  queue: QueueState
  title: string
  lines: readonly Line[]
  // Null: each ticket in two lines.
  columns: readonly QueueColumn[] | null
  selection: ReturnType<typeof useSelection>
  openId: number
  onOpen: (id: number) => void
  onFold: (key: string, opened: boolean) => void
}

export function QueueList(props: QueueListProps) {
  const { queue, lines, columns, selection, openId } = props
  const { query } = queue
  const stateName = useStateName()
  const groupTitle = useGroupTitle(queue)
  const place = JSON.stringify([queue.search, columns !== null])
  const row = columns ? heights.wide : heights.narrow
  const last = lines.at(-1)
  // A folded group is not filled while nobody sees it.
  const takesMore = last?.kind !== 'head' || last.opened
  const renderTicket = (line: Line & { kind: 'ticket' }) => {
    const { ticket } = line
    const shown = {
      ticket,
      stateName: stateName(ticket.service_type, ticket.state),
      open: ticket.id === openId,
      current: ticket.id === selection.current,
      chosen: selection.chosen.has(ticket.id),
      choosing: selection.here.length > 0,
      href: `tickets/${ticket.id}`,
      onOpen: props.onOpen,
      onChoose: selection.choose,
    }
    return columns ? <WideLine {...shown} columns={columns} /> : <TicketLine {...shown} />
  }
  const list = (
    <VirtualList
      key={place}
      label={props.title}
      items={lines}
      keyOf={(line) => (line.kind === 'head' ? `group ${line.key}` : line.ticket.id)}
      heightOf={(line) => (line.kind === 'head' ? heights.head : row)}
      isHead={(line) => line.kind === 'head'}
      currentIndex={lines.findIndex(
        (line) => line.kind === 'ticket' && line.ticket.id === selection.current,
      )}
      onEnd={() => {
        if (takesMore && query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
      }}
      scrollTop={places.get(place)}
      onScroll={(top) => {
        places.set(place, top)
        queue.lookAt(Math.floor(top / row))
      }}
      render={(line) =>
        line.kind === 'head' ? (
          <GroupHead
            title={groupTitle(line)}
            count={line.count}
            opened={line.opened}
            onOpened={(opened) => props.onFold(line.key, opened)}
          />
        ) : (
          renderTicket(line)
        )
      }
    />
  )
  if (!columns) return list
  return (
    <div className="bj-wide-list" style={{ '--bj-own-columns': gridOf(columns) } as CSSProperties}>
      <WideHead
        columns={columns}
        sort={queue.sort}
        onSort={(sort) => queue.change({ sort, group: undefined })}
      />
      {list}
    </div>
  )
}

// What a group is called: of people and states the tickets know the names.
function useGroupTitle({ grouping, rows }: QueueState) {
  const { t } = useTranslation(['tickets', 'words'])
  const stateName = useStateName()
  return ({ key }: HeadLine): string => {
    if (grouping === 'priority') return t(`words:priority.${key}`)
    if (grouping === 'assignee') {
      const name = rows.find((row) => String(row.assignee) === key)?.assignee_name
      return name ?? t('tickets:nobody')
    }
    if (grouping === 'state') {
      const ticket = rows.find((row) => row.state === key)
      return ticket ? stateName(ticket.service_type, key) : key
    }
    return t(`tickets:due.group.${key}`)
  }
}
