import { useEffect } from 'react'
import { type Present, presence, sayWriting, watch } from './live'
import { useStore } from './store'

const nobody: Present[] = []

// Who else looks at or writes on this ("ticket:17"). Give null until it has been read.
export function usePresence(ref: string | null): {
  present: Present[]
  sayWriting: typeof sayWriting
} {
  const all = useStore(presence)
  useEffect(() => (ref ? watch(ref) : undefined), [ref])
  return { present: (ref && all[ref]) || nobody, sayWriting }
}
