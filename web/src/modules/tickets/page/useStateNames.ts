import { useCallback } from 'react'
import { useWorkflows } from '@/parts/catalogue'
import { nameOf } from '@/parts/names'

// The name of a state by its key alone: the log does not say which workflow it was.
export function useStateNames() {
  const flows = useWorkflows()
  return useCallback(
    (key: string) => {
      for (const flow of flows) {
        const state = flow.states?.find((one) => one.key === key)
        if (state) return nameOf(state)
      }
      return key
    },
    [flows],
  )
}
