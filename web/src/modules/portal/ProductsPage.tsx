import { IconServer } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { list } from '@/api/keys'
import { reference } from '@/api/query_client'
import { either } from '@/parts/names'
import { State } from '@/parts/State'
import { useList } from '@/parts/useList'
import { Tag } from '@/ui/Chip'
import { Facts } from '@/ui/Panel'
import { PortalPage } from './PortalPage'
import { RowsView } from './RowsView'
import { usePortalHome } from './usePortalHome'

type Asset = Schemas['Asset']

export default function ProductsPage() {
  const { t } = useTranslation('portal')
  const params = { limit: 50 }
  const found = useList<Asset>('asset', params, (cursor, signal) =>
    ask(api.GET('/assets', { params: { query: { ...params, cursor } }, signal })),
  )
  return (
    <PortalPage title={t('my_products')}>
      <RowsView
        {...found}
        empty={<State kind="nothing_yet" title={t('no_products')} text={t('no_products_text')} />}
        row={(asset) => <AssetRow key={asset.id} asset={asset} />}
      />
    </PortalPage>
  )
}

function useProductName(): (id: number) => string {
  const params = { limit: 100, active: true }
  const { data } = useQuery({
    ...reference,
    queryKey: list('product', params),
    queryFn: ({ signal }) => ask(api.GET('/products', { params: { query: params }, signal })),
  })
  const names = new Map(
    (data?.items ?? []).map((product) => [product.id, either(product.name, product.name_en)]),
  )
  return (id) => names.get(id) ?? ''
}

// The version's name comes with the first page, where one's own are listed with it.
function useVersionName(): (asset: number) => string {
  const { data } = usePortalHome()
  const names = new Map((data?.assets ?? []).map((asset) => [asset.id, asset.version_name ?? '']))
  return (asset) => names.get(asset) ?? ''
}

function AssetRow({ asset }: { asset: Asset }) {
  const { t } = useTranslation('portal')
  const product = useProductName()(asset.product)
  const version = useVersionName()(asset.id)
  return (
    <li className="bj-asset">
      <span className="bj-tile" data-tone="plain">
        <IconServer size={20} stroke={1.5} />
      </span>
      <span>
        <strong>{asset.name}</strong>
        <small>{[product, version].filter(Boolean).join(' · ')}</small>
      </span>
      <Tag tone={asset.state === 'accepted' ? 'good' : 'plain'}>{t(`asset.${asset.state}`)}</Tag>
      <Facts
        facts={[
          asset.serial && { name: t('field.serial'), value: <bdi>{asset.serial}</bdi> },
          asset.licence && { name: t('field.licence'), value: <bdi>{asset.licence}</bdi> },
          asset.installed_on && { name: t('field.installed'), value: asset.installed_on },
          asset.accepted_on && { name: t('field.accepted'), value: asset.accepted_on },
        ]}
      />
    </li>
  )
}
