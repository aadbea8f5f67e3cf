import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { asProblem } from '@/api/problem'
import { useMe } from '@/api/use_me'
import { customFieldsQuery, serviceTypesQuery } from '@/parts/catalogue'
import { reasonText } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { useDraft } from '@/parts/useDraft'
import { type Uploads, useUploads } from '@/parts/useUploads'
import { Button } from '@/ui/Button'
import { Banner } from '@/ui/Panel'
import { FilesField } from '../FilesField'
import { goToFirstWrong, wrongTexts } from '../form'
import { Made } from '../Made'
import { PortalPage } from '../PortalPage'
import { refreshRequest } from '../request/useRequest'
import { TypeChoice } from '../TypeChoice'
import { useKeptFiles } from '../useKeptFiles'
import { useSameKey } from '../useSameKey'
import { Details } from './Details'
import './new.css'
import {
  complete,
  customFieldsOf,
  intakeOf,
  nothingWritten,
  problemsOf,
  requestOf,
  type ServiceType,
  type Written,
} from './written'

type Ticket = Schemas['Ticket']

export default function NewRequestPage() {
  const { t } = useTranslation('portal')
  const [made, setMade] = useState<Ticket | null>(null)
  const query = useQuery(serviceTypesQuery)
  return (
    <PortalPage title={t('submit')} narrow back={{ to: '/requests', title: t('requests') }}>
      {made ? (
        <ThisOne ticket={made} onAnother={() => setMade(null)} />
      ) : (
        <QueryView query={query}>
          {(types) => (
            <Form types={types.filter((type) => type.active && type.in_portal)} onMade={setMade} />
          )}
        </QueryView>
      )}
    </PortalPage>
  )
}

function ThisOne({ ticket, onAnother }: { ticket: Ticket; onAnother: () => void }) {
  const { t } = useTranslation('portal')
  return (
    <Made number={ticket.number} promisedAt={ticket.due_at} hint={t('made_hint')}>
      <Link
        className="bj-button"
        data-kind="primary"
        data-size="large"
        to={'/requests/$id' as never}
        params={{ id: ticket.id } as never}
      >
        {t('follow_it')}
      </Link>
      <Button size="large" onClick={onAnother}>
        {t('another')}
      </Button>
    </Made>
  )
}

interface FormProps {
  types: readonly ServiceType[]
  onMade: (ticket: Ticket) => void
}

function Form({ types, onMade }: FormProps) {
  const { written, put, clear, savedAt } = useWritten()
  const uploads = useUploads()
  useKeptFiles(uploads, (arrived) => put((now) => ({ files: [...now.files, ...arrived] })))
  const type = types.find((one) => one.id === written.serviceType)
  const fields = customFieldsOf(useQuery(customFieldsQuery).data ?? [], written)
  const [looked, setLooked] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const create = useCreate((ticket) => {
    clear()
    onMade(ticket)
  })
  const missing = looked ? problemsOf(written, type, fields) : {}
  const wrong = wrongTexts(create.error, missing)
  const goToFirst = () => goToFirstWrong(form.current)
  const submit = () => {
    if (!type || create.isPending || uploads.pending) return
    setLooked(true)
    if (Object.keys(problemsOf(written, type, fields)).length > 0) return goToFirst()
    create.mutate(requestOf(written, type, fields), { onError: goToFirst })
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
      <TypeChoice
        types={types}
        value={type?.id ?? null}
        onValue={(serviceType) => {
          setLooked(false)
          put({ serviceType })
        }}
      />
      {type && (
        <>
          <Details written={written} put={put} wrong={wrong} type={type} fields={fields} />
          <Files
            uploads={uploads}
            written={written}
            put={put}
            required={intakeOf(type).get('attachment') ?? false}
            problem={wrong.attachment}
          />
          {create.error && Object.keys(wrong).length === 0 && (
            <Banner tone="danger">{reasonText(asProblem(create.error).reason)}</Banner>
          )}
          <SubmitRow savedAt={savedAt} uploading={uploads.pending} pending={create.isPending} />
        </>
      )}
    </form>
  )
}

// What is written, kept while it is being written.
function useWritten() {
  const me = useMe()
  const draft = useDraft<Written>(`${me.id}.new_request`, nothingWritten)
  const written = complete(draft.value)
  const newest = useRef(written)
  newest.current = written
  const put = (patch: Partial<Written> | ((now: Written) => Partial<Written>)) => {
    const now = newest.current
    newest.current = { ...now, ...(typeof patch === 'function' ? patch(now) : patch) }
    draft.setValue(newest.current)
  }
  return { written, put, clear: draft.clear, savedAt: draft.savedAt }
}

function useCreate(onMade: (ticket: Ticket) => void) {
  const sameKey = useSameKey()
  return useMutation({
    mutationFn: (body: Schemas['NewTicket']) =>
      ask(api.POST('/tickets', { body, headers: sameKey(body) })),
    onSuccess: (ticket) => {
      void refreshRequest()
      onMade(ticket)
    },
  })
}

interface FilesProps {
  uploads: Uploads
  written: Written
  put: (patch: Partial<Written>) => void
  required: boolean
  problem?: string
}

function Files({ uploads, written, put, required, problem }: FilesProps) {
  const { t } = useTranslation(['portal', 'ui'])
  return (
    <div className="bj-input-field">
      <span className="bj-input-label">
        {t('files')}
        {required && <span className="bj-input-required">{t('ui:required')}</span>}
      </span>
      <FilesField
        uploads={uploads}
        kept={written.files}
        onForget={(file) => put({ files: written.files.filter((one) => one.id !== file.id) })}
      />
      {problem && (
        <span className="bj-input-problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  )
}

interface SubmitRowProps {
  savedAt: number | null
  uploading: boolean
  pending: boolean
}

function SubmitRow({ savedAt, uploading, pending }: SubmitRowProps) {
  const { t } = useTranslation('portal')
  return (
    <div className="bj-submit-row">
      <Button type="submit" kind="primary" size="large" disabled={uploading} pending={pending}>
        {uploading ? t('uploading') : t('submit_it')}
      </Button>
      {savedAt && !uploading && <span className="bj-count">{t('draft_kept')}</span>}
    </div>
  )
}
