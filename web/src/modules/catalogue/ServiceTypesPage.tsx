import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { type ServiceType, serviceTypesQuery, useWorkflows } from '@/parts/catalogue'
import { nameOf } from '@/parts/names'
import { Page } from '@/parts/Page'
import { QueryView } from '@/parts/QueryView'
import { RecordDialog } from '@/parts/RecordDialog'
import type { FieldShape } from '@/parts/RecordField'
import { Button } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import { DataTable } from '@/ui/DataTable'

const priorities = ['P1', 'P2', 'P3', 'P4']

// What kinds of work the desk does, and by which rules each of them goes (TKT-2).
export default function ServiceTypesPage() {
  const { t } = useTranslation(['catalogue', 'words'])
  const [open, setOpen] = useState<ServiceType | 'new' | null>(null)
  const query = useQuery(serviceTypesQuery)
  const flows = useWorkflows()
  return (
    <Page
      title={t('catalogue:service_types')}
      actions={
        <Button kind="primary" icon={IconPlus} onClick={() => setOpen('new')}>
          {t('catalogue:add_service_type')}
        </Button>
      }
    >
      <QueryView query={query}>
        {(types) => (
          <DataTable
            label={t('catalogue:service_types')}
            rows={types}
            keyOf={(type) => type.id}
            columns={[
              {
                key: 'name',
                title: t('catalogue:field.name'),
                cell: (type) => (
                  <button type="button" className="bj-inline" onClick={() => setOpen(type)}>
                    {nameOf(type)}
                  </button>
                ),
              },
              {
                key: 'workflow',
                title: t('catalogue:field.workflow'),
                cell: (type) => nameOf(flows.find((flow) => flow.id === type.workflow)),
              },
              {
                key: 'priority',
                title: t('catalogue:field.default_priority'),
                cell: (type) => t(`words:priority.${type.default_priority}`),
              },
              {
                key: 'demands',
                title: t('catalogue:demands'),
                cell: (type) => (
                  <>
                    {type.changes_customer_system && <Tag>{t('catalogue:demand.backup')}</Tag>}{' '}
                    {type.test_required && <Tag>{t('catalogue:demand.test')}</Tag>}{' '}
                    {type.signature_required && <Tag>{t('catalogue:demand.signature')}</Tag>}
                  </>
                ),
              },
              {
                key: 'portal',
                title: t('catalogue:field.in_portal'),
                cell: (type) => t(type.in_portal ? 'catalogue:yes' : 'catalogue:no'),
              },
              {
                key: 'active',
                title: t('catalogue:field.active'),
                cell: (type) => t(type.active ? 'catalogue:yes' : 'catalogue:no'),
              },
            ]}
          />
        )}
      </QueryView>
      {open && <EditType type={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function useFields(isNew: boolean): FieldShape[] {
  const { t } = useTranslation(['catalogue', 'words'])
  const flows = useWorkflows()
  const name = (key: string) => t(`catalogue:field.${key}`)
  const flag = (key: string): FieldShape => ({ key, label: name(key), kind: 'switch' })
  const days = (key: string): FieldShape => ({ key, label: name(key), kind: 'number' })
  return [
    ...(isNew
      ? [{ key: 'key', label: name('key'), required: true, hint: t('catalogue:hint.key') }]
      : []),
    { key: 'name_zh', label: name('name_zh'), required: true },
    { key: 'name_en', label: name('name_en'), required: true },
    { key: 'about_zh', label: name('about_zh') },
    { key: 'about_en', label: name('about_en') },
    {
      key: 'workflow',
      label: name('workflow'),
      kind: 'pick',
      required: true,
      options: flows.map((flow) => ({ value: flow.id, label: nameOf(flow) })),
    },
    {
      key: 'default_priority',
      label: name('default_priority'),
      kind: 'segments',
      options: priorities.map((one) => ({ value: one, label: t(`words:priority.${one}`) })),
    },
    flag('in_portal'),
    flag('changes_customer_system'),
    flag('test_required'),
    flag('signature_required'),
    days('auto_close_days'),
    days('auto_close_reminders'),
    days('reopen_days'),
    ...(isNew ? [] : [flag('active')]),
  ]
}

function EditType({ type, onClose }: { type: ServiceType | null; onClose: () => void }) {
  const { t } = useTranslation('catalogue')
  const fields = useFields(!type)
  return (
    <RecordDialog
      title={type ? nameOf(type) : t('add_service_type')}
      fields={fields}
      initial={type ? { ...type } : { default_priority: 'P3', in_portal: true }}
      changesOnly={type !== null}
      onClose={onClose}
      save={(values) =>
        type
          ? ask(
              api.PATCH('/service-types/{id}', {
                params: { path: { id: type.id } },
                headers: ifVersion(type.version),
                body: values as never,
              }),
            )
          : ask(api.POST('/service-types', { body: values as never }))
      }
      onSaved={() => void queryClient.invalidateQueries({ queryKey: all('service_type') })}
    />
  )
}
