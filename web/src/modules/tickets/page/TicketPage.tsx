import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/use_me'
import { usePresence } from '@/api/use_presence'
import { QueryView } from '@/parts/QueryView'
import { useIdInPath } from '@/parts/usePlace'
import { Skeleton } from '@/ui/progress'
import { Composer, type ComposerHandle } from './Composer'
import { MoveDialog } from './MoveDialog'
import { PresenceStrip } from './PresenceStrip'
import { SidePanel } from './SidePanel'
import { Story } from './Story'
import { TicketHead } from './TicketHead'
import { type AllowedMove, type Ticket, useTicketQuery } from './useTicket'
import './page.css'

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
  const [moving, setMoving] = useState<AllowedMove | null>(null)
  const [showsSide, setShowsSide] = useState(false)
  const composer = useRef<ComposerHandle>(null)
  const { present, sayWriting } = usePresence(`ticket:${ticket.id}`)
  const others = present.filter((one) => one.user !== me.id)
  return (
    <div className="bj-ticket" data-side={showsSide || undefined}>
      <article className="bj-ticket-main" aria-label={ticket.subject}>
        <TicketHead
          ticket={ticket}
          others={others}
          onMove={setMoving}
          onSide={() => setShowsSide(!showsSide)}
        />
        <PresenceStrip others={others} />
        <Story ticket={ticket} />
        <Composer
          key={`${me.id}.ticket.${ticket.id}`}
          ref={composer}
          ticket={ticket}
          onWriting={sayWriting}
          onMove={setMoving}
        />
      </article>
      <aside className="bj-ticket-side" aria-label={t('side.title')}>
        <SidePanel ticket={ticket} />
      </aside>
      {moving && <MoveDialog ticket={ticket} move={moving} onClose={() => setMoving(null)} />}
    </div>
  )
}
