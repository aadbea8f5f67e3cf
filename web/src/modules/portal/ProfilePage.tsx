import { IconChevronRight, IconPencil, IconSettings } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { one } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { useMe } from '@/api/use_me'
import { Avatar } from '@/parts/Avatar'
import { listed } from '@/parts/names'
import { QueryView } from '@/parts/QueryView'
import { Button } from '@/ui/Button'
import { Facts } from '@/ui/Panel'
import { Skeleton } from '@/ui/progress'
import { PortalPage } from './PortalPage'
import { WishesCard } from './WishesCard'

const ProfileForm = lazy(() => import('./ProfileForm'))

type Contact = Schemas['ContactPage']

export default function ProfilePage() {
  const { t } = useTranslation('portal')
  const me = useMe()
  const key = one('contact', me.contact ?? 0, 'mine')
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(api.GET('/me/contact', { signal })),
  })
  return (
    <PortalPage title={t('profile')} narrow>
      <QueryView query={query} skeleton={<Skeleton lines={8} />}>
        {(contact) => (
          <div className="bj-column">
            <Person contact={contact} onSaved={(saved) => queryClient.setQueryData(key, saved)} />
            <WishesCard />
            <Link to="/me" className="bj-panel bj-way">
              <span className="bj-tile" data-tone="plain">
                <IconSettings size={20} stroke={1.5} />
              </span>
              <span>
                <strong>{t('settings')}</strong>
                <small>{t('settings_hint')}</small>
              </span>
              <IconChevronRight size={18} stroke={1.6} aria-hidden="true" />
            </Link>
          </div>
        )}
      </QueryView>
    </PortalPage>
  )
}

function Person({ contact, onSaved }: { contact: Contact; onSaved: (saved: Contact) => void }) {
  const { t } = useTranslation('portal')
  const me = useMe()
  const [editing, setEditing] = useState(false)
  const organisations = (contact.customers ?? []).map((each) => each.customer_name)
  return (
    <section className="bj-panel bj-side-card">
      <header className="bj-organisation" data-inside>
        <Avatar name={contact.name} size={48} />
        <span>
          <h2>{contact.name}</h2>
          <small>{[contact.title, listed(organisations)].filter(Boolean).join(' · ')}</small>
        </span>
        {contact.allowed?.includes('change_me') && (
          <Button icon={IconPencil} onClick={() => setEditing(true)}>
            {t('change')}
          </Button>
        )}
      </header>
      <Facts
        facts={[
          { name: t('person.login'), value: me.login },
          contact.email && { name: t('email'), value: contact.email },
          contact.mobile && { name: t('person.mobile'), value: contact.mobile },
          contact.phone && { name: t('person.phone'), value: contact.phone },
        ]}
      />
      {editing && (
        <Suspense>
          <ProfileForm contact={contact} onSaved={onSaved} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </section>
  )
}
