import { IconEdit } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { list, one } from '@/api/keys'
import { useMay } from '@/api/use_me'
import { useStateName } from '@/parts/catalogue'
import { linkTo } from '@/parts/links'
import { either } from '@/parts/names'
import { Page } from '@/parts/Page'
import { QueryView } from '@/parts/QueryView'
import { RecordDialog } from '@/parts/RecordDialog'
import { Time } from '@/parts/Time'
import { useIdInPath } from '@/parts/usePlace'
import { Button } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import { DataTable } from '@/ui/DataTable'
import { Facts, Panel } from '@/ui/Panel'
import { findVersionsOf, useAssetDetails } from './forms'
import './products.css'

type Asset = Schemas['Asset']

export default function AssetPage() {
  const id = useIdInPath()
  const query = useQuery({
    queryKey: one('asset', id),
    queryFn: ({ signal }) => ask(api.GET('/assets/{id}', { params: { path: { id } }, signal })),
  })
  return <QueryView query={query}>{(asset) => <AssetView asset={asset} />}</QueryView>
}

function useNames(asset: Asset) {
  const customer = useQuery({
    queryKey: one('customer', asset.customer),
    queryFn: ({ signal }) =>
      ask(api.GET('/customers/{id}', { params: { path: { id: asset.customer } }, signal })),
  }).data
  const product = useQuery({
    queryKey: one('product', asset.product),
    queryFn: ({ signal }) =>
      ask(api.GET('/products/{id}', { params: { path: { id: asset.product } }, signal })),
  }).data
  const versions = useQuery({
    queryKey: one('product', asset.product, 'versions'),
    queryFn: ({ signal }) =>
      ask(api.GET('/products/{id}/versions', { params: { path: { id: asset.product } }, signal })),
  }).data
  return {
    customer: customer?.name,
    product: product && either(product.name, product.name_en),
    version: versions?.items.find((version) => version.id === asset.product_version)?.name,
  }
}

function AssetView({ asset }: { asset: Asset }) {
  const { t } = useTranslation('products')
  const [editing, setEditing] = useState(false)
  const mayEdit = useMay()('products.manage')
  const names = useNames(asset)
  return (
    <Page
      title={asset.name}
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
              {
                name: t('field.customer'),
                value: (
                  <Link to={(linkTo(`customer:${asset.customer}`) ?? '/') as never}>
                    {names.customer}
                  </Link>
                ),
              },
              { name: t('field.product'), value: names.product },
              { name: t('field.version'), value: names.version ?? t('unknown') },
              asset.serial && { name: t('field.serial'), value: asset.serial },
              asset.licence && { name: t('field.licence'), value: asset.licence },
              asset.installed_on && { name: t('field.installed_on'), value: asset.installed_on },
              asset.accepted_on && { name: t('field.accepted_on'), value: asset.accepted_on },
              { name: t('field.state'), value: <Tag>{t(`state.${asset.state}`)}</Tag> },
              asset.notes && { name: t('field.notes'), value: asset.notes },
            ]}
          />
        </Panel>
        <AssetTickets asset={asset.id} />
      </div>
      {editing && (
        <EditAsset asset={asset} version={names.version} onClose={() => setEditing(false)} />
      )}
    </Page>
  )
}

interface EditAssetProps {
  asset: Asset
  version?: string
  onClose: () => void
}

function EditAsset({ asset, version, onClose }: EditAssetProps) {
  const { t } = useTranslation('products')
  const details = useAssetDetails()
  const { name, product_version, serial, licence, installed_on, accepted_on, state, notes } = asset
  return (
    <RecordDialog
      title={t('edit')}
      fields={[
        { key: 'name', label: t('field.asset'), required: true },
        {
          key: 'product_version',
          label: t('field.version'),
          kind: 'pick',
          text: version,
          options: findVersionsOf(asset.product),
        },
        ...details,
      ]}
      initial={{ name, product_version, serial, licence, installed_on, accepted_on, state, notes }}
      changesOnly
      onClose={onClose}
      save={(values) =>
        ask(
          api.PATCH('/assets/{id}', {
            params: { path: { id: asset.id } },
            headers: ifVersion(asset.version),
            body: values as never,
          }),
        )
      }
    />
  )
}

function AssetTickets({ asset }: { asset: number }) {
  const { t } = useTranslation('products')
  const stateName = useStateName()
  const params = { asset, limit: 50 }
  const query = useQuery({
    queryKey: list('ticket', params),
    queryFn: ({ signal }) => ask(api.GET('/tickets', { params: { query: params }, signal })),
  })
  return (
    <Panel title={t('tickets')}>
      <QueryView
        query={query}
        isEmpty={(found) => found.items.length === 0}
        empty={<p className="bj-count">{t('no_tickets')}</p>}
      >
        {(found) => (
          <DataTable
            label={t('tickets')}
            rows={found.items}
            keyOf={(ticket) => ticket.id}
            columns={[
              {
                key: 'subject',
                title: t('field.subject'),
                cell: (ticket) => (
                  <Link to={(linkTo(`ticket:${ticket.id}`) ?? '/') as never}>{ticket.subject}</Link>
                ),
              },
              { key: 'number', title: t('field.number'), cell: (ticket) => ticket.number },
              {
                key: 'state',
                title: t('field.state'),
                cell: (ticket) => stateName(ticket.service_type, ticket.state),
              },
              {
                key: 'at',
                title: t('field.changed'),
                cell: (ticket) => <Time at={ticket.updated_at} />,
              },
            ]}
          />
        )}
      </QueryView>
    </Panel>
  )
}
