import { useMutation, useQuery } from '@tanstack/react-query'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { queryClient, reference } from '@/api/query_client'
import { sayFailed } from './problems'

// What a person has chosen for himself; the server keeps it for every device.

export type Settings = Schemas['Settings']
type Change = (now: Settings) => Settings

const queryKey = ['my_settings'] as const
const query = {
  ...reference,
  queryKey,
  queryFn: () => ask(api.GET('/me/settings')),
}

// Another tab may have been faster: what it changed is read first.
async function keep(change: Change) {
  const { version, settings } = await ask(api.GET('/me/settings'))
  const headers = version > 0 ? ifVersion(version) : undefined
  return ask(api.PUT('/me/settings', { headers, body: change(settings) }))
}

export function useSettings() {
  const settings = useQuery(query).data?.settings
  const { mutate } = useMutation({
    scope: { id: 'my_settings' },
    mutationFn: keep,
    onMutate: (change) => {
      const before = queryClient.getQueryData<Schemas['MySettings']>(queryKey)
      if (!before) return
      queryClient.setQueryData(queryKey, { ...before, settings: change(before.settings) })
    },
    onSuccess: (kept) => queryClient.setQueryData(queryKey, kept),
    onError: (error) => {
      sayFailed(error)
      void queryClient.invalidateQueries({ queryKey })
    },
  })
  return { settings, change: mutate }
}

// Which columns of a list are shown, in their order; undefined where nothing was chosen.
export function columnsOf(settings: Settings | undefined, list: string): string[] | undefined {
  return settings?.columns?.find((one) => one.list === list)?.columns
}

export function withColumns(settings: Settings, list: string, columns: string[] | null): Settings {
  const others = (settings.columns ?? []).filter((one) => one.list !== list)
  return { ...settings, columns: columns ? [...others, { list, columns }] : others }
}
