import { queryOptions, useQuery } from '@tanstack/react-query'
import { apiPath } from '@/api/base_path'
import { api, ask, type Schemas } from '@/api/client'
import { one } from '@/api/keys'
import { reference } from '@/api/query_client'
import { either } from './names'

export type Organisation = Schemas['OrganisationPage']

export const organisationQuery = queryOptions({
  ...reference,
  queryKey: one('organisation', 1),
  queryFn: ({ signal }) => ask(api.GET('/organisation', { signal })),
})

// Who runs this desk: its name and sign stand above everything, also before one has signed in.
export function useOrganisation() {
  const { data } = useQuery(organisationQuery)
  return {
    organisation: data,
    name: data ? either(data.name_zh, data.name_en) : '',
    logo: data?.logo ? apiPath(data.logo) : null,
  }
}
