import { queryOptions, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { api, ask, type Schemas } from '@/api/client'
import { list } from '@/api/keys'
import { reference } from '@/api/query_client'
import { nameOf } from './names'

// What the catalogue says: read once, used by every line of every list.

export type ServiceType = Schemas['ServiceType']
export type Workflow = Schemas['Workflow']
export type WorkflowState = Schemas['State']

export const serviceTypesQuery = queryOptions({
  ...reference,
  queryKey: list('service_type'),
  queryFn: async ({ signal }) => (await ask(api.GET('/service-types', { signal }))).items,
})

export const workflowsQuery = queryOptions({
  ...reference,
  queryKey: list('workflow'),
  queryFn: async ({ signal }) => (await ask(api.GET('/workflows', { signal }))).items,
})

export const categoriesQuery = queryOptions({
  ...reference,
  queryKey: list('category'),
  queryFn: async ({ signal }) => (await ask(api.GET('/categories', { signal }))).items,
})

export const prioritiesQuery = queryOptions({
  ...reference,
  queryKey: list('priority_matrix'),
  queryFn: async ({ signal }) => (await ask(api.GET('/priorities', { signal }))).items ?? [],
})

export const customFieldsQuery = queryOptions({
  ...reference,
  queryKey: list('custom_field'),
  queryFn: async ({ signal }) => (await ask(api.GET('/custom-fields', { signal }))).items,
})

export const teamsQuery = queryOptions({
  ...reference,
  queryKey: list('team'),
  queryFn: async ({ signal }) => (await ask(api.GET('/teams', { signal }))).items,
})

export function useServiceTypes(): readonly ServiceType[] {
  return useQuery(serviceTypesQuery).data ?? []
}

export function useWorkflows(): readonly Workflow[] {
  return useQuery(workflowsQuery).data ?? []
}

export function useTeams() {
  return useQuery(teamsQuery).data ?? []
}

// The state of a ticket by its service type: its words and what it means for the clocks.
export function useStateOf() {
  const types = useServiceTypes()
  const workflows = useWorkflows()
  const byType = useMemo(() => {
    const states = new Map<number, Map<string, WorkflowState>>()
    for (const flow of workflows) {
      states.set(flow.id, new Map((flow.states ?? []).map((state) => [state.key, state])))
    }
    return new Map(types.map((type) => [type.id, states.get(type.workflow)]))
  }, [types, workflows])
  return useCallback(
    (serviceType: number, key: string) => byType.get(serviceType)?.get(key),
    [byType],
  )
}

export function useStateName() {
  const stateOf = useStateOf()
  return useCallback(
    (serviceType: number, key: string) => nameOf(stateOf(serviceType, key)) || key,
    [stateOf],
  )
}
