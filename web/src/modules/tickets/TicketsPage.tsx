import { Outlet, useParams } from '@tanstack/react-router'
import { Queue } from './queue/Queue'
import './tickets.css'

// The queue, and beside it the ticket that is open; on a narrow screen one or the other.
export default function TicketsPage() {
  const { id } = useParams({ strict: false }) as { id?: string }
  return (
    <div className="bj-tickets" data-open={id ? true : undefined}>
      <Queue openId={Number(id) || 0} />
      <div className="bj-tickets-page">
        <Outlet />
      </div>
    </div>
  )
}
