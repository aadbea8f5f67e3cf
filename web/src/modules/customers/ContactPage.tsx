import { IconEdit } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { one } from '@/api/keys'
import { Avatar } from '@/parts/Avatar'
import { Page } from '@/parts/Page'
import { QueryView } from '@/parts/QueryView'
import { RecordDialog } from '@/parts/RecordDialog'
import { useIdInPath } from '@/parts/usePlace'
import { Button } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import { Banner, Facts, Panel } from '@/ui/Panel'
import './customers.css'
import { DeadAddress } from './DeadAddress'
import { contactValues, useContactFields } from './forms'
import { TicketsPanel } from './TicketsPanel'
import { WishesPanel } from './WishesPanel'

type Contact = Schemas['ContactPage']

export default function ContactPage() {
  const id = useIdInPath()
  const query = useQuery({
    queryKey: one('contact', id),
    queryFn: ({ signal }) => ask(api.GET('/contacts/{id}', { params: { path: { id } }, signal })),
  })
  return <QueryView query={query}>{(contact) => <ContactView contact={contact} />}</QueryView>
}

function ContactView({ contact }: { contact: Contact }) {
  const { t } = useTranslation('customers')
  const [editing, setEditing] = useState(false)
  const mayEdit = contact.allowed?.includes('change') ?? false
  return (
    <Page
      title={contact.name}
      actions={
        mayEdit && (
          <Button icon={IconEdit} onClick={() => setEditing(true)}>
            {t('edit')}
          </Button>
        )
      }
    >
      {contact.merged_into && <Banner>{t('merged')}</Banner>}
      {contact.email && (
        <Suspense fallback={null}>
          <DeadAddress email={contact.email} />
        </Suspense>
      )}
      <div className="bj-record">
        <div className="bj-record-columns">
          <Panel>
            <div className="bj-record-head">
              <Avatar name={contact.name} size={44} />
              <div>
                <strong>{contact.name}</strong>
                <span>{contact.title}</span>
              </div>
            </div>
            <ContactFacts contact={contact} />
          </Panel>
          <WishesPanel of={{ kind: 'contact', id: contact.id }} mayEdit={mayEdit} />
        </div>
        <TicketsPanel params={{ contact: contact.id }} />
      </div>
      {editing && <EditContact contact={contact} onClose={() => setEditing(false)} />}
    </Page>
  )
}

function ContactFacts({ contact }: { contact: Contact }) {
  const { t } = useTranslation('customers')
  const call = (phone: string) => <a href={`tel:${phone}`}>{phone}</a>
  return (
    <Facts
      facts={[
        contact.mobile && { name: t('field.mobile'), value: call(contact.mobile) },
        contact.phone && { name: t('field.phone'), value: call(contact.phone) },
        contact.email && {
          name: t('field.email'),
          value: <a href={`mailto:${contact.email}`}>{contact.email}</a>,
        },
        {
          name: t('field.name'),
          value: contact.customers?.map((own) => (
            <span key={own.customer}>
              <Link to={'/customers/$id' as never} params={{ id: own.customer } as never}>
                {own.customer_name}
              </Link>{' '}
              {own.lead && <Tag tone="accent">{t('lead')}</Tag>}{' '}
            </span>
          )),
        },
      ]}
    />
  )
}

function EditContact({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation('customers')
  const fields = useContactFields()
  return (
    <RecordDialog
      title={t('edit')}
      fields={[...fields, { key: 'active', label: t('field.active'), kind: 'switch' }]}
      initial={{ ...contactValues(contact), active: contact.active }}
      changesOnly
      onClose={onClose}
      save={(values) =>
        ask(
          api.PATCH('/contacts/{id}', {
            params: { path: { id: contact.id } },
            headers: ifVersion(contact.version),
            body: values as never,
          }),
        )
      }
    />
  )
}
