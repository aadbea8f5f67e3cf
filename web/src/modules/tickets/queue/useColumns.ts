import { useEffect, useState } from 'react'
import { columnsOf, useSettings, withColumns } from '@/parts/useSettings'
import { chosenColumns, type QueueColumn, usualColumns } from './columns'
import type { View } from './useQueue'

// Where a ticket is open beside the queue, or on a small screen, there is no room for columns.
const roomFor = window.matchMedia('(width >= 1024px)')

function useHasRoom(): boolean {
  const [has, setHas] = useState(roomFor.matches)
  useEffect(() => {
    const look = () => setHas(roomFor.matches)
    roomFor.addEventListener('change', look)
    return () => roomFor.removeEventListener('change', look)
  }, [])
  return has
}

export interface ColumnChoice {
  columns: readonly QueueColumn[]
  change: (keys: string[] | null) => void
  // There is a choice of one's own that can be given up.
  isOwn: boolean
}

// The columns of a view: what the person has chosen for it, or else what the view says.
export function useColumns(view: View | undefined, isOpen: boolean): ColumnChoice | null {
  const { settings, change } = useSettings()
  const hasRoom = useHasRoom()
  if (!hasRoom || isOpen) return null
  const list = view ? `tickets:${view.id}` : 'tickets'
  const own = columnsOf(settings, list)
  const ofView = view?.columns?.length ? view.columns : undefined
  return {
    columns: chosenColumns(own ?? ofView ?? columnsOf(settings, 'tickets') ?? usualColumns),
    isOwn: own !== undefined,
    change: (keys) => change((now) => withColumns(now, list, keys)),
  }
}
