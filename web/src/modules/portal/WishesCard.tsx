import {
  IconHeartHandshake,
  IconInfoCircle,
  IconMessage,
  IconMessages,
  IconMoon,
  IconNotes,
  IconPencil,
  IconUser,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { one } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { useMe } from '@/api/use_me'
import type { Icon } from '@/ui/Button'
import { refreshRequest } from './request/useRequest'
import './wishes.css'

const WishesForm = lazy(() => import('./WishesForm'))

type Wishes = Schemas['Preferences']

// How I want to be served; every engineer sees it before answering (CUS-5).
export function WishesCard() {
  const { t } = useTranslation('portal')
  const me = useMe()
  const [editing, setEditing] = useState(false)
  const contact = me.contact ?? 0
  const params = { path: { id: contact } }
  const key = one('contact', contact, 'preferences')
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(api.GET('/contacts/{id}/preferences', { params, signal })),
    enabled: contact > 0,
  })
  const page = query.data
  if (!page) return null
  const save = (body: Wishes) =>
    ask(
      api.PUT('/contacts/{id}/preferences', {
        params,
        headers: page.version > 0 ? ifVersion(page.version) : undefined,
        body,
      }),
    )
  return (
    <section className="bj-wishes bj-preferences" aria-labelledby="wishes">
      <header>
        <IconHeartHandshake size={20} stroke={1.5} aria-hidden="true" />
        <h2 id="wishes">{t('wishes')}</h2>
        <button type="button" onClick={() => setEditing(true)}>
          <IconPencil size={15} stroke={1.6} aria-hidden="true" />
          {t('change')}
        </button>
      </header>
      <WishLines wishes={page.effective} />
      <p>{t('wishes_hint')}</p>
      <Suspense>
        {editing && (
          <WishesForm
            wishes={page.said}
            save={save}
            onClose={() => setEditing(false)}
            onSaved={(saved) => {
              queryClient.setQueryData(key, saved)
              void refreshRequest()
            }}
          />
        )}
      </Suspense>
    </section>
  )
}

function WishLines({ wishes }: { wishes: Wishes }) {
  const { t } = useTranslation(['portal', 'parts'])
  const { form_of_address: address, quiet_from: from, quiet_to: to } = wishes
  const lines: [Icon, string | null | false | undefined][] = [
    [IconUser, address && t('address_line', { address })],
    [IconMessages, wishes.channel && t(`parts:wish.by.${wishes.channel}`)],
    [IconMoon, from && to && t('quiet', { from, to })],
    [IconMessage, wishes.telling && t(`parts:wish.telling.${wishes.telling}`)],
    ...(wishes.not_to_ask_twice ?? []).map((text): [Icon, string] => [IconNotes, text]),
    ...(wishes.please_do_not ?? []).map((text): [Icon, string] => [
      IconInfoCircle,
      t('please_do_not', { text }),
    ]),
  ]
  const said = lines.filter(([, text]) => text)
  if (said.length === 0) return <p className="bj-wishes-none">{t('wishes_none')}</p>
  return (
    <ul className="bj-lines">
      {said.map(([Picture, text]) => (
        <li key={String(text)}>
          <Picture size={17} stroke={1.5} />
          {text}
        </li>
      ))}
    </ul>
  )
}
