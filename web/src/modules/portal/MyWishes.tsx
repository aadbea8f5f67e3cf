import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion } from '@/api/client'
import { one } from '@/api/keys'
import { useMe } from '@/api/use_me'
import { PreferenceCard } from '@/parts/PreferenceCard'
import { WishesDialog } from '@/parts/WishesDialog'

// How I want to be served; every engineer sees it before answering (CUS-5).
export function MyWishes() {
  const { t } = useTranslation('portal')
  const me = useMe()
  const [editing, setEditing] = useState(false)
  const contact = me.contact ?? 0
  const params = { path: { id: contact } }
  const query = useQuery({
    queryKey: one('contact', contact, 'preferences'),
    queryFn: ({ signal }) => ask(api.GET('/contacts/{id}/preferences', { params, signal })),
    enabled: contact > 0,
  })
  const page = query.data
  if (!page) return null
  return (
    <>
      <PreferenceCard title={t('wishes')} wishes={page.effective} onEdit={() => setEditing(true)} />
      <p className="bj-count">{t('wishes_hint')}</p>
      {editing && (
        <WishesDialog
          wishes={page.said}
          save={(body) =>
            ask(
              api.PUT('/contacts/{id}/preferences', {
                params,
                headers: ifVersion(page.version),
                body,
              }),
            )
          }
          onSaved={() => void query.refetch()}
          onClose={() => setEditing(false)}
        />
      )}
    </>
  )
}
