import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { DecideButtons } from '@/parts/DecideButtons'
import { ListView } from '@/parts/ListView'
import { type IncomingLine, useMailReason } from '@/parts/letters'
import { linkTo } from '@/parts/links'
import { Page } from '@/parts/Page'
import { State } from '@/parts/State'
import { Time } from '@/parts/Time'
import { useList } from '@/parts/useList'
import { useSearchState } from '@/parts/usePlace'
import { Tag } from '@/ui/Chip'
import type { Column } from '@/ui/DataTable'
import { Tabs } from '@/ui/Tabs'
import { AddressFilter, MailboxFilter, wholeAddress } from './MailboxFilter'
import { IncomingState, ProofMark } from './StateTag'
import './mail.css'

// What waits for somebody comes first.
const states = [
  'held',
  'unreadable',
  'waiting',
  'delivered',
  'silent',
  'refused',
  'duplicate',
] as const
type Shown = (typeof states)[number] | 'all'

function asState(text: string | undefined): Shown {
  return [...states, 'all' as const].find((state) => state === text) ?? 'held'
}

// What came by mail, what became of it, and what waits for a decision: the quarantine.
export default function IncomingPage() {
  const { t } = useTranslation(['mail', 'letters'])
  const [search, change] = useSearchState<'state' | 'mailbox' | 'sender'>()
  const shown = asState(search.state)
  const params = {
    state: shown === 'all' ? undefined : shown,
    mailbox: search.mailbox ? Number(search.mailbox) : undefined,
    sender: wholeAddress(search.sender),
    limit: 50,
  }
  const list = useList<IncomingLine>('incoming_mail', params, (cursor, signal) =>
    ask(api.GET('/incoming-mails', { params: { query: { ...params, cursor } }, signal })),
  )
  const tabs = [
    ...states.map((key) => ({ key: key as Shown, title: t(`letters:in.${key}`) })),
    { key: 'all' as Shown, title: t('mail:all') },
  ]
  return (
    <Page
      title={t('mail:incoming')}
      bar={
        <>
          <Tabs
            label={t('mail:state')}
            tabs={tabs}
            value={shown}
            onValue={(state) => change({ state })}
          />
          <MailboxFilter
            value={search.mailbox}
            onValue={(mailbox) => change({ mailbox, state: shown })}
          />
          <AddressFilter
            label={t('mail:sender_address')}
            value={search.sender}
            onValue={(sender) => change({ sender, state: shown })}
          />
        </>
      }
    >
      <ListView
        list={list}
        label={t('mail:incoming')}
        columns={useColumns()}
        keyOf={(mail) => mail.id}
        empty={
          shown === 'held' && !search.sender ? (
            <State kind="done" title={t('mail:nothing_held')} text={t('mail:nothing_held_text')} />
          ) : (
            <State kind="filtered_out" title={t('mail:no_mail')} />
          )
        }
      />
    </Page>
  )
}

function useColumns(): Column<IncomingLine>[] {
  const { t } = useTranslation(['mail', 'letters'])
  const reasonOf = useMailReason()
  return [
    { key: 'sender', title: t('mail:sender'), cell: (mail) => <Sender mail={mail} /> },
    {
      key: 'subject',
      title: t('mail:subject'),
      cell: (mail) => (
        <Link to={linkTo(`incoming_mail:${mail.id}`) as never}>
          <bdi>{mail.subject || t('letters:no_subject')}</bdi>
        </Link>
      ),
    },
    {
      key: 'state',
      title: t('mail:state'),
      cell: (mail) => (
        <span className="bj-mail-state">
          <IncomingState state={mail.state} />{' '}
          {mail.nature !== 'personal' && (
            <Tag tone="line">{t(`letters:nature.${mail.nature}`)}</Tag>
          )}
          {mail.reason && <small>{reasonOf(mail.reason)}</small>}
        </span>
      ),
    },
    {
      key: 'ticket',
      title: t('mail:ticket'),
      cell: (mail) =>
        mail.ticket && (
          <Link to={linkTo(`ticket:${mail.ticket}`) as never}>
            {mail.ticket_number ?? mail.ticket}
          </Link>
        ),
    },
    { key: 'at', title: t('mail:arrived'), cell: (mail) => <Time at={mail.arrived_at} /> },
    {
      key: 'decide',
      title: t('mail:decide'),
      cell: (mail) => <DecideButtons mail={mail} size="small" />,
    },
  ]
}

function Sender({ mail }: { mail: IncomingLine }) {
  const { t } = useTranslation('letters')
  if (!mail.from_email && !mail.from_name) return t('no_sender')
  return (
    <span className="bj-mail-sender">
      <ProofMark proof={mail.proof} />
      <span>
        <bdi>{mail.from_name || mail.from_email}</bdi>
        {mail.from_name && <small>{mail.from_email}</small>}
      </span>
    </span>
  )
}
