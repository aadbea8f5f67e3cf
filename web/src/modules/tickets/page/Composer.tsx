import { IconChevronDown, IconPaperclip, IconSlash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { lazy, type Ref, Suspense, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { useMe } from '@/api/use_me'
import { findPeople } from '@/parts/lookups'
import { either } from '@/parts/names'
import { sayFailed } from '@/parts/problems'
import { useShortcut } from '@/parts/shortcuts'
import { clockOf } from '@/parts/time'
import { useDraft } from '@/parts/useDraft'
import { useUploads } from '@/parts/useUploads'
import { Button, IconButton } from '@/ui/Button'
import type { EditorHandle } from '@/ui/Editor'
import { FileChip } from '@/ui/FileChip'
import { Kbd } from '@/ui/Kbd'
import { Menu } from '@/ui/Menu'
import { CannedDialog } from './CannedDialog'
import { draftKeeper, noDraft } from './draft'
import { hintsFor, usePreferences } from './preferences'
import { type AllowedMove, refreshTicket, type Ticket } from './useTicket'

const Editor = lazy(() => import('@/ui/Editor'))

export interface ComposerHandle {
  write: (kind: 'reply' | 'note') => void
}

export interface ComposerProps {
  ticket: Ticket
  onWriting: (kind: 'reply' | 'note' | null) => void
  onMove: (move: AllowedMove) => void
  ref?: Ref<ComposerHandle>
}

const undoSeconds = 8

export function Composer({ ticket, onWriting, onMove, ref }: ComposerProps) {
  const { t } = useTranslation('tickets')
  const me = useMe()
  const draft = useDraft(`${me.id}.ticket.${ticket.id}`, noDraft, draftKeeper(ticket.id))
  const { kind, body } = draft.value
  const editor = useRef<EditorHandle>(null)
  const [canned, setCanned] = useState(false)
  const uploads = useUploads()
  const may = (what: string) => ticket.allowed?.includes(what) ?? false
  const write = (next: 'reply' | 'note') => {
    draft.setValue({ ...draft.value, kind: next })
    editor.current?.focus()
  }
  useImperativeHandle(ref, () => ({ write }))
  useShortcut(
    { keys: 'r', scope: 'ticket', title: 'tickets:key.reply' },
    () => write('reply'),
    may('reply'),
  )
  useShortcut(
    { keys: 'n', scope: 'ticket', title: 'tickets:key.note' },
    () => write('note'),
    may('note'),
  )
  useWritingTold(body, kind, onWriting)
  const send = useSend(ticket, () => {
    draft.clear()
    uploads.clear()
    onWriting(null)
  })
  if (!may('reply') && !may('note')) return null
  const isEmpty = !body && uploads.files.length === 0
  const go = (move?: AllowedMove) => {
    if (isEmpty || uploads.pending || send.isPending) return
    send.mutate(
      { kind, body: body || '<p></p>', files: uploads.files },
      { onSuccess: () => move && onMove(move) },
    )
  }
  return (
    <section
      className="bj-composer"
      data-kind={kind}
      data-over={uploads.isOver || undefined}
      aria-label={t('composer')}
      {...uploads.handlers}
    >
      <ComposerHead kind={kind} may={may} savedAt={isEmpty ? null : draft.savedAt} onKind={write} />
      <Suspense fallback={<div className="bj-editor-page" />}>
        <Editor
          ref={editor}
          label={t(`write.${kind}`)}
          placeholder={t(`placeholder.${kind}`)}
          value={body}
          onValue={(html) => draft.setValue({ ...draft.value, body: html })}
          onSend={() => go()}
          onFiles={uploads.add}
          people={kind === 'note' ? findPeople : undefined}
          tools={false}
        />
      </Suspense>
      {kind === 'reply' && <Hints ticket={ticket} body={body} />}
      <ComposerFiles uploads={uploads} />
      <div className="bj-composer-foot">
        <AttachButton onFiles={uploads.add} />
        <Button kind="quiet" size="small" icon={IconSlash} onClick={() => setCanned(true)}>
          {t('canned.title')}
        </Button>
        <SendButtons
          ticket={ticket}
          kind={kind}
          disabled={isEmpty || uploads.pending}
          pending={send.isPending}
          go={go}
        />
      </div>
      {canned && (
        <CannedDialog
          ticket={ticket}
          kind={kind}
          onClose={() => setCanned(false)}
          onChoose={(html) => editor.current?.insert(html)}
        />
      )}
    </section>
  )
}

interface ComposerHeadProps {
  kind: 'reply' | 'note'
  may: (what: string) => boolean
  savedAt: number | null
  onKind: (kind: 'reply' | 'note') => void
}

function ComposerHead({ kind, may, savedAt, onKind }: ComposerHeadProps) {
  const { t } = useTranslation('tickets')
  return (
    <div className="bj-composer-head">
      <div role="tablist" aria-label={t('composer')}>
        {(['reply', 'note'] as const).filter(may).map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={kind === one}
            onClick={() => onKind(one)}
          >
            {t(`write.${one}`)} <Kbd keys={one === 'reply' ? 'r' : 'n'} />
          </button>
        ))}
      </div>
      <span className="bj-composer-saved">
        {savedAt ? t('draft_kept', { at: clockOf(savedAt) }) : ''}
      </span>
    </div>
  )
}

