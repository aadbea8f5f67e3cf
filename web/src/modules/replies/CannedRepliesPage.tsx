import { IconPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { useServiceTypes, useTeams } from '@/parts/catalogue'
import { ListView } from '@/parts/ListView'
import { nameOf } from '@/parts/names'
import { Page } from '@/parts/Page'
import { sayFailed } from '@/parts/problems'
import { RecordDialog } from '@/parts/RecordDialog'
import type { FieldShape } from '@/parts/RecordField'
import { State } from '@/parts/State'
import { useList } from '@/parts/useList'
import { Button } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import type { Column } from '@/ui/DataTable'

type Reply = Schemas['CannedReply']

const blanks = { a: '{{contact.name}}', b: '{{ticket.number}}' }

const refresh = () => queryClient.invalidateQueries({ queryKey: all('canned_reply') })

// Ready-made replies with blanks that the server fills: {contact.name}, {ticket.number} …
export default function CannedRepliesPage() {
  const { t } = useTranslation('replies')
  const [open, setOpen] = useState<Reply | 'new' | null>(null)
  const params = { limit: 100 }
  const list = useList<Reply>('canned_reply', params, (cursor, signal) =>
    ask(api.GET('/canned-replies', { params: { query: { ...params, cursor } }, signal })),
  )
  return (
    <Page
      title={t('title')}
      actions={
        <Button kind="primary" icon={IconPlus} onClick={() => setOpen('new')}>
          {t('add')}
        </Button>
      }
    >
      <ListView
        list={list}
        label={t('title')}
        columns={useColumns(setOpen)}
        keyOf={(reply) => reply.id}
        empty={<State kind="nothing_yet" title={t('none')} />}
      />
      {open && <EditReply reply={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function useColumns(onOpen: (reply: Reply) => void): Column<Reply>[] {
  const { t } = useTranslation('replies')
  const types = useServiceTypes()
  const teams = useTeams()
  const sharing = (reply: Reply) => {
    if (reply.owner) return t('share.personal')
    return teams.find((team) => team.id === reply.team)?.name ?? t('share.everybody')
  }
  return [
    {
      key: 'name',
      title: t('field.name'),
      cell: (reply) => (
        <button type="button" className="bj-inline" onClick={() => onOpen(reply)}>
          {nameOf(reply)}
        </button>
      ),
    },
    { key: 'kind', title: t('field.kind'), cell: (reply) => t(`kind.${reply.kind}`) },
    {
      key: 'type',
      title: t('field.service_type'),
      cell: (reply) => nameOf(types.find((type) => type.id === reply.service_type)) || t('all'),
    },
    { key: 'share', title: t('field.share'), cell: (reply) => <Tag>{sharing(reply)}</Tag> },
    {
      key: 'active',
      title: t('field.active'),
      cell: (reply) => t(reply.active ? 'yes' : 'no'),
    },
  ]
}

function useFields(isNew: boolean): FieldShape[] {
  const { t } = useTranslation('replies')
  const types = useServiceTypes()
  const teams = useTeams()
  const name = (key: string) => t(`field.${key}`)
  return [
    { key: 'name_zh', label: name('name_zh'), required: true },
    { key: 'name_en', label: name('name_en') },
    {
      key: 'body_zh',
      label: name('body_zh'),
      kind: 'lines',
      required: true,
      hint: t('blanks', blanks),
    },
    { key: 'body_en', label: name('body_en'), kind: 'lines' },
    {
      key: 'kind',
      label: name('kind'),
      kind: 'segments',
      options: ['reply', 'note'].map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
    },
    {
      key: 'service_type',
      label: name('service_type'),
      kind: 'pick',
      options: types.map((type) => ({ value: type.id, label: nameOf(type) })),
    },
    ...(isNew
      ? [
          { key: 'personal', label: name('personal'), kind: 'switch' as const },
          {
            key: 'team',
            label: name('team'),
            kind: 'pick' as const,
            options: teams.map((team) => ({ value: team.id, label: team.name })),
            when: (values: Record<string, unknown>) => values.personal !== true,
          },
        ]
      : [{ key: 'active', label: name('active'), kind: 'switch' as const }]),
  ]
}

function EditReply({ reply, onClose }: { reply: Reply | null; onClose: () => void }) {
  const { t } = useTranslation('replies')
  const fields = useFields(!reply)
  const params = { path: { id: reply?.id ?? 0 } }
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/canned-replies/{id}', { params })),
    onError: sayFailed,
    onSuccess: () => {
      void refresh()
      onClose()
    },
  })
  return (
    <RecordDialog
      title={reply ? nameOf(reply) : t('add')}
      width={640}
      fields={fields}
      initial={reply ? { ...reply } : { kind: 'reply', personal: true }}
      changesOnly={reply !== null}
      onClose={onClose}
      save={(values) =>
        reply
          ? ask(
              api.PATCH('/canned-replies/{id}', {
                params,
                headers: ifVersion(reply.version),
                body: values as never,
              }),
            )
          : ask(api.POST('/canned-replies', { body: values as never }))
      }
      onSaved={() => void refresh()}
      aside={
        reply &&
        !reply.key && (
          <Button pending={remove.isPending} onClick={() => remove.mutate()}>
            {t('remove')}
          </Button>
        )
      }
    />
  )
}
