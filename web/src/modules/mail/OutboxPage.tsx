import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { useMay } from '@/api/use_me'
import { ListView } from '@/parts/ListView'
import { type OutgoingLine, useMailReason } from '@/parts/letters'
import { linkTo } from '@/parts/links'
import { Page } from '@/parts/Page'
import { sayFailed } from '@/parts/problems'
import { State } from '@/parts/State'
import { Time } from '@/parts/Time'
import { done } from '@/parts/undo'
import { useList } from '@/parts/useList'
import { useSearchState } from '@/parts/usePlace'
import { Button } from '@/ui/Button'
import type { Column } from '@/ui/DataTable'
import { Tabs } from '@/ui/Tabs'
import { AddressFilter, MailboxFilter, wholeAddress } from './MailboxFilter'
import { OutgoingState } from './StateTag'
import '@/parts/letters.css'
import './mail.css'

const states = ['waiting', 'failed', 'bounced', 'unclear', 'sent', 'cancelled'] as const
type Shown = (typeof states)[number] | 'all'

function asState(text: string | undefined): Shown {
  return states.find((state) => state === text) ?? 'all'
}

// What we said by mail, to whom, and how it went.
export default function OutboxPage() {
  const { t } = useTranslation(['mail', 'letters'])
  const [search, change] = useSearchState<'state' | 'mailbox' | 'to'>()
  const shown = asState(search.state)
  const params = {
    state: shown === 'all' ? undefined : shown,
    mailbox: search.mailbox ? Number(search.mailbox) : undefined,
    recipient: wholeAddress(search.to),
    limit: 50,
  }
  const list = useList<OutgoingLine>('outgoing_mail', params, (cursor, signal) =>
    ask(api.GET('/outgoing-mails', { params: { query: { ...params, cursor } }, signal })),
  )
  const tabs = [
    { key: 'all' as Shown, title: t('mail:all') },
    ...states.map((key) => ({ key: key as Shown, title: t(`letters:out.${key}`) })),
  ]
  return (
    <Page
      title={t('mail:outbox')}
      bar={
        <>
          <Tabs
            label={t('mail:state')}
            tabs={tabs}
            value={shown}
            onValue={(state) => change({ state: state === 'all' ? undefined : state })}
          />
          <MailboxFilter value={search.mailbox} onValue={(mailbox) => change({ mailbox })} />
          <AddressFilter
            label={t('mail:recipient_address')}
            value={search.to}
            onValue={(to) => change({ to })}
          />
        </>
      }
    >
      <ListView
        list={list}
        label={t('mail:outbox')}
        columns={useColumns()}
        keyOf={(mail) => mail.id}
        empty={<State kind="filtered_out" title={t('mail:no_mail')} />}
      />
    </Page>
  )
}

function useColumns(): Column<OutgoingLine>[] {
  const { t } = useTranslation('mail')
  return [
    { key: 'to', title: t('recipient'), cell: (mail) => <bdi>{mail.recipient}</bdi> },
    {
      key: 'kind',
      title: t('about'),
      cell: (mail) => t(`kind.${mail.kind}`, { defaultValue: mail.kind }),
    },
    {
      key: 'ticket',
      title: t('ticket'),
      cell: (mail) =>
        mail.ticket && (
          <Link to={linkTo(`ticket:${mail.ticket}`) as never}>
            {mail.ticket_number ?? mail.ticket}
          </Link>
        ),
    },
    { key: 'state', title: t('state'), cell: (mail) => <HowItWent mail={mail} /> },
    { key: 'tries', title: t('tries'), number: true, cell: (mail) => mail.tries },
    {
      key: 'at',
      title: t('at'),
      cell: (mail) => <Time at={mail.bounced_at ?? mail.sent_at ?? mail.due_at} />,
    },
    { key: 'do', title: t('do'), cell: (mail) => <Actions mail={mail} /> },
  ]
}

function HowItWent({ mail }: { mail: OutgoingLine }) {
  const reasonOf = useMailReason()
  return (
    <span className="bj-mail-state">
      <OutgoingState state={mail.state} />
      {mail.reason && <small>{reasonOf(mail.reason)}</small>}
      {mail.said && <code>{mail.said}</code>}
    </span>
  )
}

function Actions({ mail }: { mail: OutgoingLine }) {
  const { t } = useTranslation('mail')
  const may = useMay()
  const params = { path: { id: mail.id } }
  const settle = {
    onError: sayFailed,
    onSettled: () => queryClient.invalidateQueries({ queryKey: all('outgoing_mail') }),
  }
  const again = useMutation({
    mutationFn: () => ask(api.POST('/outgoing-mails/{id}/tries', { params })),
    onSuccess: () => void done(t('trying_again')),
    ...settle,
  })
  const cancel = useMutation({
    mutationFn: () => ask(api.POST('/outgoing-mails/{id}/cancellations', { params })),
    onSuccess: () => void done(t('cancelled'), () => again.mutateAsync()),
    ...settle,
  })
  if (!may('tickets.work')) return null
  const waits = mail.state === 'waiting'
  return (
    <span className="bj-mail-buttons">
      {mail.state !== 'sent' && (
        <Button size="small" pending={again.isPending} onClick={() => again.mutate()}>
          {t(waits ? 'send_now' : 'try_again')}
        </Button>
      )}
      {waits && (
        <Button size="small" pending={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('cancel')}
        </Button>
      )}
    </span>
  )
}
