import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CustomFieldsView } from '@/parts/CustomFieldsView'
import { categoriesQuery, useServiceTypes, useTeams } from '@/parts/catalogue'
import { findAssetsOf, findContactsOf, findCustomers, findProducts } from '@/parts/lookups'
import { either, nameOf } from '@/parts/names'
import { InlinePicker } from '@/ui/InlinePicker'
import type { Options } from '@/ui/options'
import { Facts, Section } from '@/ui/Panel'
import { categoryTree, findSitesOf, findVersionsOf } from './fieldOptions'
import { TagsField } from './TagsField'
import { usePatch } from './usePatch'
import { type Patch, type Ticket, useAssign } from './useTicket'

interface Line {
  name: string
  shown: ReactNode
  options: Options<number | string>
  disabled: boolean
  onValue: (value: number | string, words: string) => void
}

// What the ticket says of itself, changed where it stands.
export function FieldsSection({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('tickets')
  const patch = usePatch(ticket)
  const lines = useLines(ticket)
  const mayEdit = ticket.allowed?.includes('edit') ?? false
  const { names, merged_into: merged, entitlement } = ticket
  return (
    <Section title={t('side.fields')}>
      <Facts
        facts={[
          ...lines.map((line) => ({ name: line.name, value: <FieldPicker line={line} /> })),
          entitlement !== 'unknown' && {
            name: t('fields.entitlement'),
            value: t(`entitlement.${entitlement}`),
          },
          { name: t('fields.tags'), value: <TagsField ticket={ticket} disabled={!mayEdit} /> },
          merged && {
            name: t('fields.merged_into'),
            value: (
              <Link to={'/tickets/$id' as never} params={{ id: merged } as never}>
                {names.merged_into}
              </Link>
            ),
          },
        ]}
      />
      <CustomFieldsView
        serviceType={ticket.service_type}
        product={ticket.product ?? null}
        values={ticket.custom as Record<string, unknown>}
        onValue={mayEdit ? (key, value) => patch({ custom: { [key]: value } as never }) : undefined}
      />
    </Section>
  )
}

function FieldPicker({ line }: { line: Line }) {
  const { t } = useTranslation('tickets')
  return (
    <InlinePicker
      label={line.name}
      disabled={line.disabled}
      options={line.options}
      onValue={(value, option) => line.onValue(value, option.label)}
    >
      {line.shown || <span className="bj-inline-none">{t('none')}</span>}
    </InlinePicker>
  )
}

const severities = ['S1', 'S2', 'S3', 'S4'] as const
const impacts = ['I1', 'I2', 'I3', 'I4'] as const

function useLines(ticket: Ticket): Line[] {
  const { t } = useTranslation('tickets')
  const types = useServiceTypes().filter((type) => type.active)
  const categories = useQuery(categoriesQuery).data ?? []
  const patch = usePatch(ticket)
  const team = useTeamLine(ticket)
  const mayEdit = ticket.allowed?.includes('edit') ?? false
  const { names, customer = null } = ticket
  const line = (
    field: keyof Patch,
    shown: ReactNode,
    options: Options<number | string>,
    disabled = !mayEdit,
  ): Line => ({
    name: t(`fields.${field}`),
    shown,
    options,
    disabled,
    onValue: (value, words) => patch({ [field]: value } as Patch, words),
  })
  const coded = (field: 'severity' | 'impact', codes: readonly string[]) => {
    const value = ticket[field]
    const options = codes.map((code) => ({ value: code, label: t(`${field}.${code}`) }))
    return line(field, value && t(`${field}.${value}`), options)
  }
  const typeOptions = types.map((type) => ({ value: type.id, label: nameOf(type) }))
  const typeName = either(names.service_type_zh, names.service_type_en)
  const category = either(names.category_zh, names.category_en)
  return [
    line('service_type', typeName, typeOptions, !mayEdit || ticket.phase !== 'new'),
    line('category', category, categoryTree(categories)),
    line('customer', names.customer, findCustomers),
    line('contact', names.contact, findContactsOf(customer)),
    ...(customer ? [line('site', names.site, findSitesOf(customer))] : []),
    line('product', names.product, findProducts),
    ...(ticket.product
      ? [line('product_version', names.product_version, findVersionsOf(ticket.product))]
      : []),
    line('asset', names.asset, findAssetsOf(customer)),
    coded('severity', severities),
    coded('impact', impacts),
    team,
  ]
}

function useTeamLine(ticket: Ticket): Line {
  const { t } = useTranslation('tickets')
  const teams = useTeams()
  const assign = useAssign(ticket)
  return {
    name: t('fields.team'),
    shown: ticket.names.team,
    options: teams.map((team) => ({ value: team.id, label: team.name })),
    disabled: !ticket.allowed?.includes('assign'),
    onValue: (team) => assign.mutate({ team: Number(team) }),
  }
}
