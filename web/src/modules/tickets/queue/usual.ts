import { createStore } from '@/api/store'
import type { Grouping } from './lines'

// Where promises are made the queue is told by when something is due; where none is, by how urgent
// it is. Which of them this desk is, is found out by looking, and remembered.
const remembered = 'baijin.queue.grouping'

function read(): Grouping {
  try {
    return localStorage.getItem(remembered) === 'priority' ? 'priority' : 'due'
  } catch {
    return 'due'
  }
}

export const usualGrouping = createStore<Grouping>(read())

// Of the first rows: sorted by due those without a promise come last.
export function lookForPromises(rows: readonly { due_at?: string | null }[]): void {
  if (rows.length === 0) return
  const found = rows.some((row) => row.due_at) ? 'due' : 'priority'
  if (found === usualGrouping.get()) return
  usualGrouping.set(found)
  try {
    localStorage.setItem(remembered, found)
  } catch {
    // It is found out again the next time.
  }
}
