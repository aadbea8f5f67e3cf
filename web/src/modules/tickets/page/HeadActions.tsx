import {
  IconArrowDown,
  IconArrowUp,
  IconDotsVertical,
  IconLink,
  IconPrinter,
  IconStar,
  IconStarFilled,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { apiPath } from '@/api/base_path'
import { useStore } from '@/api/store'
import { useMe } from '@/api/use_me'
import { useShortcut } from '@/parts/shortcuts'
import { done } from '@/parts/undo'
import { IconButton } from '@/ui/Button'
import { copyText } from '@/ui/clipboard'
import { Menu, type MenuItem } from '@/ui/Menu'
import { placeIn, queueOrder } from '../queue/order'
import type { Ticket } from './useTicket'
import { useWatchers } from './useWatchers'

export type Opened = 'assign' | 'merge' | 'split' | 'priority' | null

export interface HeadActionsProps {
  ticket: Ticket
  onOpen: (what: Opened) => void
}

export function HeadActions({ ticket, onOpen }: HeadActionsProps) {
  const { t } = useTranslation('tickets')
  const copy = async () => {
    if (await copyText(location.href)) done(t('link_copied'))
  }
  return (
    <div className="bj-ticket-ends">
      <QueueSteps ticket={ticket} />
      <Star ticket={ticket} />
      <IconButton
        className="bj-wide-only"
        label={t('copy_link')}
        icon={IconLink}
        onClick={() => void copy()}
      />
      <HeadMenu ticket={ticket} onOpen={onOpen} onCopy={() => void copy()} />
    </div>
  )
}

// Where it stands in the queue beside it, and the way to its neighbours.
function QueueSteps({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const go = useGoTo()
  const place = placeIn(useStore(queueOrder), ticket.id)
  const step = (to: number | null | undefined) => () => {
    if (to) go(to)
  }
  const keys = (key: string, title: string) => ({ keys: key, scope: 'ticket', title })
  useShortcut(keys('[', 'tickets:previous'), step(place?.previous), Boolean(place?.previous))
  useShortcut(keys(']', 'tickets:next'), step(place?.next), Boolean(place?.next))
  if (!place) return null
  return (
    <span className="bj-ticket-steps bj-wide-only">
      <span className="bj-numbers">
        {place.at} / {place.count}
        {place.more && '+'}
      </span>
      <IconButton
        label={t('previous')}
        keys="["
        icon={IconArrowUp}
        disabled={!place.previous}
        onClick={step(place.previous)}
      />
      <IconButton
        label={t('next')}
        keys="]"
        icon={IconArrowDown}
        disabled={!place.next}
        onClick={step(place.next)}
      />
    </span>
  )
}

// Another ticket, in the same view with the same filters.
export function useGoTo() {
  const navigate = useNavigate()
  return (id: number) =>
    void navigate({
      to: '/tickets/$id' as never,
      params: { id } as never,
      search: ((before: object) => before) as never,
    })
}

function Star({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const me = useMe()
  const { watchers, add, remove } = useWatchers(ticket)
  const watches = watchers.some((one) => one.member === me.id)
  return (
    <IconButton
      label={t(watches ? 'unwatch' : 'watch')}
      icon={watches ? IconStarFilled : IconStar}
      pressed={watches}
      onClick={() => (watches ? remove(me.id) : add({ member: me.id, name: me.name }))}
    />
  )
}

function HeadMenu({ ticket, onOpen, onCopy }: HeadActionsProps & { onCopy: () => void }) {
  const { t } = useTranslation('tickets')
  const may = (what: string) => ticket.allowed?.includes(what) ?? false
  const download = () => {
    const link = document.createElement('a')
    link.href = apiPath(`/tickets/${ticket.id}/archive`)
    link.download = `${ticket.number}.json`
    link.click()
  }
  const items: MenuItem[] = [
    { title: t('copy_link'), icon: IconLink, run: onCopy },
    { title: t('print'), icon: IconPrinter, run: () => window.print() },
    { title: t('archive'), run: download },
  ]
  if (may('assign')) items.push({ title: t('assign.with_note'), run: () => onOpen('assign') })
  if (may('merge')) {
    items.push(
      { title: t('merge.title'), apart: true, run: () => onOpen('merge') },
      { title: t('split.title'), run: () => onOpen('split') },
    )
  }
  return (
    <Menu align="end" items={items}>
      <IconButton label={t('more')} icon={IconDotsVertical} />
    </Menu>
  )
}
