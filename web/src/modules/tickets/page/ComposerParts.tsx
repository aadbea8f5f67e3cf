import { IconAt, IconChevronDown, IconPaperclip, IconSparkles } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { either } from '@/parts/names'
import type { Uploads } from '@/parts/useUploads'
import { Button, IconButton } from '@/ui/Button'
import { FileChip } from '@/ui/FileChip'
import { Kbd } from '@/ui/Kbd'
import { Menu } from '@/ui/Menu'
import type { DraftFile } from './draft'
import { hintsFor, usePreferences } from './preferences'
import type { AllowedMove, Ticket } from './useTicket'

export interface ComposerFilesProps {
  files: readonly DraftFile[]
  uploads: Uploads
  onRemove: (id: number) => void
}

// What goes along, and what is still on its way here.
export function ComposerFiles({ files, uploads, onRemove }: ComposerFilesProps) {
  const { t } = useTranslation('tickets')
  const running = uploads.uploads.filter((one) => !one.file)
  if (files.length === 0 && running.length === 0) return null
  return (
    <div className="bj-composer-files">
      {files.map((file) => (
        <FileChip
          key={file.id}
          name={file.name}
          bytes={file.bytes}
          type={file.type}
          onRemove={() => onRemove(file.id)}
          removeLabel={t('remove_file', { name: file.name })}
        />
      ))}
      {running.map((one) => (
        <span key={one.key} className="bj-composer-file">
          <FileChip
            name={one.name}
            bytes={one.bytes}
            progress={one.problem ? undefined : one.progress}
            onRemove={() => uploads.remove(one.key)}
            removeLabel={t('remove_file', { name: one.name })}
          />
          {one.problem && (
            <Button size="small" onClick={() => uploads.retry(one.key)}>
              {t('upload_again')}
            </Button>
          )}
        </span>
      ))}
    </div>
  )
}

export function AttachButton({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const { t } = useTranslation('tickets')
  const picker = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={t('attach')}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
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

export interface WriteButtonsProps {
  kind: 'reply' | 'note'
  onFiles: (files: Iterable<File>) => void
  onMention: () => void
  onCanned: () => void
}

export function WriteButtons({ kind, onFiles, onMention, onCanned }: WriteButtonsProps) {
  const { t } = useTranslation('tickets')
  return (
    <>
      <AttachButton onFiles={onFiles} />
      {kind === 'note' && <IconButton label={t('mention')} icon={IconAt} onClick={onMention} />}
      <button type="button" className="bj-composer-canned" onClick={onCanned}>
        <Kbd keys="/" /> {t('canned.title')}
      </button>
    </>
  )
}

export interface SendButtonsProps {
  ticket: Ticket
  kind: 'reply' | 'note'
  disabled: boolean
  pending: boolean
  go: (move?: AllowedMove) => void
}

export function SendButtons({ ticket, kind, disabled, pending, go }: SendButtonsProps) {
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
            title: t(`send.and_${kind}`, { what: either(move.name_zh, move.name_en) }),
            disabled,
            run: () => go(move),
          }))}
        >
          <IconButton
            kind="primary"
            label={t('send.and_more')}
            icon={IconChevronDown}
            disabled={pending}
          />
        </Menu>
      )}
    </div>
  )
}

// What was wished for and would not be kept by sending this now; it hinders nobody.
export function Hints({ ticket, body }: { ticket: Ticket; body: string }) {
  const { t } = useTranslation(['tickets', 'parts'])
  const { data } = usePreferences(ticket.contact, ticket.customer)
  const hints = hintsFor(data?.effective, { body, channel: ticket.channel, at: new Date() })
  if (hints.length === 0) return null
  return (
    <ul className="bj-composer-hints" aria-label={t('tickets:side.wishes')}>
      {hints.map((hint) => (
        <li key={hint.key}>
          <IconSparkles size={14} stroke={1.6} aria-hidden="true" />
          {hint.key === 'channel'
            ? t('tickets:hint.channel', { way: t(`parts:wish.by.${hint.words.way}`) })
            : t(`tickets:hint.${hint.key}`, hint.words)}
        </li>
      ))}
    </ul>
  )
}
