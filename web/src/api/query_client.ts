import { notifyManager, QueryClient } from '@tanstack/react-query'
import { asProblem } from './problem'

export const minutes = 60_000

// Before the next press of a button is heard the page knows what the last one did: by default it
// would be told by a timer, and a double click on a busy machine would send twice.
notifyManager.setScheduler(queueMicrotask)

// For what hardly ever changes: service types, workflows, teams, custom fields.
export const reference = { staleTime: 5 * minutes }

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: minutes / 2,
      gcTime: 10 * minutes,
      // The state of the network is found out by asking, not believed of the browser.
      networkMode: 'always',
      retry: (count, error) => count < 2 && asProblem(error).passes,
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
