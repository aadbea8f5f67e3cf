import { Fragment, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { Avatar } from '@/parts/Avatar'
import { FilesView } from '@/parts/FilesView'
import { filesShownIn, SafeHtml } from '@/parts/SafeHtml'
import { Time } from '@/parts/Time'
import { dayOf } from '@/parts/time'
import { sizeOf } from '@/ui/FileChip'
import { DayLine, NewLine } from '@/ui/Talk'
import './request.css'
import type { Message } from './useRequest'

type FileCard = Schemas['FileCard']

export interface ConversationProps {
  messages: readonly Message[]
  readUntil?: string | null
  // How a file is fetched where its address alone does not do.
  onFile?: (file: FileCard) => void
}

// What was said, one's own on the right. What is new since one was here last is marked as long as
// one stays.
export function Conversation({ messages, readUntil, onFile }: ConversationProps) {
  const { t } = useTranslation('portal')
  const [seenBefore] = useState(readUntil)
  const isNew = (message: Message) =>
    Boolean(seenBefore) && !message.from_customer && message.created_at > String(seenBefore)
  const firstNew = messages.find(isNew)
  useNewestInSight(messages.at(-1))
  return (
    <section className="bj-chat" aria-label={t('conversation')}>
      {messages.map((message, at) => {
        const day = dayOf(message.created_at)
        const before = messages[at - 1]
        return (
          <Fragment key={message.id}>
            {(!before || dayOf(before.created_at) !== day) && <DayLine>{day}</DayLine>}
            {message === firstNew && <NewLine>{t('new_since')}</NewLine>}
            <OneMessage message={message} onFile={onFile} />
          </Fragment>
        )
      })}
    </section>
  )
}

// What is answered while one looks on must not stay below the edge; what was there before does not
// move the page.
function useNewestInSight(newest: Message | undefined) {
  const known = useRef(newest?.id)
  useEffect(() => {
    if (!newest || newest.id === known.current) return
    known.current = newest.id
    const line = document.getElementById(`message-${newest.id}`)
    line?.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
  }, [newest])
}

interface OneMessageProps {
  message: Message
  onFile?: (file: FileCard) => void
}

function OneMessage({ message, onFile }: OneMessageProps) {
  const { t } = useTranslation('portal')
  const beside = (message.files ?? []).map((file) => file.id)
  const shown = filesShownIn(message.body, beside)
  const files = (message.files ?? []).filter((file) => !shown.includes(file.id))
  return (
    <article
      id={`message-${message.id}`}
      className="bj-chat-line"
      data-mine={message.from_customer || undefined}
    >
      <Avatar name={message.author_name} size={32} />
      <div className="bj-chat-said">
        <header>
          <strong>{message.author_name}</strong>
          <Time at={message.created_at} as="clock" />
        </header>
        <div className="bj-chat-bubble">
          {message.withheld ? (
            <p className="bj-chat-withheld">{t('withheld')}</p>
          ) : (
            <SafeHtml html={message.body} files={beside} title={message.author_name} />
          )}
          {files.length > 0 && (
            <div className="bj-chat-files">
              {onFile ? (
                files.map((file) => <FetchedFile key={file.id} file={file} onFile={onFile} />)
              ) : (
                <FilesView files={files} />
              )}
            </div>
          )}
        </div>
      </div>
    </article>
  )
}

// A file of a guest's conversation: its address alone does not do.
function FetchedFile({ file, onFile }: { file: FileCard; onFile: (file: FileCard) => void }) {
  return (
    <button type="button" className="bj-file" onClick={() => onFile(file)}>
      <bdi className="bj-file-name">{file.name}</bdi>
      <span className="bj-file-size">{sizeOf(file.bytes)}</span>
    </button>
  )
}
