import {
  IconDotsVertical,
  IconInfoCircle,
  IconLink,
  IconPrinter,
  IconStar,
  IconStarFilled,
} from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { one } from '@/api/keys'
import type { Present } from '@/api/live'
import { queryClient } from '@/api/query_client'
import { useMe } from '@/api/use_me'
import { Avatar } from '@/parts/Avatar'
import { findPeople } from '@/parts/lookups'
import { either, sentences } from '@/parts/names'
import { sayFailed } from '@/parts/problems'
import { useShortcut } from '@/parts/shortcuts'
import { absolute } from '@/parts/time'
import { done } from '@/parts/undo'
import { IconButton } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import { ChannelGlyph, PriorityGlyph, SlaGlyph } from '@/ui/Glyph'
import { InlinePicker, type InlinePickerHandle } from '@/ui/InlinePicker'
import { InlineText } from '@/ui/InlineText'
import { Menu, type MenuItem } from '@/ui/Menu'
import { DueChip } from '../queue/TicketLine'
import { AssignDialog } from './AssignDialog'
import { MergeDialog } from './MergeDialog'
import { PriorityDialog } from './PriorityDialog'
import { SplitDialog } from './SplitDialog'
import { type AllowedMove, type Ticket, useAssign, usePatch } from './useTicket'

export interface TicketHeadProps {
  ticket: Ticket
  others: readonly Present[]
  onMove: (move: AllowedMove) => void
  onSide: () => void
}

type Opened = 'assign' | 'merge' | 'split' | 'priority' | null

export function TicketHead({ ticket, others, onMove, onSide }: TicketHeadProps) {
  const { t } = useTranslation(['tickets', 'words'])
  const [opened, setOpened] = useState<Opened>(null)
  const patch = usePatch(ticket)
  const mayEdit = ticket.allowed?.includes('edit') ?? false
  const close = () => setOpened(null)
  return (
    <header className="bj-ticket-head">
      <div className="bj-ticket-line">
        <span className="bj-ticket-number">{ticket.number}</span>
        <Tag tone="line">
          <ChannelGlyph channel={ticket.channel} />
          {t(`words:channel.${ticket.channel}`)}
        </Tag>
        {ticket.names.product && (
          <Tag tone="line">
            {[ticket.names.product, ticket.names.product_version].filter(Boolean).join(' · ')}
          </Tag>
        )}
        {others.map((other) => (
          <span key={other.user} className="bj-dot-person">
            <Avatar
              name={other.name}
              size={20}
              title={t('tickets:looking', { name: other.name })}
            />
          </span>
        ))}
        <div className="bj-ticket-ends">
          <Star ticket={ticket} />
          <HeadMenu ticket={ticket} onOpen={setOpened} />
          <IconButton
            className="bj-ticket-side-switch"
            label={t('tickets:side.title')}
            icon={IconInfoCircle}
            onClick={onSide}
          />
        </div>
      </div>
      <h1 className="bj-ticket-title">
        <InlineText
          label={t('tickets:fields.subject')}
          value={ticket.subject}
          disabled={!mayEdit}
          onValue={(subject) => patch.mutate({ subject })}
        />
      </h1>
      <div className="bj-ticket-line">
        <StateControl ticket={ticket} onMove={onMove} />
        <PriorityControl ticket={ticket} onOther={() => setOpened('priority')} />
        <AssigneeControl ticket={ticket} onMore={() => setOpened('assign')} />
        <Promises ticket={ticket} />
      </div>
      {opened === 'assign' && <AssignDialog ticket={ticket} onClose={close} />}
      {opened === 'merge' && <MergeDialog ticket={ticket} onClose={close} />}
      {opened === 'split' && <SplitDialog ticket={ticket} onClose={close} />}
      {opened === 'priority' && <PriorityDialog ticket={ticket} onClose={close} />}
    </header>
  )
}

function StateControl({ ticket, onMove }: { ticket: Ticket; onMove: (move: AllowedMove) => void }) {
  const { t } = useTranslation(['tickets', 'reasons'])
  const picker = useRef<InlinePickerHandle>(null)
  const moves = ticket.transitions ?? []
  const open = () => picker.current?.open()
  useShortcut({ keys: 's', scope: 'ticket', title: 'tickets:key.state' }, open, moves.length > 0)
  return (
    <InlinePicker
      ref={picker}
      boxed
      search={false}
      label={t('tickets:fields.state')}
      disabled={moves.length === 0}
      options={moves.map((move) => ({
        value: move.key,
        label: either(move.name_zh, move.name_en),
        hint:
          sentences((move.refused_because ?? []).map((reason) => t(`reasons:${reason}`))) ||
          undefined,
      }))}
      onValue={(key) => {
        const move = moves.find((one) => one.key === key)
        if (move) onMove(move)
      }}
    >
      {either(ticket.state_zh, ticket.state_en)}
    </InlinePicker>
  )
}

