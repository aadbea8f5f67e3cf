import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion } from '@/api/client'
import { useServiceTypes, useTeams } from '@/parts/catalogue'
import { nameOf } from '@/parts/names'
import { sayFailed } from '@/parts/problems'
import { RecordDialog } from '@/parts/RecordDialog'
import type { FieldShape, Values } from '@/parts/RecordField'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { useMailboxes } from './queries'
import type { MailRule } from './RulesPage'

export interface RuleDialogProps {
  rule: MailRule | null
  onSaved: () => void
  onClose: () => void
}

const conditions = ['sender', 'subject', 'header', 'header_value']

// A condition that was emptied is an empty text to the server, not nothing.
function asPatch(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value === null && conditions.includes(name) ? '' : value,
    ]),
  )
}

function useFields(): FieldShape[] {
  const { t } = useTranslation(['mail', 'words'])
  const mailboxes = useMailboxes()
  const types = useServiceTypes()
  const teams = useTeams()
  const name = (key: string) => t(`mail:field.${key}`)
  const opens = (values: Values) => values.outcome === 'open'
  return [
    { key: 'name', label: name('name'), required: true },
    {
      key: 'mailbox',
      label: t('mail:mailbox'),
      kind: 'pick',
      hint: t('mail:hint.every_mailbox'),
      options: mailboxes.map(({ id, mailbox }) => ({ value: id, label: mailbox.address })),
    },
    { key: 'sender', label: name('sender'), hint: t('mail:hint.conditions') },
    { key: 'subject', label: name('subject') },
    { key: 'header', label: name('header'), hint: t('mail:hint.header') },
    {
      key: 'header_value',
      label: name('header_value'),
      when: (values) => Boolean(values.header),
    },
    {
      key: 'outcome',
      label: name('outcome'),
      kind: 'segments',
      options: ['open', 'hold', 'refuse', 'silence'].map((value) => ({
        value,
        label: t(`mail:outcome.${value}`),
      })),
    },
    {
      key: 'service_type',
      label: name('service_type'),
      kind: 'pick',
      options: types.map((type) => ({ value: type.id, label: nameOf(type) })),
      when: opens,
    },
    {
      key: 'team',
      label: name('team'),
      kind: 'pick',
      options: teams.map((team) => ({ value: team.id, label: team.name })),
      when: opens,
    },
    {
      key: 'priority',
      label: name('priority'),
      kind: 'pick',
      options: ['P1', 'P2', 'P3', 'P4'].map((value) => ({
        value,
        label: t(`words:priority.${value}`),
      })),
      when: opens,
    },
    { key: 'tag', label: name('tag'), when: opens },
    { key: 'active', label: name('active'), kind: 'switch' },
  ]
}

export function RuleDialog({ rule, onSaved, onClose }: RuleDialogProps) {
  const { t } = useTranslation('mail')
  const fields = useFields()
  const params = { path: { id: rule?.id ?? 0 } }
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/mail-rules/{id}', { params })),
    onError: sayFailed,
    onSuccess: () => {
      onSaved()
      onClose()
      done(t('rule_removed'), rule ? () => bringBack(rule).then(onSaved, sayFailed) : undefined)
    },
  })
  return (
    <RecordDialog
      title={rule ? rule.name : t('add_rule')}
      width={600}
      fields={fields}
      initial={rule ? { ...rule } : { outcome: 'open', active: true }}
      changesOnly={rule !== null}
      onClose={onClose}
      save={(values) =>
        rule
          ? ask(
              api.PATCH('/mail-rules/{id}', {
                params,
                headers: ifVersion(rule.version),
                body: asPatch(values) as never,
              }),
            )
          : ask(api.POST('/mail-rules', { body: values as never }))
      }
      onSaved={onSaved}
      aside={
        rule && (
          <Button pending={remove.isPending} onClick={() => remove.mutate()}>
            {t('remove')}
          </Button>
        )
      }
    />
  )
}

// At the place where it was.
function bringBack({ id, version, ...rule }: MailRule) {
  return ask(api.POST('/mail-rules', { body: rule }))
}
