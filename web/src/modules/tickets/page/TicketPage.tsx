import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { useMe } from '@/api/use_me'
import { usePresence } from '@/api/use_presence'
import { sayFailed } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { done } from '@/parts/undo'
import { useIdInPath, useSearchState } from '@/parts/usePlace'
import { Skeleton } from '@/ui/progress'
import { placeIn, queueOrder } from '../queue/order'
import { Composer, type ComposerHandle } from './Composer'
import { ConflictDialog } from './ConflictDialog'
import { keepDraft } from './draft'
import { useGoTo } from './HeadActions'
import { HeldMail } from './HeldMail'
import { MoveDialog } from './MoveDialog'
import { PhoneTabs } from './PhoneTabs'
import { PresenceStrip } from './PresenceStrip'
import { SidePanel } from './SidePanel'
import { Story } from './Story'
import { TicketHead } from './TicketHead'
import { useMoving } from './useMove'
import type { Sent } from './useSend'
import { refreshTicket, type Ticket, useTicketQuery } from './useTicket'
import './composer.css'
import './page.css'
import './side.css'

export default function TicketPage() {
  const id = useIdInPath()
  const query = useTicketQuery(id)
  return (
    <QueryView query={query} skeleton={<Skeleton lines={10} />}>
      {(ticket) => <OpenTicket key={ticket.id} ticket={ticket} />}
    </QueryView>
  )
}

function OpenTicket({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const me = useMe()
  const [search, setSearch] = useSearchState<'tab'>()
  const tab = search.tab === 'side' ? 'side' : 'story'
  const composer = useRef<ComposerHandle>(null)
  const { present, sayWriting } = usePresence(`ticket:${ticket.id}`)
  const others = present.filter((one) => one.user !== me.id)
  const goOn = useGoOn(ticket)
  const sent = useRef<Sent | null>(null)
  const moving = useMoving(ticket, () => {
    if (sent.current) goOn(sent.current)
    sent.current = null
  })
  return (
    <div className="bj-ticket" data-tab={tab}>
      <article className="bj-ticket-main" aria-label={ticket.subject}>
        <TicketHead ticket={ticket} others={others} onMove={moving.start} />
        <PhoneTabs
          tab={tab}
          onTab={(to) => setSearch({ tab: to === 'side' ? to : undefined }, false)}
        />
        <PresenceStrip others={others} />
        <HeldMail ticket={ticket} />
        <Story ticket={ticket} onTakenBack={(message) => composer.current?.takeBack(message)} />
        <Composer
          key={`${me.id}.ticket.${ticket.id}`}
          ref={composer}
          ticket={ticket}
          onWriting={sayWriting}
          onSent={(message, move) => {
            if (!move) return
            sent.current = message
            moving.start(move)
          }}
        />
      </article>
      <aside className="bj-ticket-side" aria-label={t('side.title')}>
        <SidePanel ticket={ticket} />
      </aside>
      {moving.moving && (
        <MoveDialog
          ticket={ticket}
          move={moving.moving}
          onMoved={moving.done}
          onClose={() => {
            sent.current = null
            moving.close()
          }}
        />
      )}
      <ConflictDialog ticket={ticket} />
    </div>
  )
}

// After "send and …" the next one of the queue; what was sent can be taken back from there, too.
function useGoOn(ticket: Ticket) {
  const { t } = useTranslation('tickets')
  const goTo = useGoTo()
  return (message: Sent) => {
    const next = placeIn(queueOrder.get(), ticket.id)?.next
    if (!next) return
    goTo(next)
    if (message.state !== 'pending') return
    done(t('sent_from', { number: ticket.number }), async () => {
      try {
        await ask(api.DELETE('/messages/{id}', { params: { path: { id: message.id } } }))
        await keepDraft(ticket.id, { kind: message.kind, body: message.body })
      } catch (error) {
        sayFailed(error)
      }
      await refreshTicket(ticket.id)
      goTo(ticket.id)
    })
  }
}
