import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { one } from '@/api/keys'
import { PreferenceCard } from '@/parts/PreferenceCard'
import { WishesDialog } from '@/parts/WishesDialog'

type Wishes = Schemas['Preferences']

export interface WishesPanelProps {
  of: { kind: 'customer' | 'contact'; id: number }
  mayEdit: boolean
}

export function WishesPanel({ of, mayEdit }: WishesPanelProps) {
  const { t } = useTranslation('parts')
  const [editing, setEditing] = useState(false)
  const params = { path: { id: of.id } }
  const query = useQuery({
    queryKey: one(of.kind, of.id, 'preferences'),
    queryFn: ({ signal }) =>
      of.kind === 'customer'
        ? ask(api.GET('/customers/{id}/preferences', { params, signal }))
        : ask(api.GET('/contacts/{id}/preferences', { params, signal })),
  })
  const page = query.data
  const save = (body: Wishes) => {
    const headers = ifVersion(page?.version ?? 0)
    return of.kind === 'customer'
      ? ask(api.PUT('/customers/{id}/preferences', { params, headers, body }))
      : ask(api.PUT('/contacts/{id}/preferences', { params, headers, body }))
  }
  return (
    <>
      <PreferenceCard
        title={t('wish.title')}
        wishes={page?.effective}
        onEdit={mayEdit ? () => setEditing(true) : undefined}
      />
      {editing && page && (
        <WishesDialog
          wishes={page.said}
          save={save}
          onSaved={() => void query.refetch()}
          onClose={() => setEditing(false)}
        />
      )}
    </>
  )
}
