import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

// What a colleague should be able to open stands in the address: view, filters, tab, open record.
export type Search = Record<string, string | undefined>

export function useSearchState<Keys extends string>() {
  const search = useSearch({ strict: false }) as Partial<Record<Keys, string>>
  const navigate = useNavigate()
  // Undefined takes a key away. `replace`: Back does not come here again.
  const change = useCallback(
    (patch: Partial<Record<Keys, string | undefined>>, replace = true) => {
      const next = (before: Search) => {
        const all = { ...before, ...patch } as Search
        return Object.fromEntries(Object.entries(all).filter(([, value]) => value))
      }
      void navigate({ to: '.', search: next as never, replace })
    },
    [navigate],
  )
  return [search, change] as const
}

// The number in "/tickets/17"; 0 where there is none.
export function useIdInPath(name = 'id'): number {
  const params = useParams({ strict: false }) as Record<string, string | undefined>
  const id = Number(params[name])
  return Number.isInteger(id) && id > 0 ? id : 0
}
