import { IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { one } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { sayFailed } from '@/parts/problems'
import { IconButton } from '@/ui/Button'
import { Checkbox } from '@/ui/choices'
import { Section } from '@/ui/Panel'
import type { Ticket } from './useTicket'

type Item = Schemas['ChecklistLine']

// Small steps inside the ticket.
export function ChecklistSection({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const [typed, setTyped] = useState('')
  const key = one('ticket', ticket.id, 'checklist')
  const params = { path: { id: ticket.id } }
  const refresh = () => queryClient.invalidateQueries({ queryKey: key })
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(api.GET('/tickets/{id}/checklist', { params, signal })),
  })
  const add = useMutation({
    mutationFn: (title: string) =>
      ask(api.POST('/tickets/{id}/checklist', { params, body: { title } })),
    onError: sayFailed,
    onSuccess: () => setTyped(''),
    onSettled: refresh,
  })
  const tick = useMutation({
    mutationFn: (item: Item) =>
      ask(
        api.PATCH('/checklist-items/{id}', {
          params: { path: { id: item.id } },
          headers: ifVersion(item.version),
          body: { done: !item.done },
        }),
      ),
    onError: sayFailed,
    onSettled: refresh,
  })
  const remove = useMutation({
    mutationFn: (id: number) =>
      ask(api.DELETE('/checklist-items/{id}', { params: { path: { id } } })),
    onError: sayFailed,
    onSettled: refresh,
  })
  const mayWork = ticket.allowed?.includes('note') ?? false
  const items = query.data?.items ?? []
  if (items.length === 0 && !mayWork) return null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim()) add.mutate(typed.trim())
  }
  return (
    <Section title={t('checklist.title')}>
      <ul className="bj-side-list-plain">
        {items.map((item) => (
          <li key={item.id} className="bj-side-item">
            <span className="bj-side-item-text">
              <Checkbox
                label={item.title}
                checked={item.done ?? false}
                disabled={!mayWork}
                onChecked={() => tick.mutate(item)}
              />
            </span>
            <small>{item.done ? item.done_by_name : item.assignee_name}</small>
            {mayWork && (
              <IconButton
                size={22}
                label={t('checklist.remove', { title: item.title })}
                icon={IconX}
                onClick={() => remove.mutate(item.id)}
              />
            )}
          </li>
        ))}
      </ul>
      {mayWork && (
        <form onSubmit={submit}>
          <input
            className="bj-input"
            aria-label={t('checklist.add')}
            placeholder={t('checklist.add')}
            maxLength={200}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </form>
      )}
    </Section>
  )
}
