import { IconServer } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { list } from '@/api/keys'
import { linkTo } from '@/parts/links'
import { QueryView } from '@/parts/QueryView'
import { Tag } from '@/ui/Chip'
import { Panel } from '@/ui/Panel'

export function AssetsPanel({ customer }: { customer: number }) {
  const { t } = useTranslation(['customers', 'words'])
  const params = { customer, limit: 100 }
  const query = useQuery({
    queryKey: list('asset', params),
    queryFn: ({ signal }) => ask(api.GET('/assets', { params: { query: params }, signal })),
  })
  return (
    <Panel title={t('words:kind.asset')}>
      <QueryView
        query={query}
        isEmpty={(found) => found.items.length === 0}
        empty={<p className="bj-count">{t('customers:no_assets')}</p>}
      >
        {(found) => (
          <ul className="bj-record-list">
            {found.items.map((asset) => (
              <li key={asset.id}>
                <IconServer size={18} stroke={1.6} aria-hidden="true" />
                <span>
                  <Link to={(linkTo(`asset:${asset.id}`) ?? '/assets') as never}>{asset.name}</Link>
                  <small>{[asset.serial, asset.licence].filter(Boolean).join(' · ')}</small>
                </span>
                <Tag>{t(`customers:asset_state.${asset.state}`)}</Tag>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </Panel>
  )
}
