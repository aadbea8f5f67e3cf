import { IconLink, IconPlus, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { one } from '@/api/keys'
import { asProblem } from '@/api/problem'
import { queryClient } from '@/api/query_client'
import { findTickets } from '@/parts/lookups'
import { reasonText, sayFailed } from '@/parts/problems'
import { Button, IconButton } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { Banner, Section } from '@/ui/Panel'
import { Picker } from '@/ui/Picker'
import { useStateNames } from './useStateNames'
import type { Ticket } from './useTicket'

type Linked = Schemas['LinkedTicket']
type LinkKind = Linked['kind']

const kinds: readonly LinkKind[] = ['relates', 'duplicates', 'blocks', 'parent', 'incident']

export function LinksSection({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const [adding, setAdding] = useState(false)
  const stateName = useStateNames()
  const key = one('ticket', ticket.id, 'links')
  const params = { path: { id: ticket.id } }
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(api.GET('/tickets/{id}/links', { params, signal })),
  })
  const remove = useMutation({
    mutationFn: (link: number) =>
      ask(api.DELETE('/tickets/{id}/links/{link}', { params: { path: { id: ticket.id, link } } })),
    onError: sayFailed,
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  })
  const mayLink = ticket.allowed?.includes('note') ?? false
  const links = (query.data?.items ?? []) as Linked[]
  if (links.length === 0 && !mayLink) return null
  return (
    <Section
      title={t('links.title')}
      actions={
        mayLink && (
          <IconButton
            size={26}
            label={t('links.add')}
            icon={IconPlus}
            onClick={() => setAdding(true)}
          />
        )
      }
    >
      <ul className="bj-side-list-plain">
        {links.map((link) => (
          <li key={link.link} className="bj-side-item">
            <IconLink size={15} stroke={1.6} aria-hidden="true" />
            <span className="bj-side-item-text" title={link.subject}>
              <Link to={'/tickets/$id' as never} params={{ id: link.ticket } as never}>
                {link.subject}
              </Link>
            </span>
            <small>
              {t(`links.${link.kind}.${link.outgoing ? 'out' : 'in'}`)} · {stateName(link.state)}
            </small>
            {mayLink && (
              <IconButton
                size={22}
                label={t('links.remove', { number: link.number })}
                icon={IconX}
                onClick={() => remove.mutate(link.link)}
              />
            )}
          </li>
        ))}
      </ul>
      {adding && <LinkDialog ticket={ticket} onClose={() => setAdding(false)} />}
    </Section>
  )
}

function LinkDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation('tickets')
  const [kind, setKind] = useState<LinkKind>('relates')
  const [to, setTo] = useState<number | null>(null)
  const add = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/tickets/{id}/links', {
          params: { path: { id: ticket.id } },
          body: { to, kind } as never,
        }),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: one('ticket', ticket.id, 'links') })
      onClose()
    },
  })
  return (
    <Dialog
      title={t('links.add')}
      onClose={onClose}
      onSubmit={() => add.mutate()}
      footer={
        <Button type="submit" kind="primary" pending={add.isPending} disabled={!to}>
          {t('links.add')}
        </Button>
      }
    >
      <div className="bj-form">
        {add.error && <Banner tone="danger">{reasonText(asProblem(add.error).reason)}</Banner>}
        <Picker
          label={t('links.kind')}
          value={kind}
          options={kinds.map((one) => ({ value: one, label: t(`links.${one}.out`) }))}
          onValue={(value) => setKind(value ?? 'relates')}
        />
        <Picker
          autoFocus
          required
          label={t('links.to')}
          placeholder={t('find_ticket')}
          value={to}
          options={async (typed) => (await findTickets(typed)).filter((o) => o.value !== ticket.id)}
          onValue={setTo}
        />
      </div>
    </Dialog>
  )
}
