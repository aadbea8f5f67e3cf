import { useEffect, useRef } from 'react'
import { api, ask } from '@/api/client'

// Having opened a ticket one has read what is said on it; the desk is told so, once for each new
// message.
export function useRead(ticket: number, lastMessage: number | undefined): void {
  const told = useRef<number | undefined>(undefined)
  useEffect(() => {
    if (lastMessage === undefined || told.current === lastMessage) return
    told.current = lastMessage
    const params = { path: { id: ticket } }
    ask(api.POST('/tickets/{id}/reads', { params, body: { message: lastMessage } })).catch(() => {
      told.current = undefined
    })
  }, [ticket, lastMessage])
}
