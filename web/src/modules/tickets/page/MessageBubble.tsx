import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { apiPath } from '@/api/base_path'
import { api, ask } from '@/api/client'
import { serverNow } from '@/api/connection'
import { Avatar } from '@/parts/Avatar'
import { sayFailed } from '@/parts/problems'
import { SafeHtml } from '@/parts/SafeHtml'
import { Time } from '@/parts/Time'
import { clockOf } from '@/parts/time'
import { Button } from '@/ui/Button'
import { FileChip } from '@/ui/FileChip'
import { Bubble } from '@/ui/Talk'
import { onTick } from '@/ui/ticker'
import { type Message, refreshTicket, type Ticket } from './useTicket'

export function MessageBubble({ message, ticket }: { message: Message; ticket: Ticket }) {
  const { t } = useTranslation(['tickets', 'words'])
  const isNote = message.kind === 'note'
  const from = isNote ? 'note' : message.from_customer ? 'them' : 'us'
  const channel = t(`words:channel.${message.channel}`)
  const about = isNote
    ? t('tickets:note_about')
    : message.from_customer
      ? (ticket.names.customer ?? channel)
      : t('tickets:reply_about', { channel })
  const readAt = message.read_by_customer_at
  return (
    <Bubble
      from={from}
      avatar={<Avatar name={message.author_name} size={28} square={message.from_customer} />}
      name={message.author_name}
      about={about}
      time={<Time at={message.created_at} as="clock" />}
      files={
        message.files && message.files.length > 0
          ? message.files.map((file) => (
              <FileChip
                key={file.id}
                name={file.name}
                bytes={file.bytes}
                type={file.type}
                href={apiPath(`/files/${file.id}`)}
              />
            ))
          : undefined
      }
      foot={
        message.state !== 'sent' ? (
          <Prepared message={message} />
        ) : readAt ? (
          t('tickets:read_by_customer', { at: clockOf(readAt) })
        ) : undefined
      }
    >
      <SafeHtml
        html={message.body}
        title={t('tickets:message_of', { name: message.author_name })}
      />
    </Bubble>
  )
}

// Not sent yet: it leaves the house in a moment, or when it was told to.
function Prepared({ message }: { message: Message }) {
  const { t } = useTranslation('tickets')
  const left = useSecondsUntil(message.send_at)
  const withdraw = useMutation({
    mutationFn: () => ask(api.DELETE('/messages/{id}', { params: { path: { id: message.id } } })),
    onError: sayFailed,
    onSettled: () => refreshTicket(message.ticket),
  })
  if (message.state === 'withdrawn') return <>{t('withdrawn')}</>
  return (
    <>
      <span className="bj-numbers">{t('leaves_in', { count: left })}</span>
      {message.allowed?.includes('withdraw') && (
        <Button size="small" pending={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {t('withdraw')}
        </Button>
      )}
    </>
  )
}

function useSecondsUntil(at: string): number {
  const seconds = () => Math.max(0, Math.ceil((Date.parse(at) - serverNow()) / 1000))
  const [left, setLeft] = useState(seconds)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is left follows from the time
  useEffect(() => onTick(() => setLeft(seconds())), [at])
  return left
}
