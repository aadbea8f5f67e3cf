import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion } from '@/api/client'
import { one } from '@/api/keys'
import { asProblem } from '@/api/problem'
import { LeaveGuard } from '@/parts/LeaveGuard'
import { Page } from '@/parts/Page'
import { fieldTexts, reasonText, sayFailed } from '@/parts/problems'
import { QueryView } from '@/parts/QueryView'
import { done } from '@/parts/undo'
import { useIdInPath } from '@/parts/usePlace'
import { Button } from '@/ui/Button'
import { Switch } from '@/ui/choices'
import { Banner, Panel } from '@/ui/Panel'
import { AddressFields } from './AddressFields'
import { changesOf, differs, formOf, type MailboxForm, newMailbox, type SectionProps } from './form'
import { Health } from './Health'
import { IncomingFields } from './IncomingFields'
import { OutgoingFields } from './OutgoingFields'
import { type MailboxView, refreshMailboxes } from './queries'
import { SigningPanel } from './SigningPanel'
import { TicketFields } from './TicketFields'
import { TrialPanel } from './TrialPanel'
import './mail.css'

export default function MailboxPage() {
  const id = useIdInPath()
  const query = useQuery({
    queryKey: one('mailbox', id),
    queryFn: ({ signal }) => ask(api.GET('/mailboxes/{id}', { params: { path: { id } }, signal })),
    enabled: id > 0,
  })
  if (id === 0) return <MailboxEditor view={null} />
  return (
    <QueryView query={query}>{(view) => <MailboxEditor key={view.id} view={view} />}</QueryView>
  )
}

function MailboxEditor({ view }: { view: MailboxView | null }) {
  const { t } = useTranslation('mail')
  const [before] = useState(() => formOf(view))
  const [form, setForm] = useState(before)
  const [folders, setFolders] = useState<readonly string[]>([])
  const isSaved = useRef(false)
  const save = useSave(view, before, form, () => {
    isSaved.current = true
  })
  const isUnsaved = useCallback(() => !isSaved.current && differs(form, before), [form, before])
  const wrong = save.error ? fieldTexts(save.error) : {}
  const section: SectionProps = {
    form,
    wrong,
    change: (patch) => setForm((now) => ({ ...now, ...patch })),
  }
  const isElsewhere = save.error && Object.keys(wrong).length === 0
  return (
    <Page
      title={view ? view.mailbox.address : t('add_mailbox')}
      actions={view && <LookNow view={view} />}
      narrow
    >
      <LeaveGuard isUnsaved={isUnsaved} />
      <form
        className="bj-form bj-mailbox"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        {view && <Health view={view} />}
        {save.error && (
          <Banner tone="danger" takesFocus>
            {isElsewhere ? reasonText(asProblem(save.error).reason) : t('look_at_fields')}
          </Banner>
        )}
        <Panel title={t('part.address')}>
          <AddressFields {...section} isNew={!view} />
        </Panel>
        <Panel title={t('part.incoming')}>
          <IncomingFields
            {...section}
            folders={folders}
            hasSecret={view?.has_incoming_secret ?? false}
          />
        </Panel>
        <Panel title={t('part.outgoing')}>
          <OutgoingFields {...section} hasSecret={view?.has_outgoing_secret ?? false} />
        </Panel>
        <TrialPanel form={form} mailbox={view?.id ?? null} onFolders={setFolders} />
        {view?.mailbox.outgoing.host && <SigningPanel view={view} />}
        <Panel title={t('part.tickets')}>
          <TicketFields {...section} />
        </Panel>
        <Switch
          label={t('field.active')}
          checked={form.active ?? false}
          onChecked={(active) => section.change({ active })}
        />
        <div>
          <Button type="submit" kind="primary" size="large" pending={save.isPending}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Page>
  )
}

function useSave(
  view: MailboxView | null,
  before: MailboxForm,
  form: MailboxForm,
  onSaved: () => void,
) {
  const { t } = useTranslation('mail')
  const go = useNavigate()
  return useMutation({
    mutationFn: () =>
      view
        ? ask(
            api.PATCH('/mailboxes/{id}', {
              params: { path: { id: view.id } },
              headers: ifVersion(view.version),
              body: changesOf(form, before),
            }),
          )
        : ask(api.POST('/mailboxes', { body: newMailbox(form) })),
    onSuccess: () => {
      onSaved()
      done(t('saved'))
      void refreshMailboxes()
      void go({ to: '/mailboxes' as never })
    },
  })
}

function LookNow({ view }: { view: MailboxView }) {
  const { t } = useTranslation('mail')
  const look = useMutation({
    mutationFn: () => ask(api.POST('/mailboxes/{id}/looks', { params: { path: { id: view.id } } })),
    onError: sayFailed,
    onSuccess: () => void done(t('looking')),
    onSettled: refreshMailboxes,
  })
  if (!view.mailbox.active || view.mailbox.incoming.protocol === 'none') return null
  return (
    <Button pending={look.isPending} onClick={() => look.mutate()}>
      {t('look_now')}
    </Button>
  )
}
