import { useMutation } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { sayFailed } from '@/parts/problems'
import { done } from '@/parts/undo'
import { useDraft } from '@/parts/useDraft'
import { type SentFile, useUploads } from '@/parts/useUploads'
import { Button } from '@/ui/Button'
import '@/ui/field.css'
import { FilesField } from '../FilesField'
import { htmlOf } from '../plain_text'
import { useKeptFiles } from '../useKeptFiles'
import { useSameKey } from '../useSameKey'
import './request.css'

interface Answer<Card> {
  text: string
  files: Card[]
}

const nothing: Answer<never> = { text: '', files: [] }

export interface AnswerBoxProps<Card> {
  // Under which name the draft is kept.
  name: string
  // The door that takes files; without it there are none.
  filesTo?: string
  send: (body: { body: string; files: Card[] }, headers: Record<string, string>) => Promise<unknown>
  onSettled: () => unknown
}

// An answer of the customer's: plain text that keeps its lines, and files.
export function AnswerBox<Card extends SentFile>(props: AnswerBoxProps<Card>) {
  const { name, filesTo, send, onSettled } = props
  const { t } = useTranslation('portal')
  const draft = useDraft<Answer<Card>>(name, nothing)
  const newest = useRef(draft.value)
  newest.current = draft.value
  const put = (patch: Partial<Answer<Card>>) => {
    newest.current = { ...newest.current, ...patch }
    draft.setValue(newest.current)
  }
  const uploads = useUploads<Card>(undefined, filesTo)
  useKeptFiles(uploads, (arrived) => put({ files: [...newest.current.files, ...arrived] }))
  const sameKey = useSameKey()
  const sending = useMutation({
    mutationFn: () => {
      const { text, files } = newest.current
      const body = { body: htmlOf(text.trim() || t('see_files')), files }
      return send(body, sameKey(body))
    },
    onError: sayFailed,
    onSuccess: () => {
      draft.clear()
      done(t('sent'))
    },
    onSettled,
  })
  const box = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (location.hash === '#answer') box.current?.focus()
  }, [])
  const { text, files } = draft.value
  const isReady = (text.trim() || files.length > 0) && !uploads.pending && !sending.isPending
  const onKey = (event: KeyboardEvent) => {
    const isSend = event.key === 'Enter' && (event.ctrlKey || event.metaKey)
    if (!isSend || !isReady || event.nativeEvent.isComposing) return
    event.preventDefault()
    sending.mutate()
  }
  return (
    <section
      id="answer"
      className="bj-panel bj-answer"
      aria-label={t('answer')}
      {...(filesTo ? uploads.handlers : {})}
    >
      <textarea
        ref={box}
        className="bj-input"
        aria-label={t('answer')}
        placeholder={t('answer_hint')}
        value={text}
        // What is typed while this is on its way would go when it has arrived.
        readOnly={sending.isPending}
        onChange={(event) => put({ text: event.target.value })}
        onKeyDown={onKey}
      />
      <div className="bj-answer-foot">
        {filesTo && (
          <FilesField
            uploads={uploads}
            kept={files}
            onForget={(file) => put({ files: files.filter((one) => one.id !== file.id) })}
          />
        )}
        <Button
          kind="primary"
          size="large"
          disabled={!isReady}
          pending={sending.isPending}
          onClick={() => sending.mutate()}
        >
          {t('send')}
        </Button>
      </div>
    </section>
  )
}
