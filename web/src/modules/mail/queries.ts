import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, ask, type Schemas } from '@/api/client'
import { all, list } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { useMay } from '@/api/use_me'

export type MailboxView = Schemas['MailboxView']

export const mailboxesQuery = queryOptions({
  queryKey: list('mailbox'),
  queryFn: async ({ signal }) => (await ask(api.GET('/mailboxes', { signal }))).items,
})

// For naming and choosing one; only administrators know of them.
export function useMailboxes(): readonly MailboxView[] {
  const enabled = useMay()('mail.manage')
  return useQuery({ ...mailboxesQuery, enabled }).data ?? []
}

export const refreshMailboxes = () => queryClient.invalidateQueries({ queryKey: all('mailbox') })
