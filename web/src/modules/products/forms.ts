import { useTranslation } from 'react-i18next'
import { api, ask } from '@/api/client'
import { findCustomers, findProducts } from '@/parts/lookups'
import type { FieldShape } from '@/parts/RecordField'
import type { Option } from '@/ui/options'

export const assetStates = ['planned', 'installed', 'accepted', 'retired'] as const

export function useProductFields(): FieldShape[] {
  const { t } = useTranslation('products')
  return [
    { key: 'name', label: t('field.name'), required: true },
    { key: 'name_en', label: t('field.name_en') },
    { key: 'code', label: t('field.code'), required: true, hint: t('hint.code') },
    { key: 'about', label: t('field.about'), kind: 'lines' },
    { key: 'notes', label: t('field.notes'), kind: 'lines', hint: t('hint.notes') },
  ]
}

export function useVersionFields(): FieldShape[] {
  const { t } = useTranslation('products')
  return [
    { key: 'name', label: t('field.version'), required: true },
    { key: 'released_on', label: t('field.released_on'), kind: 'date' },
    { key: 'support_ends_on', label: t('field.support_ends_on'), kind: 'date' },
    { key: 'notes', label: t('field.notes'), kind: 'lines' },
  ]
}

export function findVersionsOf(product: number) {
  return async (typed: string): Promise<Option<number>[]> => {
    const params = { path: { id: product } }
    const { items } = await ask(api.GET('/products/{id}/versions', { params }))
    return items
      .filter((one) => one.name.toLowerCase().includes(typed.toLowerCase()))
      .map((one) => ({ value: one.id, label: one.name, hint: one.released_on ?? undefined }))
  }
}

export function useNewAssetFields(): FieldShape[] {
  const { t } = useTranslation('products')
  return [
    {
      key: 'customer',
      label: t('field.customer'),
      kind: 'pick',
      required: true,
      options: findCustomers,
    },
    {
      key: 'product',
      label: t('field.product'),
      kind: 'pick',
      required: true,
      options: findProducts,
    },
    { key: 'name', label: t('field.asset'), required: true },
    ...useAssetDetails(),
  ]
}

export function useAssetDetails(): FieldShape[] {
  const { t } = useTranslation('products')
  return [
    { key: 'serial', label: t('field.serial') },
    { key: 'licence', label: t('field.licence') },
    { key: 'installed_on', label: t('field.installed_on'), kind: 'date' },
    {
      key: 'accepted_on',
      label: t('field.accepted_on'),
      kind: 'date',
      hint: t('hint.accepted_on'),
    },
    {
      key: 'state',
      label: t('field.state'),
      kind: 'segments',
      options: assetStates.map((state) => ({ value: state, label: t(`state.${state}`) })),
    },
    { key: 'notes', label: t('field.notes'), kind: 'lines' },
  ]
}
