import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { all } from '@/api/keys'
import { asProblem } from '@/api/problem'
import { queryClient } from '@/api/query_client'
import { useMe } from '@/api/use_me'
import { CustomFieldInput } from '@/parts/CustomFieldInput'
import { customFieldsQuery, prioritiesQuery, useServiceTypes, useTeams } from '@/parts/catalogue'
import { fieldsFor } from '@/parts/customFields'
import { findAssetsOf, findProducts } from '@/parts/lookups'
import { nameOf } from '@/parts/names'
import { PreferenceCard } from '@/parts/PreferenceCard'
import { fieldTexts, reasonText } from '@/parts/problems'
import { useShortcut } from '@/parts/shortcuts'
import { duration } from '@/parts/time'
import { type Uploads, useUploads } from '@/parts/useUploads'
import { Button } from '@/ui/Button'
import { Checkbox, SegmentsField } from '@/ui/choices'
import { TextAreaField, TextField } from '@/ui/Field'
import { FileChip } from '@/ui/FileChip'
import { Banner } from '@/ui/Panel'
import { Picker } from '@/ui/Picker'
import { onTick } from '@/ui/ticker'
import { usePreferences } from '../page/preferences'
import { CallerFields } from './CallerFields'
import type { Caller } from './caller'

type NewTicket = Schemas['NewTicket']
type Ticket = Schemas['Ticket']

const channels = ['phone', 'email', 'wechat', 'chat', 'in_person', 'staff'] as const

export interface NewTicketFormProps {
  begun: number
  onMade: (ticket: Ticket) => void
}

// Plain lines become paragraphs; the server sanitises in any case.
function htmlOf(text: string): string | null {
  const escaped = (line: string) =>
    line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const lines = text.trim().split('\n')
  return text.trim() ? lines.map((line) => `<p>${escaped(line)}</p>`).join('') : null
}

export function NewTicketForm({ begun, onMade }: NewTicketFormProps) {
  const { t } = useTranslation(['tickets', 'words'])
  const me = useMe()
  const types = useServiceTypes().filter((type) => type.active)
  const [caller, setCaller] = useState<Caller | null>(null)
  const [input, setInput] = useState<Partial<NewTicket>>({ channel: 'phone' })
  const [text, setText] = useState('')
  const [mine, setMine] = useState(true)
  const uploads = useUploads()
  const put = (patch: Partial<NewTicket>) => setInput((before) => ({ ...before, ...patch }))
  const serviceType = input.service_type ?? types[0]?.id ?? 0
  const create = useCreate(onMade)
  const submit = () => {
    if (create.isPending || uploads.pending) return
    create.mutate({
      ...input,
      service_type: serviceType,
      subject: input.subject?.trim() ?? '',
      body: htmlOf(text),
      contact: caller?.contact ?? null,
      customer: caller?.customer ?? null,
      assignee: mine ? me.id : null,
      files: uploads.files,
    })
  }
  const save = { keys: 'mod+Enter', scope: 'dialog', title: 'tickets:key.save', whileTyping: true }
  useShortcut(save, submit)
  const wrong = create.error ? fieldTexts(create.error) : {}
  const isOther = create.error && Object.keys(wrong).length === 0
  return (
    <form
      className="bj-new-ticket"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      {...uploads.handlers}
    >
      <div className="bj-form">
        {isOther && <Banner tone="danger">{reasonText(asProblem(create.error).reason)}</Banner>}
        <CallerFields
          caller={caller}
          onCaller={setCaller}
          problem={wrong.contact ?? wrong.customer}
        />
        <TextField
          required
          label={t('tickets:new.subject')}
          value={input.subject ?? ''}
          onValue={(subject) => put({ subject })}
          maxLength={200}
          problem={wrong.subject}
        />
        <TextAreaField
          label={t('tickets:new.body')}
          hint={t('tickets:new.body_hint')}
          value={text}
          onValue={setText}
          problem={wrong.body}
        />
        <TypeAndPlace
          input={input}
          put={put}
          serviceType={serviceType}
          types={types}
          caller={caller}
          wrong={wrong}
        />
        <DropZone uploads={uploads} />
        <footer className="bj-new-ticket-foot">
          <CallClock begun={begun} />
          <Checkbox label={t('tickets:new.assign_me')} checked={mine} onChecked={setMine} />
          <Button type="submit" kind="primary" keys="mod+Enter" pending={create.isPending}>
            {t('tickets:new.create')}
          </Button>
        </footer>
      </div>
      <Wishes caller={caller} />
    </form>
  )
}

