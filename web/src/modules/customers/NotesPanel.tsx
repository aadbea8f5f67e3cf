import { IconCalendarHeart, IconPlus, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { one } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { sayFailed } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { RecordDialog } from '@/parts/RecordDialog'
import { Time } from '@/parts/Time'
import { Button, IconButton } from '@/ui/Button'
import { Panel } from '@/ui/Panel'

export function NotesPanel({ customer }: { customer: number }) {
  const { t } = useTranslation('customers')
  const [typed, setTyped] = useState('')
  const key = one('customer', customer, 'notes')
  const params = { path: { id: customer } }
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(api.GET('/customers/{id}/notes', { params, signal })),
  })
  const add = useMutation({
    mutationFn: (body: string) =>
      ask(api.POST('/customers/{id}/notes', { params, body: { body } })),
    onError: sayFailed,
    onSuccess: () => setTyped(''),
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim()) add.mutate(typed.trim())
  }
  return (
    <Panel title={t('notes')}>
      <form className="bj-form" onSubmit={submit}>
        <textarea
          className="bj-input"
          aria-label={t('add_note')}
          placeholder={t('add_note')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {typed.trim() && (
          <Button type="submit" kind="primary" pending={add.isPending}>
            {t('keep_note')}
          </Button>
        )}
      </form>
      <QueryView query={query}>
        {(found) => (
          <ul className="bj-record-list">
            {found.items.map((note) => (
              <li key={note.id}>
                <span />
                <span className="bj-note-text">
                  {note.body}
                  <small>
                    <Time at={note.written_at} />
                  </small>
                </span>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </Panel>
  )
}

export function DatesPanel({ customer }: { customer: number }) {
  const { t } = useTranslation('customers')
  const [adding, setAdding] = useState(false)
  const params = { path: { id: customer } }
  const key = one('customer', customer, 'dates')
  const refresh = () => queryClient.invalidateQueries({ queryKey: key })
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(api.GET('/customers/{id}/dates', { params, signal })),
  })
  const remove = useMutation({
    mutationFn: (id: number) =>
      ask(api.DELETE('/customer-dates/{id}', { params: { path: { id } } })),
    onError: sayFailed,
    onSettled: refresh,
  })
  return (
    <Panel
      title={t('dates')}
      actions={
        <IconButton
          size={28}
          label={t('add_date')}
          icon={IconPlus}
          onClick={() => setAdding(true)}
        />
      }
    >
      <QueryView
        query={query}
        isEmpty={(found) => found.items.length === 0}
        empty={<p className="bj-count">{t('no_dates')}</p>}
      >
        {(found) => (
          <ul className="bj-record-list">
            {found.items.map((date) => (
              <li key={date.id}>
                <IconCalendarHeart size={18} stroke={1.6} aria-hidden="true" />
                <span>
                  {date.name}
                  <small>
                    {[date.day, date.every_year && t('every_year')].filter(Boolean).join(' · ')}
                  </small>
                </span>
                <IconButton
                  size={24}
                  label={t('remove_date', { name: date.name })}
                  icon={IconX}
                  onClick={() => remove.mutate(date.id)}
                />
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      {adding && (
        <RecordDialog
          title={t('add_date')}
          fields={[
            { key: 'name', label: t('field.occasion'), required: true },
            { key: 'day', label: t('field.day'), kind: 'date', required: true },
            { key: 'every_year', label: t('every_year'), kind: 'switch' },
            { key: 'notes', label: t('field.notes') },
          ]}
          initial={{ every_year: true }}
          onClose={() => setAdding(false)}
          save={(values) =>
            ask(api.POST('/customers/{id}/dates', { params, body: values as never }))
          }
          onSaved={refresh}
        />
      )}
    </Panel>
  )
}
