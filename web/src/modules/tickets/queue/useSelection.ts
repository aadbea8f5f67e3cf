import { useCallback, useState } from 'react'

// Which tickets are ticked, and on which one the keyboard stands.
export function useSelection(ids: readonly number[]) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [current, setCurrent] = useState<number | null>(null)
  const at = current === null ? -1 : ids.indexOf(current)

  const choose = useCallback(
    (id: number, range: boolean) => {
      setChosen((before) => {
        const next = new Set(before)
        if (range && at >= 0) {
          const to = ids.indexOf(id)
          for (let i = Math.min(at, to); i <= Math.max(at, to); i += 1) next.add(ids[i] as number)
        } else if (next.has(id)) next.delete(id)
        else next.add(id)
        return next
      })
      setCurrent(id)
    },
    [at, ids],
  )

  const step = useCallback(
    (by: number, extend: boolean) => {
      const to = Math.min(ids.length - 1, Math.max(0, at + by))
      const id = ids[to]
      if (id === undefined) return null
      if (extend) {
        setChosen((before) => new Set([...before, ...(current ? [current] : []), id]))
      }
      setCurrent(id)
      return id
    },
    [at, current, ids],
  )

  const clear = useCallback(() => setChosen(new Set()), [])
  // Those that are no longer in the list are not acted upon.
  const here = ids.filter((id) => chosen.has(id))
  return { chosen, here, current, currentIndex: at, choose, step, clear, setCurrent }
}
