import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CustomFieldsView } from '@/parts/CustomFieldsView'
import { categoriesQuery, useServiceTypes } from '@/parts/catalogue'
import { findAssetsOf, findContactsOf, findCustomers, findProducts } from '@/parts/lookups'
import { either, nameOf } from '@/parts/names'
import { Tag } from '@/ui/Chip'
import { InlinePicker } from '@/ui/InlinePicker'
import type { Options } from '@/ui/options'
import { Facts, Section } from '@/ui/Panel'
import { TagsField } from './TagsField'
import { type Patch, type Ticket, usePatch } from './useTicket'

// What the ticket says of itself, changed where it stands.
export function FieldsSection({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const types = useServiceTypes()
  const categories = useQuery(categoriesQuery).data ?? []
  const patch = usePatch(ticket)
  const mayEdit = ticket.allowed?.includes('edit') ?? false
  const { names } = ticket
  const line = (
    name: keyof Patch,
    shown: ReactNode,
    options: Options<number>,
    editable = mayEdit,
  ) => ({
    name: t(`fields.${name}`),
    value: (
      <InlinePicker
        label={t(`fields.${name}`)}
        disabled={!editable}
        options={options}
        onValue={(value) => patch.mutate({ [name]: value } as Patch)}
      >
        {shown || <span className="bj-inline-none">{t('none')}</span>}
      </InlinePicker>
    ),
  })
  const typeOptions = types
    .filter((type) => type.active)
    .map((type) => ({ value: type.id, label: nameOf(type) }))
  const categoryOptions = categories
    .filter((one) => one.active)
    .map((one) => ({
      value: one.id,
      label: nameOf(one),
      hint: nameOf(categories.find((parent) => parent.id === one.parent)) || undefined,
    }))
  return (
    <Section title={t('side.fields')}>
      <Facts
        facts={[
          line(
            'service_type',
            either(names.service_type_zh, names.service_type_en),
            typeOptions,
            mayEdit && ticket.phase === 'new',
          ),
          line('category', either(names.category_zh, names.category_en), categoryOptions),
          line('customer', names.customer, findCustomers),
          line('contact', names.contact, findContactsOf(ticket.customer ?? null)),
          line('product', names.product, findProducts),
          line('asset', names.asset, findAssetsOf(ticket.customer ?? null)),
          names.team && { name: t('fields.team'), value: names.team },
          names.region && { name: t('fields.region'), value: names.region },
          ticket.entitlement !== 'unknown' && {
            name: t('fields.entitlement'),
            value: t(`entitlement.${ticket.entitlement}`),
          },
          { name: t('fields.tags'), value: <TagsField ticket={ticket} disabled={!mayEdit} /> },
          ticket.merged_into && {
            name: t('fields.merged_into'),
            value: <Tag>{names.merged_into}</Tag>,
          },
        ]}
      />
      <CustomFieldsView
        serviceType={ticket.service_type}
        product={ticket.product ?? null}
        values={ticket.custom as Record<string, unknown>}
        onValue={
          mayEdit ? (key, value) => patch.mutate({ custom: { [key]: value } as never }) : undefined
        }
      />
    </Section>
  )
}
