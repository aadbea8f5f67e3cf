import { IconCircleDot } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '@/api/connection'
import { useMe } from '@/api/use_me'
import { Avatar } from '@/parts/Avatar'
import { findPeople } from '@/parts/lookups'
import { either, sentences } from '@/parts/names'
import { useShortcut } from '@/parts/shortcuts'
import { absolute } from '@/parts/time'
import { PriorityGlyph, SlaGlyph } from '@/ui/Glyph'
import { InlinePicker, type InlinePickerHandle } from '@/ui/InlinePicker'
import { DueChip } from '../queue/DueChip'
import { spanOf } from './span'
import { type AllowedMove, type Ticket, useAssign } from './useTicket'

export interface StateControlProps {
  ticket: Ticket
  onMove: (move: AllowedMove) => void
}

// The state, and where it can go from there; what hinders it stands below each way.
export function StateControl({ ticket, onMove }: StateControlProps) {
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
      <span className="bj-state-dot" data-phase={ticket.phase}>
        <IconCircleDot size={15} stroke={1.8} aria-hidden="true" />
      </span>
      {either(ticket.state_zh, ticket.state_en)}
    </InlinePicker>
  )
}

export function PriorityControl({ ticket, onOther }: { ticket: Ticket; onOther: () => void }) {
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

export function AssigneeControl({ ticket, onMore }: { ticket: Ticket; onMore: () => void }) {
  const { t } = useTranslation('tickets')
  const me = useMe()
  const picker = useRef<InlinePickerHandle>(null)
  const assign = useAssign(ticket)
  const mayAssign = ticket.allowed?.includes('assign') ?? false
  const mayTake = ticket.allowed?.includes('take') ?? false
  const open = () => picker.current?.open()
  const may = mayAssign || mayTake
  useShortcut({ keys: 'a', scope: 'ticket', title: 'tickets:key.assign' }, open, may)
  const name = ticket.names.assignee
  const isMine = ticket.assignee === me.id
  const options = async (typed: string) => [
    ...(typed || isMine ? [] : [{ value: me.id, label: t('take_it'), hint: me.name }]),
    ...(typed || !mayAssign ? [] : [{ value: more, label: t('assign.with_note') }]),
    ...(mayAssign
      ? (await findPeople(typed)).filter((one) => typed || (one.value !== me.id && !isMine))
      : []),
    ...(ticket.assignee && !typed && mayAssign ? [{ value: nobody, label: t('nobody') }] : []),
  ]
  return (
    <InlinePicker
      ref={picker}
      boxed
      label={t('fields.assignee')}
      disabled={!may}
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

// What was promised and how it stands.
export function Promises({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const { responded_at: responded, resolved_at: resolved, due_at: due } = ticket
  const kind = t(`due.kind.${ticket.due_kind ?? 'promise'}`, {
    defaultValue: t('due.kind.promise'),
  })
  const isOpen = ticket.phase === 'new' || ticket.phase === 'open'
  return (
    <span className="bj-ticket-promise">
      {responded && <Kept ticket={ticket} at={responded} name={t('responded')} />}
      {!responded && isOpen && <Waiting ticket={ticket} />}
      {resolved && <Kept ticket={ticket} at={resolved} name={t('resolved')} />}
      {!resolved && (
        <span>
          {due && kind} <DueChip ticket={ticket} />
        </span>
      )}
      {ticket.rating ? <span>{t('rated', { stars: '★'.repeat(ticket.rating) })}</span> : null}
    </span>
  )
}

interface KeptProps {
  ticket: Ticket
  at: string
  name: string
}

function Kept({ ticket, at, name }: KeptProps) {
  const { t } = useTranslation('tickets')
  const { unit, big, small } = spanOf(Date.parse(at) - Date.parse(ticket.created_at))
  return (
    <span title={absolute(at)}>
      {name} <SlaGlyph state="met" /> <b>{t(`span.${unit}`, { count: big, small })}</b>
    </span>
  )
}

// Nobody has answered yet; how long that has been is plain to see.
function Waiting({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const { unit, big, small } = spanOf(serverNow() - Date.parse(ticket.created_at))
  const span = t(`span.${unit}`, { count: big, small })
  return <span>{t('not_answered', { span })}</span>
}
