import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { list } from '@/api/keys'
import { asProblem } from '@/api/problem'
import { CustomFieldInput } from '@/parts/CustomFieldInput'
import { either, inEnglish, nameOf } from '@/parts/names'
import { fieldTexts, reasonText } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { absolute } from '@/parts/time'
import { useDraft } from '@/parts/useDraft'
import { Button } from '@/ui/Button'
import { ChoiceCards } from '@/ui/choices'
import { TextAreaField, TextField } from '@/ui/Field'
import { Banner } from '@/ui/Panel'
import { htmlOf } from '../useRequest'
import { GuestFrame } from './GuestFrame'

type Receipt = Schemas['GuestReceipt']
type Kind = Schemas['GuestServiceType']

// Asking without an account: a number at once, and a link that only the one who asked has.
export default function AskPage() {
  const { t } = useTranslation('portal')
  const [receipt, setReceipt] = useState<Receipt | null>(null)
  const form = useQuery({
    queryKey: list('guest_form'),
    queryFn: ({ signal }) => ask(api.GET('/guest-requests/form', { signal })),
    retry: false,
  })
  return (
    <GuestFrame title={t('submit')}>
      {receipt ? (
        <Thanks receipt={receipt} />
      ) : (
        <QueryView query={form}>
          {(found) => <AskForm kinds={found.service_types ?? []} onMade={setReceipt} />}
        </QueryView>
      )}
    </GuestFrame>
  )
}

function Thanks({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation('portal')
  return (
    <div className="bj-made" role="status">
      <p>{t('made')}</p>
      <p className="bj-made-number bj-numbers">{receipt.number}</p>
      <p className="bj-count">
        {receipt.promised_at
          ? t('promised', { at: absolute(receipt.promised_at) })
          : t('guest.keep_link')}
      </p>
      <a className="bj-button" data-kind="primary" data-size="large" href={receipt.link}>
        {t('follow_it')}
      </a>
    </div>
  )
}

interface Written {
  kind: number | null
  name: string
  email: string
  phone: string
  subject: string
  body: string
  // People leave it empty because they do not see it.
  website: string
  custom: Record<string, unknown>
}

const nothing: Written = {
  kind: null,
  name: '',
  email: '',
  phone: '',
  subject: '',
  body: '',
  website: '',
  custom: {},
}

interface AskFormProps {
  kinds: readonly Kind[]
  onMade: (receipt: Receipt) => void
}

function AskForm({ kinds, onMade }: AskFormProps) {
  const { t } = useTranslation('portal')
  const draft = useDraft('guest.new_request', nothing)
  const input = draft.value
  const put = (patch: Partial<Written>) => draft.setValue({ ...input, ...patch })
  const send = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/guest-requests', {
          body: {
            name: input.name.trim(),
            email: input.email.trim() || null,
            phone: input.phone.trim() || null,
            locale: inEnglish() ? 'en' : 'zh-CN',
            service_type: input.kind ?? 0,
            subject: input.subject.trim(),
            body: htmlOf(input.body),
            custom: input.custom as never,
            website: input.website || null,
          },
        }),
      ),
    onSuccess: (receipt) => {
      draft.clear()
      onMade(receipt)
    },
  })
  const wrong = send.error ? fieldTexts(send.error) : {}
  const kind = kinds.find((one) => one.id === input.kind)
  return (
    <form
      className="bj-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!send.isPending) send.mutate()
      }}
    >
      {send.error && Object.keys(wrong).length === 0 && (
        <Banner tone="danger">{reasonText(asProblem(send.error).reason)}</Banner>
      )}
      <ChoiceCards
        label={t('which_type')}
        value={input.kind ? String(input.kind) : null}
        choices={kinds.map((one) => ({
          value: String(one.id),
          label: nameOf(one),
          hint: either(one.about_zh, one.about_en) || undefined,
        }))}
        onValue={(value) => put({ kind: Number(value) })}
      />
      {kind && <AskFields input={input} put={put} wrong={wrong} kind={kind} />}
      {kind && (
        <Button type="submit" kind="primary" size="large" pending={send.isPending}>
          {t('submit')}
        </Button>
      )}
    </form>
  )
}

interface AskFieldsProps {
  input: Written
  put: (patch: Partial<Written>) => void
  wrong: Record<string, string>
  kind: Kind
}

function AskFields({ input, put, wrong, kind }: AskFieldsProps) {
  const { t } = useTranslation('portal')
  const text = (key: 'name' | 'email' | 'phone' | 'subject', more: object = {}) => (
    <TextField
      label={t(`guest.${key}`)}
      value={input[key]}
      onValue={(value) => put({ [key]: value })}
      problem={wrong[key]}
      {...more}
    />
  )
  return (
    <>
      {text('name', { required: true, autoComplete: 'name' })}
      <div className="bj-form-row">
        {text('email', { type: 'email', autoComplete: 'email', hint: t('guest.one_of_both') })}
        {text('phone', { type: 'tel', autoComplete: 'tel' })}
      </div>
      <div className="bj-hidden" aria-hidden="true">
        <input
          tabIndex={-1}
          autoComplete="off"
          name="website"
          value={input.website}
          onChange={(event) => put({ website: event.target.value })}
        />
      </div>
      {text('subject', { required: true, maxLength: 200 })}
      <TextAreaField
        required
        label={t('field.body')}
        hint={t('body_hint')}
        value={input.body}
        onValue={(body) => put({ body })}
        problem={wrong.body}
      />
      {(kind.fields ?? []).map((field) => (
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
