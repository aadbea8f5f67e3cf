import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { list } from '@/api/keys'
import { Avatar } from '@/parts/Avatar'
import { QueryView } from '@/parts/QueryView'
import { RecordDialog } from '@/parts/RecordDialog'
import { Button } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import { Panel } from '@/ui/Panel'
import { useContactFields } from './forms'

export function PeoplePanel({ customer, mayEdit }: { customer: number; mayEdit: boolean }) {
  const { t } = useTranslation('customers')
  const [adding, setAdding] = useState(false)
  const fields = useContactFields()
  const params = { customer, limit: 100 }
  const query = useQuery({
    queryKey: list('contact', params),
    queryFn: ({ signal }) => ask(api.GET('/contacts', { params: { query: params }, signal })),
  })
  return (
    <Panel
      title={t('tab.people')}
      actions={
        mayEdit && (
          <Button size="small" icon={IconPlus} onClick={() => setAdding(true)}>
            {t('add_contact')}
          </Button>
        )
      }
    >
      <QueryView
        query={query}
        isEmpty={(found) => found.items.length === 0}
        empty={<p className="bj-count">{t('no_people')}</p>}
      >
        {(found) => (
          <ul className="bj-record-list">
            {found.items.map((contact) => {
              const own = contact.customers?.find((one) => one.customer === customer)
              return (
                <li key={contact.id}>
                  <Avatar name={contact.name} size={28} />
                  <span>
                    <Link to={'/contacts/$id' as never} params={{ id: contact.id } as never}>
                      {contact.name}
                    </Link>{' '}
                    {own?.lead && <Tag tone="accent">{t('lead')}</Tag>}
                    <small>
                      {[contact.title, contact.mobile ?? contact.phone, contact.email]
                        .filter(Boolean)
                        .join(' · ')}
                    </small>
                  </span>
                </li>
              )
            })}
          </ul>
        )}
      </QueryView>
      {adding && (
        <RecordDialog
          title={t('add_contact')}
          fields={[...fields, { key: 'lead', label: t('lead_long'), kind: 'switch' }]}
          initial={{ lead: false }}
          onClose={() => setAdding(false)}
          save={({ lead, ...values }) =>
            ask(
              api.POST('/contacts', {
                body: {
                  ...values,
                  customers: [{ customer, main: true, lead: lead === true }],
                } as never,
              }),
            )
          }
          onSaved={() => void query.refetch()}
        />
      )}
    </Panel>
  )
}
