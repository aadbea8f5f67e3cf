import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '@/api/connection'
import { nameOf } from '@/parts/names'
import { QueryFailed } from '@/parts/QueryView'
import { State } from '@/parts/State'
import { useShortcut } from '@/parts/shortcuts'
import { timeZone } from '@/parts/time'
import { ProgressLine, Skeleton } from '@/ui/progress'
import { aimAt } from '../page/useTicket'
import { Bulk } from './Bulk'
import { endOfToday } from './due'
import { FilterBar } from './FilterBar'
import { linesOf } from './lines'
import { queueOrder } from './order'
import { QueueHead } from './QueueHead'
import { QueueList } from './QueueList'
import { useColumns } from './useColumns'
import { type QueueState, useQueue } from './useQueue'
import { useSelection } from './useSelection'

export function Queue({ openId }: { openId: number }) {
  const { t } = useTranslation(['tickets', 'words'])
  const queue = useQueue()
  const { rows, query, search } = queue
  const columns = useColumns(queue.view, openId > 0)
  const { lines, fold } = useLines(queue)
  const ids = useMemo(
    () => lines.flatMap((line) => (line.kind === 'ticket' ? [line.ticket.id] : [])),
    [lines],
  )
  useEffect(() => queueOrder.set({ ids, more: query.hasNextPage }), [ids, query.hasNextPage])
  const selection = useSelection(ids)
  const navigate = useNavigate()
  const { setCurrent } = selection
  const open = useCallback(
    (id: number) => {
      setCurrent(id)
      const to = { to: '/tickets/$id' as never, params: { id } as never, search: search as never }
      void navigate(to)
    },
    [setCurrent, navigate, search],
  )
  useKeys(selection, open)
  useEffect(() => {
    if (selection.current && selection.current !== openId) aimAt(selection.current)
  }, [selection.current, openId])
  useEffect(() => {
    if (openId) setCurrent(openId)
  }, [openId, setCurrent])
  const title = queue.view ? nameOf(queue.view) : t('tickets:all_open')
  return (
    <section className="bj-queue" aria-label={title}>
      <QueueHead queue={queue} title={title} columns={columns} />
      <FilterBar queue={queue} />
      <ProgressLine on={query.isFetching && !query.isLoading} />
      <div className="bj-queue-list">
        {query.isLoading && <Skeleton lines={12} />}
        {query.isError && !query.data && (
          <QueryFailed error={query.error} retry={() => void query.refetch()} />
        )}
        {query.data && rows.length === 0 && <Nothing queue={queue} />}
        {rows.length > 0 && (
          <QueueList
            queue={queue}
            title={title}
            lines={lines}
            columns={columns?.columns ?? null}
            selection={selection}
            openId={openId}
            onOpen={open}
            onFold={fold}
          />
        )}
      </div>
      {selection.here.length > 0 && <Bulk ids={selection.here} onClear={selection.clear} />}
    </section>
  )
}

function useLines({ rows, grouping, query }: QueueState) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const more = query.hasNextPage
  const lines = useMemo(() => {
    const now = serverNow()
    return linesOf(rows, { grouping, now, end: endOfToday(now, timeZone()), folded, more })
  }, [rows, grouping, folded, more])
  const fold = useCallback((key: string, opened: boolean) => {
    setFolded((before) => {
      const next = new Set(before)
      if (opened) next.delete(key)
      else next.add(key)
      return next
    })
  }, [])
  return { lines, fold }
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

function Nothing({ queue }: { queue: QueueState }) {
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
