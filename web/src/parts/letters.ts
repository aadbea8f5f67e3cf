import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { sayFailed } from './problems'
import { done } from './undo'

// Mail as tickets, contacts and the pages of mail speak of it. Their words are texts/letters.

export type IncomingLine = Schemas['IncomingLineView']
export type OutgoingLine = Schemas['OutgoingLineView']
export type Decision = 'let_in' | 'new_ticket' | 'refuse' | 'read_again'

// What a slug of a mail server, of the outbox or of the inbox says to people.
export function useMailReason(): (reason: string) => string {
  const { t } = useTranslation(['letters', 'reasons'])
  return (reason) =>
    t(`letters:reason.${reason}`, {
      defaultValue: t(`reasons:${reason}`, { defaultValue: t('letters:reason.other') }),
    })
}

// What may be decided about a mail as it is now; nothing where all is settled.
export function decisionsFor(mail: IncomingLine): Decision[] {
  switch (mail.state) {
    case 'held':
      return mail.ticket ? ['let_in', 'new_ticket', 'refuse'] : ['new_ticket', 'refuse']
    case 'unreadable':
      return ['read_again', 'refuse']
    case 'silent':
    case 'refused':
      return ['new_ticket']
    default:
      return []
  }
}

export function useDecide() {
  const { t } = useTranslation('letters')
  return useMutation({
    mutationFn: ({ id, decision }: { id: number; decision: Decision }) =>
      ask(
        api.POST('/incoming-mails/{id}/decisions', {
          params: { path: { id } },
          body: { decision },
        }),
      ),
    onError: sayFailed,
    onSuccess: (_mail, { decision }) => void done(t(`decide.done.${decision}`)),
    onSettled: () =>
      Promise.all(
        ['incoming_mail', 'mailbox', 'ticket'].map((kind) =>
          queryClient.invalidateQueries({ queryKey: all(kind) }),
        ),
      ),
  })
}
