import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { ListView } from '@/parts/ListView'
import { Page } from '@/parts/Page'
import { State } from '@/parts/State'
import { useList } from '@/parts/useList'
import { Tag } from '@/ui/Chip'

type Asset = Schemas['Asset']

export default function ProductsPage() {
  const { t } = useTranslation('portal')
  const params = { limit: 50 }
  const list = useList<Asset>('asset', params, (cursor, signal) =>
    ask(api.GET('/assets', { params: { query: { ...params, cursor } }, signal })),
  )
  return (
    <Page title={t('my_products')}>
      <ListView
        list={list}
        label={t('my_products')}
        keyOf={(asset) => asset.id}
        columns={[
          { key: 'name', title: t('field.asset'), cell: (asset) => <strong>{asset.name}</strong> },
          { key: 'serial', title: t('field.serial'), cell: (asset) => asset.serial },
          { key: 'licence', title: t('field.licence'), cell: (asset) => asset.licence },
          { key: 'installed', title: t('field.installed'), cell: (asset) => asset.installed_on },
          {
            key: 'state',
            title: t('field.state'),
            cell: (asset) => (
              <Tag tone={asset.state === 'accepted' ? 'good' : 'plain'}>
                {t(`asset.${asset.state}`)}
              </Tag>
            ),
          },
        ]}
        empty={<State kind="nothing_yet" title={t('no_products')} />}
      />
    </Page>
  )
}
