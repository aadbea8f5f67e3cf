import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '@/api/connection'
import { useStateName } from '@/parts/catalogue'
import { nameOf } from '@/parts/names'
import { QueryFailed } from '@/parts/QueryView'
import { State } from '@/parts/State'
import { useShortcut } from '@/parts/shortcuts'
import { ProgressLine, Skeleton } from '@/ui/progress'
import { GroupHead } from '@/ui/Row'
import { VirtualList } from '@/ui/VirtualList'
import { Bulk } from './Bulk'
import { dueGroup, dueGroups, grouped } from './due'
import { FilterBar } from './FilterBar'
import { queueOrder } from './order'
import { QueueHead } from './QueueHead'
import { TicketLine } from './TicketLine'
import { type TicketRow, useQueue } from './useQueue'
import { useSelection } from './useSelection'

type Line = { kind: 'group'; key: string; count: number } | { kind: 'ticket'; ticket: TicketRow }

export type Grouping = 'due' | 'none' | 'priority' | 'assignee'

function endOfToday(): number {
  return new Date().setHours(23, 59, 59, 999)
}

function linesOf(rows: readonly TicketRow[], grouping: Grouping): Line[] {
  if (grouping === 'none') return rows.map((ticket) => ({ kind: 'ticket', ticket }))
  const now = serverNow()
  const end = endOfToday()
  const keyOf = (ticket: TicketRow) => {
    if (grouping === 'priority') return ticket.priority
    if (grouping === 'assignee') return ticket.assignee_name ?? ''
    return dueGroup(ticket, now, end)
  }
  const order =
    grouping === 'due' ? dueGroups : grouping === 'priority' ? ['P1', 'P2', 'P3', 'P4'] : []
  return grouped(rows, keyOf, order).flatMap(({ key, items }): Line[] => [
    { kind: 'group', key, count: items.length },
    ...items.map((ticket): Line => ({ kind: 'ticket', ticket })),
  ])
}

// Where each queue was scrolled to; a ticket that is opened and left does not move it.
const places = new Map<string, number>()

export function Queue({ openId }: { openId: number }) {
  const { t } = useTranslation(['tickets', 'words'])
  const queue = useQueue()
  const { rows, query, search } = queue
  // Where nothing was promised, what is urgent comes first.
  const usual: Grouping = rows.some((row) => row.due_at) ? 'due' : 'priority'
  const grouping = (search.group as Grouping | undefined) ?? usual
  const lines = useMemo(() => linesOf(rows, grouping), [rows, grouping])
  const ids = useMemo(
    () => lines.flatMap((line) => (line.kind === 'ticket' ? [line.ticket.id] : [])),
    [lines],
  )
  useEffect(() => queueOrder.set({ ids, more: query.hasNextPage }), [ids, query.hasNextPage])
  const selection = useSelection(ids)
  const stateName = useStateName()
  const navigate = useNavigate()
  const open = (id: number) => {
    selection.setCurrent(id)
    void navigate({ to: '/tickets/$id' as never, params: { id } as never, search: search as never })
  }
  useKeys(selection, open)
  const place = JSON.stringify(search)
  const { setCurrent } = selection
  useEffect(() => {
    if (openId) setCurrent(openId)
  }, [openId, setCurrent])
  const groupTitle = (key: string) => {
    if (grouping === 'priority') return t(`words:priority.${key}`)
    if (grouping === 'assignee') return key || t('tickets:nobody')
    return t(`tickets:due.group.${key}`)
  }
  const title = queue.view ? nameOf(queue.view) : t('tickets:all_open')
  return (
    <section className="bj-queue" aria-label={title}>
      <QueueHead queue={queue} title={title} grouping={grouping} />
      <FilterBar queue={queue} />
      <ProgressLine on={query.isFetching && !query.isLoading} />
      <div className="bj-queue-list">
        {query.isLoading && <Skeleton lines={12} />}
        {query.isError && !query.data && (
          <QueryFailed error={query.error} retry={() => void query.refetch()} />
        )}
        {query.data && rows.length === 0 && <Nothing queue={queue} />}
        {rows.length > 0 && (
          <VirtualList
            key={place}
            label={title}
            items={lines}
            keyOf={(line) => (line.kind === 'group' ? `group ${line.key}` : line.ticket.id)}
            heightOf={(line) => (line.kind === 'group' ? 30 : 56)}
            currentIndex={lines.findIndex(
              (line) => line.kind === 'ticket' && line.ticket.id === selection.current,
            )}
            onEnd={() => {
              if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
            }}
            scrollTop={places.get(place)}
            onScroll={(top) => places.set(place, top)}
            render={(line) =>
              line.kind === 'group' ? (
                <GroupHead title={groupTitle(line.key)} count={line.count} />
              ) : (
                <TicketLine
                  ticket={line.ticket}
                  stateName={stateName(line.ticket.service_type, line.ticket.state)}
                  open={line.ticket.id === openId}
                  current={line.ticket.id === selection.current}
                  chosen={selection.chosen.has(line.ticket.id)}
                  choosing={selection.here.length > 0}
                  href={`tickets/${line.ticket.id}`}
                  onOpen={open}
                  onChoose={selection.choose}
                />
              )
            }
          />
        )}
      </div>
      {selection.here.length > 0 && <Bulk ids={selection.here} onClear={selection.clear} />}
    </section>
  )
}

function useKeys(selection: ReturnType<typeof useSelection>, open: (id: number) => void) {
  const key = (keys: string, name: string) => ({
    keys,
    scope: 'list',
    title: `tickets:key.${name}`,
  })
  useShortcut(key('j', 'next'), () => selection.step(1, false))
  useShortcut(key('k', 'previous'), () => selection.step(-1, false))
  useShortcut(key('shift+j', 'extend_down'), () => selection.step(1, true))
  useShortcut(key('shift+k', 'extend_up'), () => selection.step(-1, true))
  useShortcut(key('x', 'choose'), () => {
    if (selection.current) selection.choose(selection.current, false)
  })
  const go = () => {
    if (selection.current) open(selection.current)
  }
  useShortcut(key('o', 'open'), go)
  useShortcut(key('Enter', 'open'), (event) => {
    const on = event.target as HTMLElement
    // Enter on a button or a link is theirs.
    if (on.closest('button, a, [role="option"]')) on.click()
    else go()
  })
}

function Nothing({ queue }: { queue: ReturnType<typeof useQueue> }) {
  const { t } = useTranslation('tickets')
  const last = Object.keys(queue.filters).at(-1)
  if (last) {
    return (
      <State
        kind="filtered_out"
        title={t('nothing.filtered')}
        action={{
          title: t('nothing.drop_last'),
          run: () => queue.change({ [last]: undefined } as never),
        }}
      />
    )
  }
  return <State kind="done" title={t('nothing.done')} text={t('nothing.done_text')} />
}
