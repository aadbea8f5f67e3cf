import { useEffect, useRef, useState } from 'react'

export interface Option<V extends string | number = string | number> {
  value: V
  label: string
  hint?: string
  // What else finds it: pinyin initials, the name in the other language.
  words?: string
  group?: string
  disabled?: boolean
}

// Fixed, or asked for as one types; what is asked for was already filtered by whoever answers.
export type Options<V extends string | number> =
  | readonly Option<V>[]
  | ((typed: string) => Promise<readonly Option<V>[]>)

export function matching<V extends string | number>(options: readonly Option<V>[], typed: string) {
  const wanted = typed.trim().toLowerCase()
  if (!wanted) return options
  return options.filter((option) =>
    [option.label, option.hint, option.words].some((text) => text?.toLowerCase().includes(wanted)),
  )
}

const typingMs = 150

// The options that fit what is typed. An older answer never takes the place of a newer one.
export function useOptions<V extends string | number>(
  source: Options<V>,
  typed: string,
  on: boolean,
) {
  const [found, setFound] = useState<readonly Option<V>[]>([])
  const [pending, setPending] = useState(false)
  const ask = useRef(source)
  ask.current = source
  const isFixed = typeof source !== 'function'
  useEffect(() => {
    if (!on || isFixed) return undefined
    let stale = false
    setPending(true)
    const timer = setTimeout(async () => {
      try {
        const load = ask.current
        const answer = typeof load === 'function' ? await load(typed.trim()) : []
        if (!stale) setFound(answer)
      } finally {
        if (!stale) setPending(false)
      }
    }, typingMs)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [typed, on, isFixed])
  return isFixed ? { found: matching(source, typed), pending: false } : { found, pending }
}
