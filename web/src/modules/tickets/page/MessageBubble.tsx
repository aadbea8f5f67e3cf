import { IconEye } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { serverNow } from '@/api/connection'
import { Avatar } from '@/parts/Avatar'
import { FilesView } from '@/parts/FilesView'
import { MessageBody } from '@/parts/MessageBody'
import { sayFailed } from '@/parts/problems'
import { filesShownIn } from '@/parts/SafeHtml'
import { useShortcut } from '@/parts/shortcuts'
import { Time } from '@/parts/Time'
import { absolute, clockOf } from '@/parts/time'
import { Button } from '@/ui/Button'
import { Bubble } from '@/ui/Talk'
import { onTick } from '@/ui/ticker'
import { MailFoot } from './MailFoot'
import { useMailOfMessage } from './useMail'
import { type Message, refreshTicket, type Ticket } from './useTicket'

export interface MessageBubbleProps {
  message: Message
  ticket: Ticket
  onTakenBack: (message: Message) => void
}

export function MessageBubble({ message, ticket, onTakenBack }: MessageBubbleProps) {
  const { t } = useTranslation('tickets')
  const beside = (message.files ?? []).map((file) => file.id)
  const shown = filesShownIn(message.body, beside)
  const files = (message.files ?? []).filter((file) => !shown.includes(file.id))
  const mail = useMailOfMessage(message)
  return (
    <Bubble
      from={message.kind === 'note' ? 'note' : message.from_customer ? 'them' : 'us'}
      avatar={<Avatar name={message.author_name} size={28} square={message.from_customer} />}
      name={message.author_name}
      about={useAbout(message, ticket)}
      time={<Time at={message.created_at} as="clock" />}
      files={files.length > 0 ? <FilesView files={files} /> : undefined}
      foot={
        (hasFoot(message) || mail.came || mail.left.length > 0) && (
          <>
            <Foot message={message} onTakenBack={onTakenBack} />
            <MailFoot {...mail} />
          </>
        )
      }
    >
      <MessageBody
        message={message.id}
        html={message.body}
        files={beside}
        title={t('message_of', { name: message.author_name })}
      />
    </Bubble>
  )
}

function hasFoot(message: Message): boolean {
  return message.state !== 'sent' || Boolean(message.read_by_customer_at)
}

function useAbout(message: Message, ticket: Ticket): string {
  const { t } = useTranslation(['tickets', 'words'])
  if (message.kind === 'note') return t('tickets:note_about')
  const channel = t(`words:channel.${message.channel}`)
  if (message.from_customer) return ticket.names.customer ?? channel
  // Written at the desk says nothing of the way it goes.
  if (message.channel === 'staff') return t('tickets:reply_plain')
  return t('tickets:reply_about', { channel })
}

function Foot({ message, onTakenBack }: Pick<MessageBubbleProps, 'message' | 'onTakenBack'>) {
  const { t } = useTranslation('tickets')
  if (message.state === 'pending') return <Prepared message={message} onTakenBack={onTakenBack} />
  const readAt = message.read_by_customer_at
  if (!readAt) return null
  return (
    <span className="bj-read" title={absolute(readAt)}>
      <IconEye size={14} stroke={1.6} aria-hidden="true" />
      {t('read_by_customer', { at: clockOf(readAt) })}
    </span>
  )
}

// Longer ahead than that it was given a time of its own.
const soon = 180

// Not sent yet: it leaves the house in a moment, or when it was told to.
function Prepared({ message, onTakenBack }: Pick<MessageBubbleProps, 'message' | 'onTakenBack'>) {
  const { t } = useTranslation('tickets')
  const left = useSecondsUntil(message.send_at)
  const withdraw = useMutation({
    mutationFn: () => ask(api.DELETE('/messages/{id}', { params: { path: { id: message.id } } })),
    onError: sayFailed,
    onSuccess: () => onTakenBack(message),
    onSettled: () => refreshTicket(message.ticket),
  })
  const may = message.allowed?.includes('withdraw') ?? false
  const key = { keys: 'mod+z', scope: 'ticket', title: 'tickets:withdraw' }
  useShortcut(key, () => withdraw.mutate(), may && !withdraw.isPending)
  const when =
    left > soon
      ? t('leaves_at', { at: absolute(message.send_at) })
      : t(left > 0 ? 'leaves_in' : 'leaves_now', { count: left })
  return (
    <>
      <span className="bj-numbers">{when}</span>
      {may && (
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
