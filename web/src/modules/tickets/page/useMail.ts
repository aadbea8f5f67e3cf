import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, ask } from '@/api/client'
import { list } from '@/api/keys'
import type { IncomingLine, OutgoingLine } from '@/parts/letters'
import type { Message } from './useTicket'

// What came for a ticket by mail, also what waits for a decision.
export function useIncomingMail(ticket: number) {
  return useQuery({
    queryKey: list('incoming_mail', { ticket }),
    queryFn: async ({ signal }) => {
      const params = { path: { id: ticket } }
      return (await ask(api.GET('/tickets/{id}/incoming-mails', { params, signal }))).items
    },
  })
}

// What was sent for a ticket, to whom and how it went.
export function useOutgoingMail(ticket: number) {
  return useQuery({
    queryKey: list('outgoing_mail', { ticket }),
    queryFn: async ({ signal }) => {
      const params = { path: { id: ticket } }
      return (await ask(api.GET('/tickets/{id}/outgoing-mails', { params, signal }))).items
    },
  })
}

export interface MailOfMessage {
  // The mail it came by.
  came: IncomingLine | undefined
  // A copy for each recipient.
  left: readonly OutgoingLine[]
}

export function useMailOfMessage({ id, ticket }: Message): MailOfMessage {
  const incoming = useIncomingMail(ticket).data
  const outgoing = useOutgoingMail(ticket).data
  return useMemo(
    () => ({
      came: incoming?.find((mail) => mail.message === id),
      left: outgoing?.filter((mail) => mail.message === id) ?? [],
    }),
    [incoming, outgoing, id],
  )
}

const gravest: readonly OutgoingLine['state'][] = [
  'bounced',
  'failed',
  'unclear',
  'waiting',
  'sent',
  'cancelled',
]

// Of several copies the one that most needs somebody.
export function gravestOf(mails: readonly OutgoingLine[]): OutgoingLine | undefined {
  const weight = (mail: OutgoingLine) => gravest.indexOf(mail.state)
  return mails.toSorted((a, b) => weight(a) - weight(b))[0]
}
