import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { list } from '@/api/keys'
import { asProblem } from '@/api/problem'
import { useMe } from '@/api/use_me'
import { CustomFieldInput } from '@/parts/CustomFieldInput'
import { customFieldsQuery, useServiceTypes } from '@/parts/catalogue'
import { fieldsFor } from '@/parts/customFields'
import { either, nameOf } from '@/parts/names'
import { Page } from '@/parts/Page'
import { fieldTexts, reasonText } from '@/parts/problems'
import { absolute } from '@/parts/time'
import { useDraft } from '@/parts/useDraft'
import { useUploads } from '@/parts/useUploads'
import { Button } from '@/ui/Button'
import { ChoiceCards, SegmentsField } from '@/ui/choices'
import { TextAreaField, TextField } from '@/ui/Field'
import { Banner } from '@/ui/Panel'
import { Picker } from '@/ui/Picker'
import './portal.css'
import { FilesField } from './FilesField'
import { htmlOf, refreshRequest } from './useRequest'

type Ticket = Schemas['Ticket']
type Impact = NonNullable<Ticket['impact']>

interface Written {
  serviceType: number | null
  subject: string
  body: string
  asset: number | null
  impact: Impact | null
  custom: Record<string, unknown>
}

const nothing: Written = {
  serviceType: null,
  subject: '',
  body: '',
  asset: null,
  impact: null,
  custom: {},
}

export default function NewRequestPage() {
  const { t } = useTranslation('portal')
  const [made, setMade] = useState<Ticket | null>(null)
  return (
    <Page title={t('submit')} narrow>
      {made ? <Made ticket={made} /> : <Form onMade={setMade} />}
    </Page>
  )
}

// The number and what is promised, at once (INT-2).
function Made({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('portal')
  return (
    <div className="bj-made" role="status">
      <p>{t('made')}</p>
      <p className="bj-made-number bj-numbers">{ticket.number}</p>
      <p className="bj-count">
        {ticket.due_at ? t('promised', { at: absolute(ticket.due_at) }) : t('made_hint')}
      </p>
      <Link
        className="bj-button"
        data-kind="primary"
        data-size="large"
        to={'/requests/$id' as never}
        params={{ id: ticket.id } as never}
      >
        {t('follow_it')}
      </Link>
    </div>
  )
}

function Form({ onMade }: { onMade: (ticket: Ticket) => void }) {
  const { t } = useTranslation('portal')
  const me = useMe()
  const draft = useDraft(`${me.id}.new_request`, nothing)
  const uploads = useUploads()
  const types = useServiceTypes().filter((type) => type.active && type.in_portal)
  const input = draft.value
  const put = (patch: Partial<Written>) => draft.setValue({ ...input, ...patch })
  const create = useCreate((ticket) => {
    draft.clear()
    onMade(ticket)
  })
  const wrong = create.error ? fieldTexts(create.error) : {}
  const isReady = input.serviceType && input.subject.trim() && input.body.trim()
  return (
    <form
      className="bj-form bj-new-request"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && !create.isPending && !uploads.pending) {
          create.mutate({ input, files: uploads.files })
        }
      }}
      {...uploads.handlers}
    >
      {create.error && Object.keys(wrong).length === 0 && (
        <Banner tone="danger">{reasonText(asProblem(create.error).reason)}</Banner>
      )}
      <h2>{t('which_type')}</h2>
      <ChoiceCards
        label={t('which_type')}
        value={input.serviceType ? String(input.serviceType) : null}
        choices={types.map((type) => ({
          value: String(type.id),
          label: nameOf(type),
          hint: either(type.about_zh, type.about_en) || undefined,
        }))}
        onValue={(value) => put({ serviceType: Number(value) })}
      />
      {input.serviceType && (
        <>
          <Details input={input} put={put} wrong={wrong} />
          <FilesField uploads={uploads} />
          <Button
            type="submit"
            kind="primary"
            size="large"
            disabled={!isReady || uploads.pending}
            pending={create.isPending}
          >
            {t('submit')}
          </Button>
        </>
      )}
    </form>
  )
}

function useCreate(onMade: (ticket: Ticket) => void) {
  return useMutation({
    mutationFn: ({ input, files }: { input: Written; files: number[] }) =>
      ask(
        api.POST('/tickets', {
          body: {
            service_type: input.serviceType ?? 0,
            subject: input.subject.trim(),
            body: htmlOf(input.body),
            asset: input.asset,
            impact: input.impact,
            custom: input.custom as never,
            files,
          },
        }),
      ),
    onSuccess: (ticket) => {
      void refreshRequest()
      onMade(ticket)
    },
  })
}

interface DetailsProps {
  input: Written
  put: (patch: Partial<Written>) => void
  wrong: Record<string, string>
}

// What follows from the type that was chosen.
function Details({ input, put, wrong }: DetailsProps) {
  const { t } = useTranslation('portal')
  const all = useQuery(customFieldsQuery).data ?? []
  const fields = fieldsFor(all, {
    serviceType: input.serviceType,
    product: null,
    values: input.custom,
    forCustomer: true,
  })
  return (
    <>
      <TextField
        required
        label={t('field.subject')}
        value={input.subject}
        onValue={(subject) => put({ subject })}
        maxLength={200}
        problem={wrong.subject}
      />
      <TextAreaField
        required
        label={t('field.body')}
        hint={t('body_hint')}
        value={input.body}
        onValue={(body) => put({ body })}
        problem={wrong.body}
      />
      <AssetField value={input.asset} onValue={(asset) => put({ asset })} problem={wrong.asset} />
      <SegmentsField<Impact>
        label={t('who_is_hit')}
        value={input.impact}
        choices={(['I4', 'I3', 'I2', 'I1'] as const).map((value) => ({
          value,
          label: t(`impact.${value}`),
        }))}
        onValue={(impact) => put({ impact })}
      />
      {fields.map((field) => (
        <CustomFieldInput
          key={field.key}
          field={field}
          value={input.custom[field.key]}
          problem={wrong[`custom.${field.key}`]}
          onValue={(value) => put({ custom: { ...input.custom, [field.key]: value } })}
        />
      ))}
    </>
  )
}

interface AssetFieldProps {
  value: number | null
  problem?: string
  onValue: (value: number | null) => void
}

function AssetField({ value, problem, onValue }: AssetFieldProps) {
  const { t } = useTranslation('portal')
  const params = { limit: 100 }
  const { data } = useQuery({
    queryKey: list('asset', params),
    queryFn: ({ signal }) => ask(api.GET('/assets', { params: { query: params }, signal })),
  })
  const assets = data?.items ?? []
  if (assets.length === 0) return null
  return (
    <Picker
      clearable
      label={t('field.asset')}
      value={value}
      options={assets.map((asset) => ({
        value: asset.id,
        label: asset.name,
        hint: asset.serial ?? undefined,
      }))}
      onValue={onValue}
      problem={problem}
    />
  )
}
