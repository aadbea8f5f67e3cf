import { IconChevronDown, IconLetterCase } from '@tabler/icons-react'
import {
  type KeyboardEvent,
  lazy,
  type Ref,
  Suspense,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { findPeople } from '@/parts/lookups'
import { useShortcut } from '@/parts/shortcuts'
import { clockOf } from '@/parts/time'
import { useAfterPaint } from '@/parts/useAfterPaint'
import { IconButton } from '@/ui/Button'
import { Kbd } from '@/ui/Kbd'
import { CannedDialog } from './CannedDialog'
import { ComposerFiles, Hints, SendButtons, WriteButtons } from './ComposerParts'
import { EarlyField, useEditorHandle } from './EarlyField'
import { MeanwhileDialog } from './MeanwhileDialog'
import { useComposer } from './useComposer'
import type { Sent } from './useSend'
import type { AllowedMove, Message, Ticket } from './useTicket'

const loadEditor = () => import('@/ui/Editor')
const Editor = lazy(loadEditor)
// On its way while the ticket still is.
loadEditor().catch(() => undefined)

export interface ComposerHandle {
  // A message that was taken back is there again to be written on.
  takeBack: (message: Message) => void
}

export interface ComposerProps {
  ticket: Ticket
  onWriting: (kind: 'reply' | 'note' | null) => void
  onSent: (message: Sent, move?: AllowedMove) => void
  ref?: Ref<ComposerHandle>
}

export function Composer({ ticket, onWriting, onSent, ref }: ComposerProps) {
  const { t } = useTranslation('tickets')
  const handle = useEditorHandle()
  const { editor, focus } = handle
  const [canned, setCanned] = useState(false)
  const [showsTools, setShowsTools] = useState(false)
  const [expanded, setExpanded] = useState(false)
  const written = useComposer(ticket, (message, move) => {
    onWriting(null)
    setExpanded(false)
    onSent(message, move)
  })
  const { draft, kind, body, files, uploads, isEmpty } = written
  useImperativeHandle(ref, () => ({ takeBack: written.takeBack }))
  const write = (next: 'reply' | 'note') => {
    // What is folded away cannot be stood in: it is unfolded before the next key is heard.
    flushSync(() => {
      written.change({ kind: next })
      setExpanded(true)
    })
    focus()
  }
  useWriteKeys(write, written.may)
  useWritingTold(body, kind, onWriting)
  if (!written.may('reply') && !written.may('note')) return null
  return (
    <section
      className="bj-composer"
      data-kind={kind}
      data-over={uploads.isOver || undefined}
      data-expanded={expanded || !isEmpty || undefined}
      aria-label={t('composer')}
      {...uploads.handlers}
    >
      <button type="button" className="bj-composer-bar" onClick={() => write(kind)}>
        {t(`placeholder.${kind}`)}
      </button>
      <ComposerHead
        kind={kind}
        may={written.may}
        savedAt={isEmpty ? null : draft.savedAt}
        onKind={write}
        onFold={isEmpty ? () => setExpanded(false) : undefined}
      />
      <WritingPage
        written={written}
        handle={handle}
        tools={showsTools}
        onSlash={() => setCanned(true)}
      />
      {kind === 'reply' && !isEmpty && <Hints ticket={ticket} body={body} />}
      <ComposerFiles files={files} uploads={uploads} onRemove={written.removeFile} />
      <div className="bj-composer-foot">
        <IconButton
          label={t('format')}
          icon={IconLetterCase}
          pressed={showsTools}
          onClick={() => setShowsTools(!showsTools)}
        />
        <WriteButtons
          kind={kind}
          onFiles={uploads.add}
          onMention={() => editor.current?.insert('@')}
          onCanned={() => setCanned(true)}
        />
        <SendButtons
          ticket={ticket}
          kind={kind}
          disabled={isEmpty || uploads.pending}
          pending={written.pending}
          go={(move) => void written.send(move)}
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
      <Asked written={written} />
    </section>
  )
}

interface WritingPageProps {
  written: ReturnType<typeof useComposer>
  handle: ReturnType<typeof useEditorHandle>
  tools: boolean
  onSlash: () => void
}

// The editor is heavy: until the ticket itself has been painted a plain field stands for it.
function WritingPage({ written, handle, tools, onSlash }: WritingPageProps) {
  const { t } = useTranslation('tickets')
  const painted = useAfterPaint()
  const { editor, attach, early } = handle
  const { kind, body, uploads } = written
  const words = { label: t('composer'), placeholder: t(`placeholder.${kind}`) }
  const earlyField = <EarlyField early={early} {...words} />
  return (
    <div
      className="bj-composer-page"
      onKeyDownCapture={(event) => {
        if (editor.current) hearSlash(event, onSlash)
        hearEscape(event)
      }}
    >
      <Suspense fallback={earlyField}>
        {painted ? (
          <Editor
            ref={attach}
            {...words}
            value={body}
            onValue={(html) => written.change({ body: html })}
            onSend={() => void written.send()}
            onFiles={uploads.add}
            people={kind === 'note' ? findPeople : undefined}
            tools={tools}
          />
        ) : (
          earlyField
        )}
      </Suspense>
    </div>
  )
}

function Asked({ written }: { written: ReturnType<typeof useComposer> }) {
  const { meanwhile, goBack, sendAnyway } = written
  if (!meanwhile) return null
  return <MeanwhileDialog said={meanwhile.said} onClose={goBack} onSend={sendAnyway} />
}

// "/" is a letter like others unless a line begins with it.
function hearSlash(event: KeyboardEvent, open: () => void) {
  if (event.key !== '/' || event.nativeEvent.isComposing || !isAtStartOfLine()) return
  event.preventDefault()
  event.stopPropagation()
  open()
}

// One level back: the text is left, what it is about stays open. The editor would keep the key.
function hearEscape(event: KeyboardEvent) {
  if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
  if (document.querySelector('.bj-suggestions')) return
  event.preventDefault()
  event.stopPropagation()
  if (event.target instanceof HTMLElement) event.target.blur()
}

function isAtStartOfLine(): boolean {
  const place = window.getSelection()
  if (!place?.isCollapsed) return false
  const block = place.anchorNode?.parentElement?.closest('p, li') ?? place.anchorNode
  return (block?.textContent ?? '') === ''
}

interface ComposerHeadProps {
  kind: 'reply' | 'note'
  may: (what: string) => boolean
  savedAt: number | null
  onKind: (kind: 'reply' | 'note') => void
  onFold?: () => void
}

function ComposerHead({ kind, may, savedAt, onKind, onFold }: ComposerHeadProps) {
  const { t } = useTranslation('tickets')
  return (
    <div className="bj-composer-head">
      <div className="bj-composer-kinds" role="tablist" aria-label={t('composer')}>
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
      <span className="bj-composer-saved" role="status">
        {savedAt ? t('draft_kept', { at: clockOf(savedAt) }) : ''}
      </span>
      {onFold && (
        <IconButton
          className="bj-phone-only"
          label={t('fold')}
          icon={IconChevronDown}
          onClick={onFold}
        />
      )}
    </div>
  )
}

function useWriteKeys(write: (kind: 'reply' | 'note') => void, may: (what: string) => boolean) {
  const keys = (key: string, name: string) => ({
    keys: key,
    scope: 'ticket',
    title: `tickets:key.${name}`,
  })
  useShortcut(keys('r', 'reply'), () => write('reply'), may('reply'))
  useShortcut(keys('n', 'note'), () => write('note'), may('note'))
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
