import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { customFieldsQuery, useServiceTypes } from '@/parts/catalogue'
import type { CustomField } from '@/parts/customFields'
import { either, nameOf } from '@/parts/names'
import { Page } from '@/parts/Page'
import { QueryView } from '@/parts/QueryView'
import { State } from '@/parts/State'
import { Button } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import { DataTable } from '@/ui/DataTable'
import { FieldDialog } from './FieldDialog'

// What a request is asked for beyond the usual (INT-9).
export default function CustomFieldsPage() {
  const { t } = useTranslation('catalogue')
  const [open, setOpen] = useState<CustomField | 'new' | null>(null)
  const types = useServiceTypes()
  const query = useQuery(customFieldsQuery)
  const save = (field: CustomField | null, values: Record<string, unknown>) =>
    field
      ? ask(
          api.PATCH('/custom-fields/{id}', {
            params: { path: { id: field.id } },
            headers: ifVersion(field.version),
            body: values as never,
          }),
        )
      : ask(api.POST('/custom-fields', { body: values as never }))
  return (
    <Page
      title={t('custom_fields')}
      actions={
        <Button kind="primary" icon={IconPlus} onClick={() => setOpen('new')}>
          {t('add_field')}
        </Button>
      }
    >
      <QueryView
        query={query}
        isEmpty={(fields) => fields.length === 0}
        empty={<State kind="nothing_yet" title={t('no_fields')} />}
      >
        {(fields) => (
          <DataTable
            label={t('custom_fields')}
            rows={fields}
            keyOf={(field) => field.id}
            columns={[
              {
                key: 'label',
                title: t('field.label'),
                cell: (field) => (
                  <button type="button" className="bj-inline" onClick={() => setOpen(field)}>
                    {either(field.label_zh, field.label_en)}
                  </button>
                ),
              },
              { key: 'kind', title: t('field.kind'), cell: (field) => t(`kind.${field.kind}`) },
              {
                key: 'types',
                title: t('service_types'),
                cell: (field) =>
                  field.service_types && field.service_types.length > 0
                    ? field.service_types
                        .map((id) => nameOf(types.find((type) => type.id === id)))
                        .join(' · ')
                    : t('all'),
              },
              {
                key: 'flags',
                title: t('demands'),
                cell: (field) => (
                  <>
                    {field.required && <Tag>{t('field.required')}</Tag>}{' '}
                    {field.staff_only && <Tag>{t('field.staff_only')}</Tag>}{' '}
                    {!field.active && <Tag>{t('inactive')}</Tag>}
                  </>
                ),
              },
            ]}
          />
        )}
      </QueryView>
      {open && (
        <FieldDialog
          field={open === 'new' ? null : open}
          others={query.data ?? []}
          save={save}
          onSaved={() => void queryClient.invalidateQueries({ queryKey: all('custom_field') })}
          onClose={() => setOpen(null)}
        />
      )}
    </Page>
  )
}
