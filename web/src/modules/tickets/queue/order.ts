import { createStore } from '@/api/store'

// The tickets as the queue shows them just now, so that a page knows its neighbours.
export interface QueueOrder {
  ids: readonly number[]
  // There are more of them than have been read.
  more: boolean
}

export const queueOrder = createStore<QueueOrder>({ ids: [], more: false })

export interface PlaceInQueue {
  at: number
  count: number
  more: boolean
  previous: number | null
  next: number | null
}

export function placeIn({ ids, more }: QueueOrder, ticket: number): PlaceInQueue | null {
  const at = ids.indexOf(ticket)
  if (at < 0) return null
  return {
    at: at + 1,
    count: ids.length,
    more,
    previous: ids[at - 1] ?? null,
    next: ids[at + 1] ?? null,
  }
}
