import { useQuery } from '@tanstack/react-query'
import { api, ask, type Schemas } from '@/api/client'
import { all, one } from '@/api/keys'
import { queryClient } from '@/api/query_client'

export type Request = Schemas['TicketView']

export function useRequest(id: number) {
  return useQuery({
    queryKey: one('ticket', id),
    queryFn: ({ signal }) =>
      ask(
        api.GET('/tickets/{id}', {
          params: { path: { id }, query: { messages: true } },
          signal,
        }),
      ),
    enabled: id > 0,
  })
}

export function refreshRequest(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: all('ticket') })
}

// Plain lines become paragraphs; the server sanitises in any case.
export function htmlOf(text: string): string {
  const escaped = (line: string) =>
    line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return text
    .trim()
    .split('\n')
    .map((line) => `<p>${escaped(line)}</p>`)
    .join('')
}
