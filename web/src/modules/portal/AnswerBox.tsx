import { IconPaperclip } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { useMe } from '@/api/use_me'
import { sayFailed } from '@/parts/problems'
import { done } from '@/parts/undo'
import { useDraft } from '@/parts/useDraft'
import { useUploads } from '@/parts/useUploads'
import { Button } from '@/ui/Button'
import { FileChip } from '@/ui/FileChip'
import '@/ui/field.css'
import { htmlOf, type Request, refreshRequest } from './useRequest'

// An answer of the customer's: plain text that keeps its lines, and files.
export function AnswerBox({ request }: { request: Request }) {
  const { t } = useTranslation('portal')
  const me = useMe()
  const draft = useDraft(`${me.id}.ticket.${request.id}.answer`, '')
  const uploads = useUploads()
  const picker = useRef<HTMLInputElement>(null)
  const send = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/tickets/{id}/messages', {
          params: { path: { id: request.id } },
          body: { kind: 'reply', body: htmlOf(draft.value || '…'), files: uploads.files },
        }),
      ),
    onError: sayFailed,
    onSuccess: () => {
      draft.clear()
      uploads.clear()
      done(t('sent'))
    },
    onSettled: refreshRequest,
  })
  if (!request.allowed?.includes('reply')) return null
  const isEmpty = !draft.value.trim() && uploads.files.length === 0
  return (
    <section className="bj-panel bj-answer" {...uploads.handlers}>
      <textarea
        className="bj-input"
        aria-label={t('answer')}
        placeholder={t('answer_hint')}
        value={draft.value}
        onChange={(event) => draft.setValue(event.target.value)}
      />
      <div className="bj-answer-foot">
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            uploads.add(event.target.files ?? [])
            event.target.value = ''
          }}
        />
        <Button icon={IconPaperclip} onClick={() => picker.current?.click()}>
          {t('attach')}
        </Button>
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
        <Button
          kind="primary"
          disabled={isEmpty || uploads.pending}
          pending={send.isPending}
          onClick={() => send.mutate()}
        >
          {t('send')}
        </Button>
      </div>
    </section>
  )
}
