import { IconPlus, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { one } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { Avatar } from '@/parts/Avatar'
import { fieldTexts, sayFailed } from '@/parts/problems'
import { Button, IconButton } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import { TextField } from '@/ui/Field'
import { Section } from '@/ui/Panel'
import type { Ticket } from './useTicket'

type Participant = Schemas['Participant']

const keyOf = (ticket: Ticket) => one('ticket', ticket.id, 'participants')
const refresh = (ticket: Ticket) => queryClient.invalidateQueries({ queryKey: keyOf(ticket) })

// Who besides the contact gets copies by mail and may answer them. Those who were only named in a
// mail's Cc are proposed, and get nothing before somebody admits them.
export function ParticipantsSection({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const [adding, setAdding] = useState(false)
  const query = useQuery({
    queryKey: keyOf(ticket),
    queryFn: async ({ signal }) => {
      const params = { path: { id: ticket.id } }
      return (await ask(api.GET('/tickets/{id}/participants', { params, signal }))).items
    },
  })
  const mayWork = ticket.allowed?.includes('note') ?? false
  const people = query.data ?? []
  if (people.length === 0 && !mayWork) return null
  return (
    <Section
      title={t('participants.title')}
      actions={
        mayWork && (
          <IconButton
            size={26}
            label={t('participants.add')}
            icon={IconPlus}
            pressed={adding}
            onClick={() => setAdding(!adding)}
          />
        )
      }
    >
      <ul className="bj-side-list-plain">
        {people.map((person) => (
          <Person key={person.id} person={person} ticket={ticket} mayWork={mayWork} />
        ))}
      </ul>
      {adding && <Add ticket={ticket} onDone={() => setAdding(false)} />}
    </Section>
  )
}

interface PersonProps {
  person: Participant
  ticket: Ticket
  mayWork: boolean
}

function Person({ person, ticket, mayWork }: PersonProps) {
  const { t } = useTranslation('tickets')
  const decide = useMutation({
    mutationFn: (state: Participant['state']) =>
      ask(
        api.PATCH('/participants/{id}', {
          params: { path: { id: person.id } },
          headers: ifVersion(person.version),
          body: { state },
        }),
      ),
    onError: sayFailed,
    onSettled: () => refresh(ticket),
  })
  const who = person.name ?? person.email
  const { state } = person
  return (
    <li className="bj-participant">
      <Avatar name={who} size={18} />
      <span>
        <bdi>{who}</bdi>
        {person.name && <small>{person.email}</small>}
        {state !== 'admitted' && (
          <Tag tone={state === 'proposed' ? 'warn' : 'line'}>{t(`participants.${state}`)}</Tag>
        )}
      </span>
      {mayWork && state !== 'admitted' && (
        <Button size="small" disabled={decide.isPending} onClick={() => decide.mutate('admitted')}>
          {t('participants.admit')}
        </Button>
      )}
      {mayWork && state !== 'refused' && (
        <IconButton
          size={26}
          label={t('participants.refuse_one', { who })}
          icon={IconX}
          disabled={decide.isPending}
          onClick={() => decide.mutate('refused')}
        />
      )}
    </li>
  )
}

function Add({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation('tickets')
  const [email, setEmail] = useState('')
  const add = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/tickets/{id}/participants', {
          params: { path: { id: ticket.id } },
          body: { email: email.trim() },
        }),
      ),
    onError: (error) => {
      if (Object.keys(fieldTexts(error)).length === 0) sayFailed(error)
    },
    onSuccess: onDone,
    onSettled: () => refresh(ticket),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (email.trim()) add.mutate()
  }
  return (
    <form className="bj-participant-add" noValidate onSubmit={submit}>
      <TextField
        label={t('participants.email')}
        type="email"
        autoComplete="off"
        autoFocus
        hint={t('participants.hint')}
        value={email}
        problem={add.error ? fieldTexts(add.error).email : null}
        onValue={setEmail}
      />
      <Button type="submit" pending={add.isPending}>
        {t('participants.add')}
      </Button>
    </form>
  )
}