function useCreate(onMade: (ticket: Ticket) => void) {
  return useMutation({
    mutationFn: (body: NewTicket) => ask(api.POST('/tickets', { body })),
    onSuccess: (ticket) => {
      void queryClient.invalidateQueries({ queryKey: all('ticket') })
      onMade(ticket)
    },
  })
}

function DropZone({ uploads }: { uploads: Uploads }) {
  const { t } = useTranslation('tickets')
  return (
    <div className="bj-drop" data-over={uploads.isOver || undefined}>
      {uploads.uploads.length === 0 && t('new.drop')}
      {uploads.uploads.map((one) => (
        <FileChip
          key={one.key}
          name={one.name}
          bytes={one.bytes}
          progress={one.file ? 1 : one.progress}
          onRemove={() => uploads.remove(one.key)}
          removeLabel={t('remove_file', { name: one.name })}
        />
      ))}
    </div>
  )
}

function Wishes({ caller }: { caller: Caller | null }) {
  const { t } = useTranslation('tickets')
  const wishes = usePreferences(caller?.contact, caller?.customer)
  if (!caller) return null
  return <PreferenceCard title={t('side.wishes')} wishes={wishes.data?.effective} />
}

function CallClock({ begun }: { begun: number }) {
  const { t } = useTranslation('tickets')
  const [now, setNow] = useState(Date.now)
  useEffect(() => onTick(setNow), [])
  return (
    <span className="bj-count" title={t('new.clock')}>
      {duration(now - begun)}
    </span>
  )
}

interface TypeAndPlaceProps {
  input: Partial<NewTicket>
  put: (patch: Partial<NewTicket>) => void
  serviceType: number
  types: readonly Schemas['ServiceType'][]
  caller: Caller | null
  wrong: Record<string, string>
}

function TypeAndPlace({ input, put, serviceType, types, caller, wrong }: TypeAndPlaceProps) {
  const { t } = useTranslation(['tickets', 'words'])
  const teams = useTeams()
  const matrix = useQuery(prioritiesQuery).data ?? []
  const all = useQuery(customFieldsQuery).data ?? []
  const custom = (input.custom ?? {}) as Record<string, unknown>
  const fields = fieldsFor(all, { serviceType, product: input.product ?? null, values: custom })
  const usual = matrix.find((c) => c.severity === input.severity && c.impact === input.impact)
  return (
    <>
      <div className="bj-form-row">
        <Picker
          required
          label={t('tickets:new.service_type')}
          value={serviceType || null}
          options={types.map((type) => ({ value: type.id, label: nameOf(type) }))}
          onValue={(value) => put({ service_type: value ?? undefined })}
          problem={wrong.service_type}
        />
        <Picker
          label={t('tickets:new.channel')}
          value={input.channel ?? null}
          options={channels.map((one) => ({ value: one, label: t(`words:channel.${one}`) }))}
          onValue={(channel) => put({ channel: channel ?? undefined })}
        />
        <Picker
          clearable
          label={t('tickets:new.team')}
          value={input.team ?? null}
          options={teams.map((team) => ({ value: team.id, label: team.name }))}
          onValue={(team) => put({ team })}
          problem={wrong.team}
        />
      </div>
      <div className="bj-form-row">
        <Picker
          clearable
          label={t('tickets:fields.product')}
          value={input.product ?? null}
          options={findProducts}
          onValue={(product) => put({ product })}
          problem={wrong.product}
        />
        <Picker
          clearable
          disabled={!caller?.customer}
          label={t('tickets:fields.asset')}
          value={input.asset ?? null}
          options={findAssetsOf(caller?.customer ?? null)}
          onValue={(asset) => put({ asset })}
          problem={wrong.asset}
        />
      </div>
      <SegmentsField
        label={t('tickets:fields.severity')}
        value={input.severity ?? null}
        choices={(['S1', 'S2', 'S3', 'S4'] as const).map((s) => ({
          value: s,
          label: t(`tickets:severity.${s}`),
        }))}
        onValue={(severity) => put({ severity })}
      />
      <SegmentsField
        label={t('tickets:fields.impact')}
        value={input.impact ?? null}
        choices={(['I1', 'I2', 'I3', 'I4'] as const).map((i) => ({
          value: i,
          label: t(`tickets:impact.${i}`),
        }))}
        onValue={(impact) => put({ impact })}
      />
      {usual && (
        <p className="bj-count">
          {t('tickets:new.usual', { priority: t(`words:priority.${usual.priority}`) })}
        </p>
      )}
      {fields.map((field) => (
        <CustomFieldInput
          key={field.key}
          field={field}
          value={custom[field.key]}
          problem={wrong[`custom.${field.key}`]}
          onValue={(value) => put({ custom: { ...custom, [field.key]: value } as never })}
        />
      ))}
    </>
  )
}
