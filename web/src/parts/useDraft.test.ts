import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type DraftKeeper, useDraft } from './useDraft'

beforeEach(() => {
  localStorage.clear()
  vi.useFakeTimers()
})

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

function slowKeeper() {
  const done: string[] = []
  let loaded: (kept: { value: string; at: number } | null) => void = () => undefined
  let saved: () => void = () => undefined
  const keeper: DraftKeeper<string> = {
    load: () => new Promise((resolve) => (loaded = resolve)),
    save: (value) =>
      new Promise<void>((resolve) => (saved = resolve)).then(() => done.push(`kept ${value}`)),
    discard: async () => done.push('discarded'),
  }
  return { keeper, done, load: (value: string) => loaded({ value, at: 1 }), save: () => saved() }
}

test('what was sent does not come back from a copy that is still being read', async () => {
  const { keeper, load } = slowKeeper()
  const { result } = renderHook(() => useDraft('a', '', keeper))
  act(() => result.current.setValue('hello'))
  act(() => result.current.clear())
  await act(async () => load('hel'))
  expect(result.current.value).toBe('')
})

test('it is thrown away after it was kept, however long keeping takes', async () => {
  const { keeper, done, save } = slowKeeper()
  const { result } = renderHook(() => useDraft('b', '', keeper))
  act(() => result.current.setValue('hello'))
  await act(() => vi.advanceTimersByTimeAsync(3000))
  await act(async () => result.current.clear())
  expect(done).toEqual([])
  await act(async () => save())
  expect(done).toEqual(['kept hello', 'discarded'])
})
