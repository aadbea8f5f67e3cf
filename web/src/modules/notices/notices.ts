import { useMutation, useQuery } from '@tanstack/react-query'
import { api, ask, type Schemas } from '@/api/client'
import { all, list } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { sayFailed } from '@/parts/problems'

export type Notice = Schemas['NoticeView']

// How many are unread, kept right by the live line.
export function useNoticeCount() {
  return useQuery({
    queryKey: list('notice', { count: true }),
    queryFn: ({ signal }) => ask(api.GET('/my/notices/count', { signal })),
  })
}

// The newest of them, as far as a glance goes.
export function useNewest(query: { unread?: true; limit: number }, enabled: boolean) {
  return useQuery({
    queryKey: list('notice', query),
    queryFn: async ({ signal }) =>
      (await ask(api.GET('/my/notices', { params: { query }, signal }))).items,
    enabled,
  })
}

// These, or everything up to an event: what came in meanwhile stays unread.
export function useReadNotices() {
  return useMutation({
    mutationFn: (body: Schemas['ReadNotices']) => ask(api.POST('/my/notices/read', { body })),
    onSuccess: (count) => queryClient.setQueryData(list('notice', { count: true }), count),
    onError: sayFailed,
    onSettled: () => queryClient.invalidateQueries({ queryKey: all('notice') }),
  })
}
