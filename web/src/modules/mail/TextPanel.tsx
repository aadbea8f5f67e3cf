import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion } from '@/api/client'
import { all } from '@/api/keys'
import { asProblem } from '@/api/problem'
import { queryClient } from '@/api/query_client'
import '@/parts/letters.css'
import { fieldTexts, reasonText, sayFailed } from '@/parts/problems'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { Switch } from '@/ui/choices'
import type { EditorHandle } from '@/ui/Editor'
import { TextField } from '@/ui/Field'
import { Banner, Panel } from '@/ui/Panel'
import { RichField } from './RichField'
import { TextPreview } from './TextPreview'
import type { MailTemplate } from './TextsPage'
import { shownVariable, variables, written } from './variables'

const refresh = () => queryClient.invalidateQueries({ queryKey: all('mail_template') })

function patch(text: MailTemplate, body: Partial<MailTemplate>) {
  return ask(
    api.PATCH('/mail-templates/{id}', {
      params: { path: { id: text.id } },
      headers: ifVersion(text.version),
      body,
    }),
  )
}

// One text in one language: written on one side, seen as a mail on the other.
export function TextPanel({ text }: { text: MailTemplate }) {
  const { t } = useTranslation('mail')
  const editor = useRef<EditorHandle>(null)
  const [subject, setSubject] = useState(text.subject)
  const [body, setBody] = useState(text.body)
  // Kept anew by somebody, or put back: what stands here follows.
  useEffect(() => {
    setSubject(text.subject)
    setBody(text.body)
  }, [text.subject, text.body])
  const { save, reset, toggle } = useKeeping(text)
  const isChanged = subject !== text.subject || body !== text.body
  const wrong = save.error ? fieldTexts(save.error) : {}
  return (
    <Panel
      title={t(`language.${text.language}`)}
      actions={
        <Switch
          label={t('text_active')}
          checked={text.active ?? false}
          onChecked={(active) => toggle.mutate(active)}
        />
      }
    >
      <div className="bj-mail-text">
        <div className="bj-form">
          {save.error && Object.keys(wrong).length === 0 && (
            <Banner tone="danger">{reasonText(asProblem(save.error).reason)}</Banner>
          )}
          <TextField
            label={t('subject')}
            value={subject}
            problem={wrong.subject}
            onValue={setSubject}
          />
          <RichField
            label={t('field.body')}
            editor={editor}
            value={body}
            problem={wrong.body}
            onValue={setBody}
          />
          <Variables onInsert={(name) => editor.current?.insert(written(name, t('link_text')))} />
          <div className="bj-mail-buttons">
            <Button
              kind="primary"
              disabled={!isChanged}
              pending={save.isPending}
              onClick={() => save.mutate({ subject, body })}
            >
              {t('save')}
            </Button>
            <Button pending={reset.isPending} onClick={() => reset.mutate()}>
              {t('reset')}
            </Button>
          </div>
        </div>
        <TextPreview id={text.id} subject={subject} body={body} language={text.language} />
      </div>
    </Panel>
  )
}

function useKeeping(text: MailTemplate) {
  const { t } = useTranslation('mail')
  const { subject, body } = text
  const settle = { onSettled: refresh }
  const save = useMutation({
    mutationFn: (next: Partial<MailTemplate>) => patch(text, next),
    onSuccess: () => void done(t('saved')),
    ...settle,
  })
  const reset = useMutation({
    mutationFn: () =>
      ask(api.POST('/mail-templates/{id}/resets', { params: { path: { id: text.id } } })),
    onError: sayFailed,
    // What was written by somebody is not lost by a slip.
    onSuccess: (now) =>
      void done(t('was_reset'), () =>
        patch(now, { subject, body }).then(() => refresh(), sayFailed),
      ),
    ...settle,
  })
  const toggle = useMutation({
    mutationFn: (active: boolean) => patch(text, { active }),
    onError: sayFailed,
    ...settle,
  })
  return { save, reset, toggle }
}

function Variables({ onInsert }: { onInsert: (name: string) => void }) {
  const { t } = useTranslation('mail')
  return (
    <fieldset className="bj-mail-variables">
      <legend className="bj-input-label">{t('variables')}</legend>
      {variables.map((name) => (
        <Button key={name} size="small" title={shownVariable(name)} onClick={() => onInsert(name)}>
          {t(`variable.${name.replace('.', '_')}`)}
        </Button>
      ))}
    </fieldset>
  )
}
