import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { all, list } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { useServiceTypes, useTeams } from '@/parts/catalogue'
import { listed, nameOf } from '@/parts/names'
import { Page } from '@/parts/Page'
import { sayFailed } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { State } from '@/parts/State'
import { Button, IconButton } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import { type Column, DataTable } from '@/ui/DataTable'
import { useMailboxes } from './queries'
import { RuleDialog } from './RuleDialog'
import '@/parts/letters.css'
import './mail.css'

export type MailRule = Schemas['MailRule']

const refresh = () => queryClient.invalidateQueries({ queryKey: all('mail_rule') })

// How new mail is sorted; the first rule that fits counts, so their order matters.
export default function RulesPage() {
  const { t } = useTranslation('mail')
  const [open, setOpen] = useState<MailRule | 'new' | null>(null)
  const query = useQuery({
    queryKey: list('mail_rule'),
    queryFn: async ({ signal }) => (await ask(api.GET('/mail-rules', { signal }))).items,
  })
  const columns = useColumns(query.data ?? [], setOpen)
  const add = () => setOpen('new')
  return (
    <Page
      title={t('rules')}
      actions={
        <Button kind="primary" icon={IconPlus} onClick={add}>
          {t('add_rule')}
        </Button>
      }
    >
      <QueryView
        query={query}
        isEmpty={(rules) => rules.length === 0}
        empty={
          <State
            kind="nothing_yet"
            title={t('no_rules')}
            text={t('no_rules_text')}
            action={{ title: t('add_rule'), run: add }}
          />
        }
      >
        {(rules) => (
          <DataTable label={t('rules')} rows={rules} keyOf={(rule) => rule.id} columns={columns} />
        )}
      </QueryView>
      {open && (
        <RuleDialog
          rule={open === 'new' ? null : open}
          onSaved={() => void refresh()}
          onClose={() => setOpen(null)}
        />
      )}
    </Page>
  )
}

function useColumns(rules: readonly MailRule[], onOpen: (rule: MailRule) => void) {
  const { t } = useTranslation('mail')
  const mailboxes = useMailboxes()
  const conditions = useConditions()
  const effects = useEffects()
  const columns: Column<MailRule>[] = [
    {
      key: 'order',
      title: t('order'),
      width: 90,
      cell: (rule) => <Order rule={rule} rules={rules} />,
    },
    {
      key: 'name',
      title: t('field.name'),
      cell: (rule) => (
        <>
          <button type="button" className="bj-inline" onClick={() => onOpen(rule)}>
            {rule.name}
          </button>{' '}
          {!rule.active && <Tag>{t('inactive')}</Tag>}
        </>
      ),
    },
    { key: 'when', title: t('when'), cell: (rule) => listed(conditions(rule)) },
    { key: 'then', title: t('then'), cell: (rule) => listed(effects(rule)) },
    {
      key: 'mailbox',
      title: t('mailbox'),
      cell: (rule) =>
        mailboxes.find((view) => view.id === rule.mailbox)?.mailbox.address ?? t('all_mailboxes'),
    },
  ]
  return columns
}

function useConditions() {
  const { t } = useTranslation('mail')
  return ({ sender, subject, header, header_value }: MailRule): string[] => [
    ...(sender ? [t('if.sender', { what: sender })] : []),
    ...(subject ? [t('if.subject', { what: subject })] : []),
    ...(header ? [t('if.header', { name: header, what: header_value })] : []),
  ]
}

function useEffects() {
  const { t } = useTranslation(['mail', 'words'])
  const types = useServiceTypes()
  const teams = useTeams()
  return (rule: MailRule): string[] => {
    if (rule.outcome !== 'open') return [t(`mail:outcome.${rule.outcome}`)]
    const type = types.find((one) => one.id === rule.service_type)
    const team = teams.find((one) => one.id === rule.team)
    const found = [
      type && nameOf(type),
      team?.name,
      rule.priority && t(`words:priority.${rule.priority}`),
      rule.tag && `#${rule.tag}`,
    ].filter((text): text is string => Boolean(text))
    return found.length > 0 ? found : [t('mail:outcome.open')]
  }
}

function Order({ rule, rules }: { rule: MailRule; rules: readonly MailRule[] }) {
  const { t } = useTranslation('mail')
  const at = rules.findIndex((one) => one.id === rule.id)
  // Two rules change places.
  const move = useMutation({
    mutationFn: async (other: MailRule) => {
      await put(rule, other.position)
      await put(other, rule.position)
    },
    onError: sayFailed,
    onSettled: refresh,
  })
  const button = (step: -1 | 1) => {
    const other = rules[at + step]
    return (
      <IconButton
        label={t(step < 0 ? 'move_up' : 'move_down', { what: rule.name })}
        icon={step < 0 ? IconArrowUp : IconArrowDown}
        disabled={!other || move.isPending}
        onClick={() => other && move.mutate(other)}
      />
    )
  }
  return (
    <span className="bj-mail-buttons">
      {button(-1)}
      {button(1)}
    </span>
  )
}

function put(rule: MailRule, position: number) {
  return ask(
    api.PATCH('/mail-rules/{id}', {
      params: { path: { id: rule.id } },
      headers: ifVersion(rule.version),
      body: { position },
    }),
  )
}
