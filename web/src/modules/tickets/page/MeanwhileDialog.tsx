import { useTranslation } from 'react-i18next'
import { MessageBody } from '@/parts/MessageBody'
import { Time } from '@/parts/Time'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import type { Message } from './useTicket'

export interface MeanwhileDialogProps {
  said: readonly Message[]
  onSend: () => void
  onClose: () => void
}

// Somebody else has answered, or the customer has, while one was writing.
export function MeanwhileDialog({ said, onSend, onClose }: MeanwhileDialogProps) {
  const { t } = useTranslation('tickets')
  return (
    <Dialog
      title={t('meanwhile.title')}
      width={600}
      onClose={onClose}
      onSubmit={onSend}
      footer={
        <>
          <Button onClick={onClose}>{t('meanwhile.back')}</Button>
          <Button type="submit" kind="primary">
            {t('meanwhile.send')}
          </Button>
        </>
      }
    >
      <div className="bj-form">
        <p>{t('meanwhile.text')}</p>
        {said.map((message) => (
          <blockquote key={message.id} className="bj-meanwhile">
            <header className="bj-bubble-head">
              <strong>{message.author_name}</strong>
              <Time at={message.created_at} as="clock" />
            </header>
            <MessageBody
              message={message.id}
              html={message.body}
              title={t('message_of', { name: message.author_name })}
            />
          </blockquote>
        ))}
      </div>
    </Dialog>
  )
}
