import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { IconButton } from './Button'
import { Dialog } from './Dialog'
import { Menu, Popover } from './Menu'
import { startTips } from './tips'

const Picture = () => <svg />
const key = (name: string, more = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key: name, ...more })

afterEach(cleanup)

function Desk({ onSubmit = () => undefined }: { onSubmit?: () => void }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        open
      </button>
      {open && (
        <Dialog
          title="close it"
          onClose={() => setOpen(false)}
          onSubmit={onSubmit}
          footer={<button type="submit">go</button>}
        >
          <input aria-label="reason" />
        </Dialog>
      )}
    </>
  )
}

function opened(onSubmit?: () => void) {
  render(<Desk onSubmit={onSubmit} />)
  const button = screen.getByText('open')
  act(() => button.focus())
  fireEvent.click(button)
  return button
}

test('a dialog takes the focus, keeps it and gives it back', () => {
  const button = opened()
  expect(screen.getByRole('dialog', { name: 'close it' })).toBeTruthy()
  expect(document.activeElement).toBe(screen.getByLabelText('reason'))
  act(() => screen.getByText('go').focus())
  key('Tab')
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'close' }))
  key('Tab', { shiftKey: true })
  expect(document.activeElement).toBe(screen.getByText('go'))
  key('Escape')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(document.activeElement).toBe(button)
})

test('Escape of an input method does not close a dialog', () => {
  opened()
  key('Escape', { isComposing: true })
  expect(screen.getByRole('dialog')).toBeTruthy()
})

test('the page below hears no letters, but keys with Ctrl', () => {
  const page = vi.fn()
  opened()
  window.addEventListener('keydown', page)
  key('s')
  expect(page).not.toHaveBeenCalled()
  key('z', { ctrlKey: true })
  expect(page).toHaveBeenCalledTimes(1)
  window.removeEventListener('keydown', page)
})

test('a press beside a dialog leaves it, one inside does not', () => {
  opened()
  fireEvent.pointerDown(screen.getByRole('dialog'))
  expect(screen.getByRole('dialog')).toBeTruthy()
  fireEvent.pointerDown(document.querySelector('.bj-overlay') as Element)
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('a menu is gone through with the arrows and letters; what is off stays off', () => {
  const run = vi.fn()
  const items = [
    { title: 'merge', run: () => run('merge') },
    { title: 'close', disabled: true, hint: 'not yet', run: () => run('close') },
    { title: 'split', run: () => run('split') },
  ]
  render(
    <Menu items={items}>
      <button type="button">more</button>
    </Menu>,
  )
  const button = screen.getByText('more')
  act(() => button.focus())
  key('ArrowDown')
  const lines = screen.getAllByRole('menuitem')
  expect(document.activeElement).toBe(lines[0])
  key('ArrowDown')
  expect(document.activeElement).toBe(lines[1])
  fireEvent.click(lines[1] as Element)
  expect(run).not.toHaveBeenCalled()
  key('s')
  expect(document.activeElement).toBe(lines[2])
  fireEvent.click(lines[2] as Element)
  expect(run).toHaveBeenCalledWith('split')
  expect(screen.queryByRole('menu')).toBeNull()
  expect(document.activeElement).toBe(button)
})

function Filter() {
  const [on, setOn] = useState(false)
  const target = (
    <button type="button" onClick={() => setOn(!on)}>
      filter
    </button>
  )
  return (
    <Popover opened={on} onOpened={setOn} target={target}>
      <Menu items={[{ title: 'inside', run: () => undefined }]}>
        <button type="button">first</button>
      </Menu>
    </Popover>
  )
}

test('a press in what a popover opened is a press inside of it', () => {
  render(<Filter />)
  fireEvent.click(screen.getByText('filter'))
  expect(document.activeElement).toBe(screen.getByText('first'))
  fireEvent.click(screen.getByText('first'))
  fireEvent.pointerDown(screen.getByText('inside'))
  expect(screen.getByRole('dialog', { name: 'filter' })).toBeTruthy()
  fireEvent.pointerDown(document.body)
  expect(screen.queryByRole('dialog')).toBeNull()
})

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

test('a word comes beside a button one rests on, with its key, and goes with Escape', () => {
  const stop = startTips()
  render(<IconButton label="star it" keys="s" icon={Picture} />)
  const tip = () => document.querySelector('.bj-tip')?.textContent
  fireEvent.pointerOver(screen.getByRole('button'), { pointerType: 'mouse' })
  expect(tip()).toBeUndefined()
  vi.advanceTimersByTime(400)
  expect(tip()).toBe('star itS')
  key('Escape')
  expect(tip()).toBeUndefined()
  fireEvent.pointerOver(screen.getByRole('button'), { pointerType: 'touch' })
  vi.advanceTimersByTime(400)
  expect(tip()).toBeUndefined()
  stop()
})
