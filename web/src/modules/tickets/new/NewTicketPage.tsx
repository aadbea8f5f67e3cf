import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { Page } from '@/parts/Page'
import { Created } from './Created'
import { NewTicketForm } from './NewTicketForm'
import './new.css'

// A call comes in: who it is, what it is about, and the number is there before the caller has
// hung up (HOT-3).
export default function NewTicketPage() {
  const { t } = useTranslation('tickets')
  const [round, setRound] = useState({ key: 0, begun: Date.now() })
  const [made, setMade] = useState<{ ticket: Schemas['Ticket']; took: number } | null>(null)
  return (
    <Page title={t('new.title')}>
      {made ? (
        <Created
          ticket={made.ticket}
          took={made.took}
          onAnother={() => {
            setMade(null)
            setRound({ key: round.key + 1, begun: Date.now() })
          }}
        />
      ) : (
        <NewTicketForm
          key={round.key}
          begun={round.begun}
          onMade={(ticket) => setMade({ ticket, took: Date.now() - round.begun })}
        />
      )}
    </Page>
  )
}
