import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { list } from '@/api/keys'
import { reference } from '@/api/query_client'
import { either } from '@/parts/names'
import { SelectField } from '../SelectField'
import type { DetailsProps } from './Details'
import { intakeOf } from './written'

// What it is about: one of the products that are registered for us, or, where it is none of them,
// any product there is. Needing an asset leaves only the registered ones.
export function AboutField({ written, put, wrong, type }: DetailsProps) {
  const { t } = useTranslation('portal')
  const intake = intakeOf(type)
  const params = { limit: 100, customer: written.customer ?? undefined }
  const assets =
    useQuery({
      queryKey: list('asset', params),
      queryFn: ({ signal }) => ask(api.GET('/assets', { params: { query: params }, signal })),
    }).data?.items ?? []
  const products =
    useQuery({
      ...reference,
      queryKey: list('product', { limit: 100, active: true }),
      queryFn: ({ signal }) =>
        ask(api.GET('/products', { params: { query: { limit: 100, active: true } }, signal })),
    }).data?.items ?? []
  const mine = assets
    .filter((asset) => asset.state !== 'retired')
    .map((asset) => ({
      value: `asset:${asset.id}`,
      label: [asset.name, asset.serial].filter(Boolean).join(' · '),
    }))
  const others = products.map((product) => ({
    value: `product:${product.id}`,
    label: either(product.name, product.name_en),
  }))
  const registered = { title: mine.length > 0 ? t('my_products') : undefined, options: mine }
  const any = { title: mine.length > 0 ? t('not_registered') : undefined, options: others }
  const productOf = (about: string | null) => {
    const [kind, id] = (about ?? '').split(':')
    if (kind === 'product') return Number(id)
    return assets.find((asset) => asset.id === Number(id))?.product ?? null
  }
  return (
    <SelectField
      required={intake.get('asset') || intake.get('product')}
      label={t('field.asset')}
      none={t('choose')}
      value={written.about}
      groups={intake.get('asset') || others.length === 0 ? [registered] : [registered, any]}
      onValue={(about) => put({ about, product: productOf(about) })}
      problem={wrong.asset ?? wrong.product}
    />
  )
}
