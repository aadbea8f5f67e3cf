import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { list } from '@/api/keys'
import { reference } from '@/api/query_client'
import type { FieldShape, Values } from '@/parts/RecordField'

// The fields of the archive's records, as their forms ask for them.

export const tiers = ['standard', 'basic', 'silver', 'gold', 'platinum', 'key'] as const

export function useRegions() {
  return (
    useQuery({
      ...reference,
      queryKey: list('region'),
      queryFn: async ({ signal }) => (await ask(api.GET('/regions', { signal }))).items,
    }).data ?? []
  )
}

export function useCustomerFields(): FieldShape[] {
  const { t } = useTranslation('customers')
  const regions = useRegions()
  return [
    { key: 'name', label: t('field.name'), required: true, maxLength: 200 },
    { key: 'short_name', label: t('field.short_name') },
    {
      key: 'tier',
      label: t('field.tier'),
      kind: 'pick',
      clearable: false,
      options: tiers.map((tier) => ({ value: tier, label: t(`tier.${tier}`) })),
    },
    {
      key: 'region',
      label: t('field.region'),
      kind: 'pick',
      options: regions.map((region) => ({ value: region.id, label: region.name })),
    },
    { key: 'industry', label: t('field.industry') },
    { key: 'address', label: t('field.address') },
    { key: 'phone', label: t('field.phone'), kind: 'tel' },
    { key: 'email_domain', label: t('field.email_domain'), hint: t('hint.email_domain') },
    { key: 'website', label: t('field.website'), kind: 'url' },
    { key: 'notes', label: t('field.notes'), kind: 'lines' },
  ]
}

export function customerValues(customer: Schemas['CustomerPage']): Values {
  const { name, short_name, tier, region, industry, address, phone } = customer
  const { email_domain, website, notes } = customer
  return { name, short_name, tier, region, industry, address, phone, email_domain, website, notes }
}

export function useContactFields(): FieldShape[] {
  const { t } = useTranslation('customers')
  return [
    { key: 'name', label: t('field.person'), required: true },
    { key: 'title', label: t('field.title') },
    { key: 'form_of_address', label: t('field.form_of_address'), hint: t('hint.form_of_address') },
    { key: 'mobile', label: t('field.mobile'), kind: 'tel' },
    { key: 'phone', label: t('field.phone'), kind: 'tel' },
    { key: 'email', label: t('field.email'), kind: 'email' },
  ]
}

export function contactValues(contact: Schemas['ContactPage']): Values {
  const { name, title, form_of_address, mobile, phone, email } = contact
  return { name, title, form_of_address, mobile, phone, email }
}

export function useSiteFields(): FieldShape[] {
  const { t } = useTranslation('customers')
  return [
    { key: 'name', label: t('field.site'), required: true },
    { key: 'address', label: t('field.address') },
    { key: 'phone', label: t('field.phone'), kind: 'tel' },
    { key: 'directions', label: t('field.directions'), kind: 'lines' },
  ]
}
