import { IconArrowLeft } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Present } from '@/api/live'
import { Avatar } from '@/parts/Avatar'
import { useShortcut } from '@/parts/shortcuts'
import { IconButton } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import { ChannelGlyph } from '@/ui/Glyph'
import { InlineText } from '@/ui/InlineText'
import { AssignDialog } from './AssignDialog'
import { HeadActions, type Opened } from './HeadActions'
import { AssigneeControl, PriorityControl, Promises, StateControl } from './HeadControls'
import { MergeDialog } from './MergeDialog'
import { PriorityDialog } from './PriorityDialog'
import { SplitDialog } from './SplitDialog'
import { usePatch } from './usePatch'
import type { AllowedMove, Ticket } from './useTicket'

export interface TicketHeadProps {
  ticket: Ticket
  others: readonly Present[]
  onMove: (move: AllowedMove) => void
}

export function TicketHead({ ticket, others, onMove }: TicketHeadProps) {
  const { t } = useTranslation('tickets')
  const [opened, setOpened] = useState<Opened>(null)
  const patch = usePatch(ticket)
  const mayEdit = ticket.allowed?.includes('edit') ?? false
  const close = () => setOpened(null)
  return (
    <header className="bj-ticket-head">
      <div className="bj-ticket-line bj-ticket-top">
        <BackToQueue />
        <Origin ticket={ticket} others={others} />
        <HeadActions ticket={ticket} onOpen={setOpened} />
      </div>
      <h1 className="bj-ticket-title">
        <InlineText
          label={t('fields.subject')}
          value={ticket.subject}
          disabled={!mayEdit}
          onValue={(subject) => patch({ subject })}
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

// One level back; the button is there where the queue has no room beside it.
function BackToQueue() {
  const { t } = useTranslation('tickets')
  const navigate = useNavigate()
  const search = ({ tab: _tab, ...rest }: Record<string, unknown>) => rest
  const go = () => void navigate({ to: '/tickets' as never, search: search as never })
  useShortcut({ keys: 'Escape', scope: 'ticket', title: 'tickets:key.back' }, go)
  return (
    <IconButton
      className="bj-ticket-back"
      label={t('new.back')}
      icon={IconArrowLeft}
      onClick={go}
    />
  )
}

// Its number, how it came in and what it is about; who else looks at it.
function Origin({ ticket, others }: Pick<TicketHeadProps, 'ticket' | 'others'>) {
  const { t } = useTranslation(['tickets', 'words'])
  const { product, product_version: version } = ticket.names
  return (
    <>
      <span className="bj-ticket-number">{ticket.number}</span>
      <span className="bj-ticket-origin">
        <Tag tone="line">
          <ChannelGlyph channel={ticket.channel} />
          {t(`words:channel.${ticket.channel}`)}
        </Tag>
        {product && <Tag tone="line">{[product, version].filter(Boolean).join(' · ')}</Tag>}
      </span>
      {others.map((other) => (
        <span key={other.user} className="bj-dot-person">
          <Avatar name={other.name} size={20} title={t('tickets:looking', { name: other.name })} />
        </span>
      ))}
    </>
  )
}
