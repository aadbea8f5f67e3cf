import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion } from '@/api/client'
import { PreferenceCard } from '@/parts/PreferenceCard'
import { WishesDialog } from '@/parts/WishesDialog'
import { type Preferences, usePreferences } from './preferences'
import type { Ticket } from './useTicket'

// The platinum rule beside every reply; what one learns of somebody is written down here at once.
export function WishesCard({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const [editing, setEditing] = useState(false)
  const query = usePreferences(ticket.contact, ticket.customer)
  const wishes = query.data
  const save = (body: Preferences) => {
    const headers = ifVersion(wishes?.version ?? 0)
    if (ticket.contact) {
      const params = { path: { id: ticket.contact } }
      return ask(api.PUT('/contacts/{id}/preferences', { params, headers, body }))
    }
    const params = { path: { id: ticket.customer ?? 0 } }
    return ask(api.PUT('/customers/{id}/preferences', { params, headers, body }))
  }
  const mayEdit = wishes?.allowed?.includes('change_preferences')
  return (
    <>
      <PreferenceCard
        title={t('side.wishes')}
        wishes={wishes?.effective}
        onEdit={mayEdit ? () => setEditing(true) : undefined}
      />
      {editing && wishes && (
        <WishesDialog
          wishes={wishes.said}
          save={save}
          onSaved={() => void query.refetch()}
          onClose={() => setEditing(false)}
        />
      )}
    </>
  )
}
