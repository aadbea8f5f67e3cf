import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { colourOf, initialsOf } from './colour'
import { isAllowed } from './module'
import { handleKey, nameOfPress, register } from './shortcuts'
import { absolute, duration, relative, setTimeZone } from './time'
import { done, hold, toasts, undo } from './undo'

const now = Date.parse('2026-11-23T06:00:00Z')

beforeEach(() => {
  vi.useFakeTimers()
  setTimeZone('Asia/Shanghai')
})
afterEach(() => {
  vi.useRealTimers()
  toasts.set([])
})

test('times are written as people say them, in their zone', () => {
  expect(absolute('2026-11-23T06:00:00Z', 'zh-CN', now)).toBe('11月23日 周一 14:00')
  expect(absolute('2025-01-02T06:00:00Z', 'zh-CN', now)).toBe('2025年1月2日 周四 14:00')
  expect(absolute('2026-11-23T06:00:00Z', 'en', now)).toBe('Mon 23 Nov 14:00')
  setTimeZone('Europe/Berlin')
  expect(absolute('2026-11-23T06:00:00Z', 'zh-CN', now)).toBe('11月23日 周一 07:00')
})

test('within a day an age, beyond it the time', () => {
  expect(relative('2026-11-23T05:55:00Z', 'zh-CN', now)).toBe('5分钟前')
  expect(relative('2026-11-23T03:00:00Z', 'en', now)).toBe('3 hours ago')
  expect(relative('2026-11-21T06:00:00Z', 'zh-CN', now)).toBe('11月21日 周六 14:00')
})

test('durations get coarser as they get longer', () => {
  expect(duration(2_530_000, 'en')).toBe('42:10')
  expect(duration(12_000_000, 'en')).toBe('3:20')
  expect(duration(187_200_000, 'en')).toBe('2 d 4 h')
})

test('people have a colour and an initial', () => {
  expect(colourOf('李娜')).toBe(colourOf('李娜'))
  expect(initialsOf('李娜')).toBe('李')
  expect(initialsOf('Ada Lovelace')).toBe('AL')
})

test('rights open a page one by one', () => {
  expect(isAllowed(undefined, [])).toBe(true)
  expect(isAllowed(['a', 'b'], ['b'])).toBe(true)
  expect(isAllowed('a', ['b'])).toBe(false)
})

function press(key: string, more: Partial<KeyboardEventInit> = {}, target?: HTMLElement) {
  const event = new KeyboardEvent('keydown', { key, cancelable: true, ...more })
  if (target) Object.defineProperty(event, 'target', { value: target })
  return handleKey(event)
}

test('keys are heard, but not while somebody types or composes', () => {
  const run = vi.fn()
  const leave = register([{ keys: 'r', scope: 'ticket', title: 'x', run }])
  expect(press('r')).toBe(true)
  expect(press('r', { isComposing: true })).toBe(false)
  expect(press('r', {}, document.createElement('textarea'))).toBe(false)
  expect(run).toHaveBeenCalledTimes(1)
  leave()
  expect(press('r')).toBe(false)
})

test('two keys after one another', () => {
  const run = vi.fn()
  const leave = register([{ keys: 'g t', scope: 'go', title: 'x', run }])
  press('g')
  press('t')
  expect(run).toHaveBeenCalledTimes(1)
  press('t')
  expect(run).toHaveBeenCalledTimes(1)
  leave()
})

test('a press is called as shortcuts are written', () => {
  const name = (key: string, more: KeyboardEventInit = {}) =>
    nameOfPress(new KeyboardEvent('keydown', { key, ...more }), false)
  expect(name('K', { ctrlKey: true, shiftKey: true })).toBe('mod+shift+k')
  expect(name('?', { shiftKey: true })).toBe('?')
  expect(name('Enter', { ctrlKey: true })).toBe('mod+Enter')
})

test('what was done can be taken back for eight seconds', async () => {
  const back = vi.fn()
  done('moved', back)
  expect(await undo()).toBe(true)
  expect(back).toHaveBeenCalledTimes(1)
  done('moved', back)
  vi.advanceTimersByTime(8000)
  expect(await undo()).toBe(false)
})

test('a message leaves after eight seconds unless it is taken back', async () => {
  const act = vi.fn()
  hold('sending', act)
  vi.advanceTimersByTime(7999)
  expect(act).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(act).toHaveBeenCalledTimes(1)
  hold('sending', act)
  await undo()
  vi.advanceTimersByTime(9000)
  expect(act).toHaveBeenCalledTimes(1)
})
