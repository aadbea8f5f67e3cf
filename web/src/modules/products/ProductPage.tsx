import { IconEdit, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { one } from '@/api/keys'
import { useMay } from '@/api/use_me'
import { either } from '@/parts/names'
import { Page } from '@/parts/Page'
import { QueryView } from '@/parts/QueryView'
import { RecordDialog } from '@/parts/RecordDialog'
import { useIdInPath } from '@/parts/usePlace'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { Facts, Panel } from '@/ui/Panel'
import { useProductFields, useVersionFields } from './forms'
import './products.css'

type Product = Schemas['Product']
type Version = Schemas['ProductVersion']

export default function ProductPage() {
  const id = useIdInPath()
  const query = useQuery({
    queryKey: one('product', id),
    queryFn: ({ signal }) => ask(api.GET('/products/{id}', { params: { path: { id } }, signal })),
  })
  return <QueryView query={query}>{(product) => <ProductView product={product} />}</QueryView>
}

function ProductView({ product }: { product: Product }) {
  const { t } = useTranslation('products')
  const [editing, setEditing] = useState(false)
  const mayEdit = useMay()('products.manage')
  const fields = useProductFields()
  const { name, name_en, code, about, notes, active } = product
  return (
    <Page
      title={either(name, name_en)}
      actions={
        mayEdit && (
          <Button icon={IconEdit} onClick={() => setEditing(true)}>
            {t('edit')}
          </Button>
        )
      }
    >
      <div className="bj-product">
        <Panel>
          <Facts
            facts={[
              { name: t('field.code'), value: code },
              about && { name: t('field.about'), value: about },
              notes && { name: t('field.notes'), value: notes },
            ]}
          />
        </Panel>
        <Versions product={product.id} mayEdit={mayEdit} />
      </div>
      {editing && (
        <RecordDialog
          title={t('edit')}
          fields={[...fields, { key: 'active', label: t('field.active'), kind: 'switch' }]}
          initial={{ name, name_en, code, about, notes, active }}
          changesOnly
          onClose={() => setEditing(false)}
          save={(values) =>
            ask(
              api.PATCH('/products/{id}', {
                params: { path: { id: product.id } },
                headers: ifVersion(product.version),
                body: values as never,
              }),
            )
          }
        />
      )}
    </Page>
  )
}

function Versions({ product, mayEdit }: { product: number; mayEdit: boolean }) {
  const { t } = useTranslation('products')
  const [open, setOpen] = useState<Version | 'new' | null>(null)
  const fields = useVersionFields()
  const params = { path: { id: product } }
  const query = useQuery({
    queryKey: one('product', product, 'versions'),
    queryFn: ({ signal }) => ask(api.GET('/products/{id}/versions', { params, signal })),
  })
  const save = (values: Record<string, unknown>) => {
    const body = values as never
    if (open === 'new' || open === null) {
      return ask(api.POST('/products/{id}/versions', { params, body }))
    }
    const path = { path: { id: product, version: open.id } }
    const headers = ifVersion(open.version)
    return ask(api.PATCH('/products/{id}/versions/{version}', { params: path, headers, body }))
  }
  return (
    <Panel
      title={t('versions')}
      actions={
        mayEdit && (
          <Button size="small" icon={IconPlus} onClick={() => setOpen('new')}>
            {t('add_version')}
          </Button>
        )
      }
    >
      <QueryView
        query={query}
        isEmpty={(found) => found.items.length === 0}
        empty={<p className="bj-count">{t('no_versions')}</p>}
      >
        {(found) => (
          <DataTable
            label={t('versions')}
            rows={found.items}
            keyOf={(version) => version.id}
            columns={[
              {
                key: 'name',
                title: t('field.version'),
                cell: (version) =>
                  mayEdit ? (
                    <button type="button" className="bj-inline" onClick={() => setOpen(version)}>
                      {version.name}
                    </button>
                  ) : (
                    version.name
                  ),
              },
              { key: 'released', title: t('field.released_on'), cell: (v) => v.released_on },
              { key: 'ends', title: t('field.support_ends_on'), cell: (v) => v.support_ends_on },
              { key: 'notes', title: t('field.notes'), cell: (v) => v.notes },
            ]}
          />
        )}
      </QueryView>
      {open && (
        <RecordDialog
          title={t(open === 'new' ? 'add_version' : 'edit')}
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

function pick({ name, released_on, support_ends_on, notes }: Version) {
  return { name, released_on, support_ends_on, notes }
}