function ComposerFiles({ uploads }: { uploads: ReturnType<typeof useUploads> }) {
  const { t } = useTranslation('tickets')
  if (uploads.uploads.length === 0) return null
  return (
    <div className="bj-composer-files">
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

function AttachButton({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const { t } = useTranslation('tickets')
  const picker = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles(event.target.files ?? [])
          event.target.value = ''
        }}
      />
      <IconButton
        label={t('attach')}
        icon={IconPaperclip}
        onClick={() => picker.current?.click()}
      />
    </>
  )
}

interface SendButtonsProps {
  ticket: Ticket
  kind: 'reply' | 'note'
  disabled: boolean
  pending: boolean
  go: (move?: AllowedMove) => void
}

function SendButtons({ ticket, kind, disabled, pending, go }: SendButtonsProps) {
  const { t } = useTranslation('tickets')
  const moves = ticket.transitions ?? []
  return (
    <div className="bj-composer-send">
      <Button
        kind="primary"
        keys="mod+Enter"
        disabled={disabled}
        pending={pending}
        onClick={() => go()}
      >
        {t(`send.${kind}`)}
      </Button>
      {moves.length > 0 && (
        <Menu
          align="end"
          items={moves.map((move) => ({
            title: t('send.and', { what: either(move.name_zh, move.name_en) }),
            disabled,
            run: () => go(move),
          }))}
        >
          <IconButton kind="primary" label={t('send.and_more')} icon={IconChevronDown} />
        </Menu>
      )}
    </div>
  )
}

// What was wished for and would not be kept by sending this now; it hinders nobody.
function Hints({ ticket, body }: { ticket: Ticket; body: string }) {
  const { t } = useTranslation('tickets')
  const { data } = usePreferences(ticket.contact, ticket.customer)
  const hints = hintsFor(data?.effective, body, new Date())
  if (hints.length === 0) return null
  return (
    <p className="bj-composer-hint">
      {hints.map((hint) => t(`hint.${hint.key}`, hint.words)).join(' ')}
    </p>
  )
}

function useWritingTold(body: string, kind: 'reply' | 'note', tell: ComposerProps['onWriting']) {
  const told = useRef<'reply' | 'note' | null>(null)
  const isWriting = body !== ''
  useEffect(() => {
    const now = isWriting ? kind : null
    if (told.current !== now) tell(now)
    told.current = now
  }, [isWriting, kind, tell])
}

function useSend(ticket: Ticket, onSent: () => void) {
  const { t } = useTranslation('tickets')
  return useMutation({
    mutationFn: (message: { kind: 'reply' | 'note'; body: string; files: number[] }) =>
      ask(
        api.POST('/tickets/{id}/messages', {
          params: { path: { id: ticket.id } },
          body: {
            ...message,
            mentions: mentionsIn(message.body),
            undo_seconds: message.kind === 'reply' ? undoSeconds : undefined,
          },
        }),
      ),
    onError: sayFailed,
    onSuccess: onSent,
    onSettled: () => refreshTicket(ticket.id),
    meta: { title: t('composer') },
  })
}

// Whom the text names with "@": the editor marks them with their number.
export function mentionsIn(html: string): number[] {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const ids = [...page.querySelectorAll('[data-type="mention"][data-id]')].map((element) =>
    Number(element.getAttribute('data-id')),
  )
  return [...new Set(ids.filter((id) => Number.isInteger(id) && id > 0))]
}
