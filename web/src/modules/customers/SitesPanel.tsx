import { IconMapPin, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { list } from '@/api/keys'
import { QueryView } from '@/parts/QueryView'
import { RecordDialog } from '@/parts/RecordDialog'
import { Button } from '@/ui/Button'
import { Panel } from '@/ui/Panel'
import { useSiteFields } from './forms'

type Site = Schemas['Site']

export function SitesPanel({ customer, mayEdit }: { customer: number; mayEdit: boolean }) {
  const { t } = useTranslation('customers')
  const [open, setOpen] = useState<Site | 'new' | null>(null)
  const fields = useSiteFields()
  const params = { customer, limit: 100 }
  const query = useQuery({
    queryKey: list('site', params),
    queryFn: ({ signal }) => ask(api.GET('/sites', { params: { query: params }, signal })),
  })
  const save = (values: Record<string, unknown>) =>
    open === 'new' || open === null
      ? ask(api.POST('/sites', { body: { ...values, customer } as never }))
      : ask(
          api.PATCH('/sites/{id}', {
            params: { path: { id: open.id } },
            headers: ifVersion(open.version),
            body: values as never,
          }),
        )
  return (
    <Panel
      title={t('sites')}
      actions={
        mayEdit && (
          <Button size="small" icon={IconPlus} onClick={() => setOpen('new')}>
            {t('add_site')}
          </Button>
        )
      }
    >
      <QueryView
        query={query}
        isEmpty={(found) => found.items.length === 0}
        empty={<p className="bj-count">{t('no_sites')}</p>}
      >
        {(found) => (
          <ul className="bj-record-list">
            {found.items.map((site) => (
              <li key={site.id}>
                <IconMapPin size={18} stroke={1.6} aria-hidden="true" />
                <span>
                  {site.name}
                  <small>{[site.address, site.phone].filter(Boolean).join(' · ')}</small>
                </span>
                {mayEdit && (
                  <Button size="small" kind="quiet" onClick={() => setOpen(site)}>
                    {t('edit')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      {open && (
        <RecordDialog
          title={t(open === 'new' ? 'add_site' : 'edit')}
          fields={fields}
          initial={open === 'new' ? {} : { ...pick(open) }}
          changesOnly={open !== 'new'}
          onClose={() => setOpen(null)}
          save={save}
          onSaved={() => void query.refetch()}
        />
      )}
    </Panel>
  )
}

function pick({ name, address, phone, directions }: Site) {
  return { name, address, phone, directions }
}
