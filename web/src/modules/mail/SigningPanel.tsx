import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { fieldTexts, sayFailed } from '@/parts/problems'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { CodeBlock } from '@/ui/Copy'
import { TextField } from '@/ui/Field'
import { Panel } from '@/ui/Panel'
import { type MailboxView, refreshMailboxes } from './queries'

// Signing what leaves (DKIM): the key is made here, its public half goes into the DNS.
export function SigningPanel({ view }: { view: MailboxView }) {
  const { t } = useTranslation('mail')
  return (
    <Panel title={t('part.signing')}>
      <div className="bj-signing">
        <p className="bj-input-hint">{t('signing.hint')}</p>
        {view.signing ? <Signed view={view} /> : <Unsigned view={view} />}
      </div>
    </Panel>
  )
}

function Signed({ view }: { view: MailboxView }) {
  const { t } = useTranslation('mail')
  const end = useMutation({
    mutationFn: () =>
      ask(api.DELETE('/mailboxes/{id}/signing', { params: { path: { id: view.id } } })),
    onError: sayFailed,
    onSuccess: () => void done(t('signing.ended')),
    onSettled: refreshMailboxes,
  })
  const { name = '', record = '' } = view.signing ?? {}
  return (
    <>
      <p>{t('signing.put_into_dns')}</p>
      <h3>{t('signing.name')}</h3>
      <CodeBlock label={t('signing.name')} code={name} />
      <h3>{t('signing.record')}</h3>
      <CodeBlock label={t('signing.record')} code={record} />
      <div>
        <Button pending={end.isPending} onClick={() => end.mutate()}>
          {t('signing.end')}
        </Button>
      </div>
    </>
  )
}

function Unsigned({ view }: { view: MailboxView }) {
  const { t } = useTranslation('mail')
  const [selector, setSelector] = useState('baijin')
  const begin = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/mailboxes/{id}/signing', {
          params: { path: { id: view.id } },
          body: { selector },
        }),
      ),
    onSuccess: () => void done(t('signing.begun')),
    onSettled: refreshMailboxes,
  })
  return (
    <>
      <TextField
        label={t('signing.selector')}
        hint={t('signing.selector_hint')}
        value={selector}
        onValue={setSelector}
        problem={begin.error ? fieldTexts(begin.error).selector : undefined}
      />
      <div>
        <Button pending={begin.isPending} onClick={() => begin.mutate()}>
          {t('signing.begin')}
        </Button>
      </div>
    </>
  )
}