function PriorityControl({ ticket, onOther }: { ticket: Ticket; onOther: () => void }) {
  const { t } = useTranslation(['tickets', 'words'])
  const mayEdit = ticket.allowed?.includes('edit') ?? false
  useShortcut({ keys: 'p', scope: 'ticket', title: 'tickets:key.priority' }, onOther, mayEdit)
  const name = t(`words:priority.${ticket.priority}`)
  return (
    <button
      type="button"
      className="bj-inline"
      data-boxed
      disabled={!mayEdit}
      title={ticket.priority_reason || t('tickets:fields.priority')}
      onClick={onOther}
    >
      <PriorityGlyph priority={ticket.priority} label={t('tickets:fields.priority')} />
      {name}
    </button>
  )
}

const nobody = 0
const more = -1

function AssigneeControl({ ticket, onMore }: { ticket: Ticket; onMore: () => void }) {
  const { t } = useTranslation('tickets')
  const me = useMe()
  const picker = useRef<InlinePickerHandle>(null)
  const assign = useAssign(ticket)
  const mayAssign = ticket.allowed?.includes('assign') ?? false
  const mayTake = ticket.allowed?.includes('take') ?? false
  const open = () => picker.current?.open()
  useShortcut({ keys: 'a', scope: 'ticket', title: 'tickets:key.assign' }, open, mayAssign)
  const name = ticket.names.assignee
  const options = async (typed: string) => [
    { value: me.id, label: t('take_it'), hint: me.name, words: 'me' },
    ...(typed ? [] : [{ value: more, label: t('assign.with_note') }]),
    ...(mayAssign ? (await findPeople(typed)).filter((one) => one.value !== me.id) : []),
    ...(ticket.assignee && !typed ? [{ value: nobody, label: t('nobody') }] : []),
  ]
  return (
    <InlinePicker
      ref={picker}
      boxed
      label={t('fields.assignee')}
      disabled={!mayAssign && !mayTake}
      options={options}
      onValue={(id) => {
        if (id === more) onMore()
        else assign.mutate({ assignee: id === nobody ? null : id })
      }}
    >
      {name ? <Avatar name={name} size={18} /> : null}
      {name ?? <span className="bj-inline-none">{t('nobody')}</span>}
    </InlinePicker>
  )
}

function Promises({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  return (
    <span className="bj-ticket-promise">
      {ticket.responded_at && (
        <span title={absolute(ticket.responded_at)}>
          {t('responded')} <SlaGlyph state="met" /> {absolute(ticket.responded_at)}
        </span>
      )}
      <DueChip ticket={ticket} />
      {ticket.rating ? <span>{t('rated', { stars: '★'.repeat(ticket.rating) })}</span> : null}
    </span>
  )
}

function Star({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const me = useMe()
  const path = { path: { id: ticket.id } }
  const key = one('ticket', ticket.id, 'watchers')
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(api.GET('/tickets/{id}/watchers', { params: path, signal })),
  })
  const watches = query.data?.items.some((one) => one.member === me.id) ?? false
  const change = useMutation({
    mutationFn: async () => {
      if (!watches) await ask(api.POST('/tickets/{id}/watchers', { params: path, body: {} }))
      else {
        const params = { path: { id: ticket.id, member: me.id } }
        await ask(api.DELETE('/tickets/{id}/watchers/{member}', { params }))
      }
    },
    onError: sayFailed,
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  })
  return (
    <IconButton
      label={t(watches ? 'unwatch' : 'watch')}
      icon={watches ? IconStarFilled : IconStar}
      pressed={watches}
      onClick={() => change.mutate()}
    />
  )
}

function HeadMenu({ ticket, onOpen }: { ticket: Ticket; onOpen: (what: Opened) => void }) {
  const { t } = useTranslation('tickets')
  const may = (what: string) => ticket.allowed?.includes(what) ?? false
  const copy = async () => {
    await navigator.clipboard.writeText(location.href)
    done(t('link_copied'))
  }
  const items: MenuItem[] = [
    { title: t('copy_link'), icon: IconLink, run: () => void copy() },
    { title: t('print'), icon: IconPrinter, run: () => window.print() },
    { title: t('archive'), run: () => window.open(archiveAddress(ticket.id)) },
  ]
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

function archiveAddress(id: number): string {
  return new URL(`api/v1/tickets/${id}/archive`, document.baseURI.replace(/tickets.*$/, '')).href
}
