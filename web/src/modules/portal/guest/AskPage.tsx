import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { list } from '@/api/keys'
import { asProblem } from '@/api/problem'
import { inEnglish } from '@/parts/names'
import { reasonText } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { useDraft } from '@/parts/useDraft'
import { type Uploads, useUploads } from '@/parts/useUploads'
import { Button } from '@/ui/Button'
import { TextAreaField, TextField } from '@/ui/Field'
import { Banner } from '@/ui/Panel'
import { FilesField } from '../FilesField'
import { goToFirstWrong, wrongTexts } from '../form'
import { Made } from '../Made'
import { MoreFields } from '../MoreFields'
import { htmlOf } from '../plain_text'
import { TypeChoice } from '../TypeChoice'
import { useKeptFiles } from '../useKeptFiles'
import { useSameKey } from '../useSameKey'
import { type GuestFile, guestFilesTo, toBeFiled } from './files'
import { GuestFrame } from './GuestFrame'
import { nothingWritten, problemsOf, shownFields, type Written } from './written'

type Receipt = Schemas['GuestReceipt']
type Kind = Schemas['GuestServiceType']
type Request = Schemas['NewGuestRequest']

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
        <Made
          number={receipt.number}
          promisedAt={receipt.promised_at}
          copy={new URL(receipt.link, location.href).href}
          hint={t('guest.keep_link')}
        >
          <a className="bj-button" data-kind="primary" data-size="large" href={receipt.link}>
            {t('follow_it')}
          </a>
        </Made>
      ) : (
        <QueryView query={form}>
          {(found) => <AskForm kinds={found.service_types ?? []} onMade={setReceipt} />}
        </QueryView>
      )}
    </GuestFrame>
  )
}

interface AskFormProps {
  kinds: readonly Kind[]
  onMade: (receipt: Receipt) => void
}

// The form may have been open for long: the puzzle is one of just now. Who sends once more what did
// not arrive sends the same, solution and all.
function useSolved() {
  const last = useRef<{ of: string; puzzle: Request['puzzle'] }>({ of: '', puzzle: null })
  const forget = () => {
    last.current.of = ''
  }
  const solved = async (request: Request): Promise<Request> => {
    const of = JSON.stringify(request)
    if (of !== last.current.of) {
      const { puzzle } = await ask(api.GET('/guest-requests/form'))
      last.current = { of, puzzle: puzzle ? await (await import('./puzzle')).solve(puzzle) : null }
    }
    return { ...request, puzzle: last.current.puzzle }
  }
  return { solved, forget }
}

function useSend(onMade: (receipt: Receipt) => void) {
  const sameKey = useSameKey()
  const { solved, forget } = useSolved()
  return useMutation({
    mutationFn: async (request: Request) => {
      const body = await solved(request)
      return ask(api.POST('/guest-requests', { body, headers: sameKey(body) }))
    },
    onSuccess: onMade,
    onError: (error) => {
      if (asProblem(error).reason === 'wrong_puzzle') forget()
    },
  })
}

function requestOf(input: Written, kind: Kind): Request {
  return {
    name: input.name.trim(),
    email: input.email.trim() || null,
    phone: input.phone.trim() || null,
    locale: inEnglish() ? 'en' : 'zh-CN',
    service_type: kind.id,
    subject: input.subject.trim(),
    body: htmlOf(input.body),
    files: input.files.map(toBeFiled),
    custom: Object.fromEntries(
      shownFields(kind, input.custom).map((field) => [field.key, input.custom[field.key] ?? null]),
    ) as never,
    website: input.website || null,
  }
}

function AskForm({ kinds, onMade }: AskFormProps) {
  const { t } = useTranslation('portal')
  const draft = useDraft<Written>('guest.new_request', nothingWritten)
  const input = { ...nothingWritten, ...draft.value }
  const newest = useRef(input)
  newest.current = input
  const put = (patch: Partial<Written>) => {
    newest.current = { ...newest.current, ...patch }
    draft.setValue(newest.current)
  }
  const uploads = useUploads<GuestFile>(undefined, guestFilesTo)
  useKeptFiles(uploads, (arrived) => put({ files: [...newest.current.files, ...arrived] }))
  const [looked, setLooked] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const send = useSend((receipt) => {
    draft.clear()
    onMade(receipt)
  })
  const kind = kinds.find((one) => one.id === input.kind)
  const missing = looked && kind ? problemsOf(input, kind) : {}
  const wrong = wrongTexts(send.error, missing)
  const goToFirst = () => goToFirstWrong(form.current)
  const submit = () => {
    if (!kind || send.isPending || uploads.pending) return
    setLooked(true)
    if (Object.keys(problemsOf(input, kind)).length > 0) goToFirst()
    else send.mutate(requestOf(input, kind), { onError: goToFirst })
  }
  return (
    <form
      ref={form}
      className="bj-form bj-new-request"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      {...uploads.handlers}
    >
      <TypeChoice types={kinds} value={kind?.id ?? null} onValue={(id) => put({ kind: id })} />
      {kind && (
        <AskFields input={input} put={put} wrong={wrong} kind={kind}>
          <Files
            uploads={uploads}
            files={input.files}
            onFiles={(files) => put({ files })}
            problem={wrong.files}
          />
        </AskFields>
      )}
      {send.error && Object.keys(wrong).length === 0 && (
        <Banner tone="danger">{reasonText(asProblem(send.error).reason)}</Banner>
      )}
      {kind && (
        <div className="bj-submit-row">
          <Button
            type="submit"
            kind="primary"
            size="large"
            disabled={uploads.pending}
            pending={send.isPending}
          >
            {t(uploads.pending ? 'uploading' : 'submit_it')}
          </Button>
        </div>
      )}
    </form>
  )
}

interface FilesProps {
  uploads: Uploads<GuestFile>
  files: readonly GuestFile[]
  onFiles: (files: GuestFile[]) => void
  problem?: string
}

function Files({ uploads, files, onFiles, problem }: FilesProps) {
  const { t } = useTranslation('portal')
  return (
    <div className="bj-input-field">
      <span className="bj-input-label">{t('files')}</span>
      <FilesField
        uploads={uploads}
        kept={files}
        onForget={(file) => onFiles(files.filter((one) => one.id !== file.id))}
      />
      <span className="bj-count">{t('guest.files_hint')}</span>
      {problem && (
        <span className="bj-input-problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  )
}

interface AskFieldsProps {
  input: Written
  put: (patch: Partial<Written>) => void
  wrong: Record<string, string>
  kind: Kind
  children: ReactNode
}

function AskFields({ input, put, wrong, kind, children }: AskFieldsProps) {
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
      {text('subject', { required: true, maxLength: 200, placeholder: t('subject_hint') })}
      <TextAreaField
        required
        rows={5}
        label={t('field.body')}
        hint={t('body_hint')}
        value={input.body}
        onValue={(body) => put({ body })}
        problem={wrong.body}
      />
      <MoreFields
        fields={shownFields(kind, input.custom)}
        values={input.custom}
        wrong={wrong}
        onValue={(custom) => put({ custom })}
      />
      {children}
      {text('name', { required: true, autoComplete: 'name', maxLength: 120 })}
      <div className="bj-form-row">
        {text('phone', { type: 'tel', autoComplete: 'tel', hint: t('guest.one_of_both') })}
        {text('email', { type: 'email', autoComplete: 'email' })}
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
    </>
  )
}
