import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { list } from '@/api/keys'
import { reference } from '@/api/query_client'
import { nameOf } from '@/parts/names'
import type { FieldShape } from '@/parts/RecordField'

export type User = Schemas['UserView']
export type Role = Schemas['Role']
export type Team = Schemas['TeamView']

export const rolesQuery = queryOptions({
  ...reference,
  queryKey: list('role'),
  queryFn: async ({ signal }) => (await ask(api.GET('/roles', { signal }))).items,
})

export const regionsQuery = queryOptions({
  ...reference,
  queryKey: list('region'),
  queryFn: async ({ signal }) => (await ask(api.GET('/regions', { signal }))).items,
})

export function useRoleName(): (key: string) => string {
  const roles = useQuery(rolesQuery).data ?? []
  return (key) => nameOf(roles.find((role) => role.key === key)) || key
}

export function useUserFields(kind: User['kind']): FieldShape[] {
  const { t } = useTranslation('accounts')
  const roles = useQuery(rolesQuery).data ?? []
  const regions = useQuery(regionsQuery).data ?? []
  const regionOptions = regions.map((region) => ({ value: region.id, label: region.name }))
  return [
    { key: 'login', label: t('field.login'), required: true },
    { key: 'name', label: t('field.name'), required: true },
    { key: 'email', label: t('field.email'), kind: 'email' },
    { key: 'phone', label: t('field.phone'), kind: 'tel' },
    {
      key: 'roles',
      label: t('field.roles'),
      kind: 'several',
      options: roles
        .filter((role) => role.portal === (kind === 'contact'))
        .map((role) => ({ value: role.key, label: nameOf(role) })),
    },
    { key: 'region', label: t('field.region'), kind: 'pick', options: regionOptions },
    {
      key: 'regions',
      label: t('field.regions'),
      kind: 'several',
      hint: t('hint.regions'),
      options: regionOptions,
    },
  ]
}
