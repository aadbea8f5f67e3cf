import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useServiceTypes, useTeams } from '@/parts/catalogue'
import { nameOf } from '@/parts/names'
import { Page } from '@/parts/Page'
import { QueryView } from '@/parts/QueryView'
import { State } from '@/parts/State'
import { Button } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import { type Column, DataTable } from '@/ui/DataTable'
import { Health } from './Health'
import { type MailboxView, mailboxesQuery } from './queries'
import './mail.css'

// Where customers write to, and whether it works (INT-4).
export default function MailboxesPage() {
  const { t } = useTranslation('mail')
  const go = useNavigate()
  const add = () => void go({ to: '/mailboxes/new' as never })
  const query = useQuery(mailboxesQuery)
  const columns = useColumns()
  return (
    <Page
      title={t('mailboxes')}
      actions={
        <Button kind="primary" icon={IconPlus} onClick={add}>
          {t('add_mailbox')}
        </Button>
      }
    >
      <QueryView
        query={query}
        isEmpty={(found) => found.length === 0}
        empty={
          <State
            kind="nothing_yet"
            title={t('no_mailboxes')}
            text={t('no_mailboxes_text')}
            action={{ title: t('add_mailbox'), run: add }}
          />
        }
      >
        {(found) => (
          <DataTable
            label={t('mailboxes')}
            rows={found}
            keyOf={(view) => view.id}
            columns={columns}
          />
        )}
      </QueryView>
    </Page>
  )
}

function useColumns(): Column<MailboxView>[] {
  const { t } = useTranslation('mail')
  const types = useServiceTypes()
  const teams = useTeams()
  return [
    {
      key: 'address',
      title: t('field.address'),
      cell: ({ id, mailbox }) => (
        <>
          <Link to={'/mailboxes/$id' as never} params={{ id } as never}>
            {mailbox.address}
          </Link>{' '}
          {!mailbox.active && <Tag>{t('inactive')}</Tag>}
        </>
      ),
    },
    { key: 'health', title: t('health'), cell: (view) => <Health view={view} /> },
    {
      key: 'type',
      title: t('field.service_type'),
      cell: ({ mailbox }) => nameOf(types.find((type) => type.id === mailbox.service_type)),
    },
    {
      key: 'team',
      title: t('field.team'),
      cell: ({ mailbox }) => teams.find((team) => team.id === mailbox.team)?.name ?? '',
    },
    {
      key: 'waiting',
      title: t('waiting'),
      number: true,
      cell: ({ health }) => health.waiting,
    },
    {
      key: 'held',
      title: t('held'),
      number: true,
      cell: ({ id, health }) => (
        <Counted to="/incoming-mails" search={{ state: 'held', mailbox: id }} count={health.held} />
      ),
    },
    {
      key: 'to_send',
      title: t('to_send'),
      number: true,
      cell: ({ id, health }) => (
        <Counted
          to="/outgoing-mails"
          search={{ state: 'waiting', mailbox: id }}
          count={health.to_send}
        />
      ),
    },
    {
      key: 'not_delivered',
      title: t('not_delivered'),
      number: true,
      cell: ({ id, health }) => (
        <Counted to="/outgoing-mails" search={{ mailbox: id }} count={health.not_delivered} />
      ),
    },
  ]
}

interface CountedProps {
  to: string
  search: { state?: string; mailbox: number }
  count: number
}

// A number that leads to what was counted.
function Counted({ to, search, count }: CountedProps) {
  if (count === 0) return 0
  return (
    <Link to={to as never} search={{ ...search, mailbox: String(search.mailbox) } as never}>
      {count}
    </Link>
  )
}
