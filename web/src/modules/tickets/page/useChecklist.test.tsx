import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { queryClient } from '@/api/query_client'
import { useChecklist } from './useChecklist'
import type { Ticket } from './useTicket'

const server = vi.hoisted(() => ({
  line: { id: 1, title: 'x', done: false, version: 1 },
  versions: [] as number[],
  answer: [] as (() => void)[],
}))

vi.mock('@/api/client', () => ({
  ask: (answer: Promise<unknown>) => answer,
  ifVersion: (version: number) => version,
  api: {
    GET: async () => ({ items: [{ ...server.line }] }),
    PATCH: (_path: string, { headers, body }: { headers: number; body: object }) =>
      new Promise((resolve) => {
        server.versions.push(headers)
        server.answer.push(() => {
          Object.assign(server.line, body, { version: server.line.version + 1 })
          resolve({ ...server.line })
        })
      }),
  },
}))

afterEach(cleanup)

function open() {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  )
  return renderHook(() => useChecklist({ id: 7 } as Ticket), { wrapper }).result
}

test('a tick is seen at once, and stays whatever is read before the server answers', async () => {
  const list = open()
  const tick = async (done: boolean) =>
    act(async () => list.current.change({ id: 1, patch: { done } }))
  await waitFor(() => expect(list.current.items).toHaveLength(1))
  await tick(true)
  expect(list.current.items[0]?.done).toBe(true)
  await act(() => queryClient.invalidateQueries())
  expect(list.current.items[0]?.done).toBe(true)
  await tick(false)
  expect(list.current.items[0]?.done).toBe(false)
  // The second waits for the first, and is about the version that the first has made.
  expect(server.versions).toEqual([1])
  await act(async () => server.answer[0]?.())
  await waitFor(() => expect(server.versions).toEqual([1, 2]))
  expect(list.current.items[0]?.done).toBe(false)
  await act(async () => server.answer[1]?.())
  await waitFor(() => expect(list.current.items[0]?.version).toBe(3))
  expect(list.current.items[0]?.done).toBe(false)
})
