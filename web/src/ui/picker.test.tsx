import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import texts from './en.json'
import { InlinePicker } from './InlinePicker'
import { MultiPicker } from './MultiPicker'
import { Picker } from './Picker'

beforeAll(async () => {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    resources: { en: { ui: texts } },
    interpolation: { escapeValue: false },
  })
})

afterEach(cleanup)

const options = [
  { value: 1, label: '华东精密制造', words: 'hdjmzz' },
  { value: 2, label: '北辰医药流通', words: 'bcyylt', disabled: true },
  { value: 3, label: '金桥证券', words: 'jqzq' },
]

const key = (name: string, more = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key: name, ...more })

function field() {
  const input = screen.getByRole('combobox') as HTMLInputElement
  act(() => input.focus())
  return input
}

const current = () => {
  const id = screen.getByRole('combobox').getAttribute('aria-activedescendant')
  return id ? document.getElementById(id)?.textContent : null
}

test('the arrows go over what can be chosen, Enter takes it', () => {
  const take = vi.fn()
  render(<Picker label="x" value={null} options={options} onValue={take} />)
  field()
  key('ArrowDown')
  expect(current()).toBe('华东精密制造')
  key('ArrowDown')
  expect(current()).toBe('金桥证券')
  key('ArrowDown')
  expect(current()).toBe('华东精密制造')
  key('ArrowUp')
  key('Enter')
  expect(take).toHaveBeenCalledWith(3, options[2])
  expect(screen.queryByRole('listbox')).toBeNull()
})

test('initials find it, and Escape only closes the list', () => {
  const page = vi.fn()
  document.addEventListener('keydown', page)
  render(<Picker label="x" value={1} options={options} onValue={vi.fn()} />)
  const input = field()
  expect(input.value).toBe('华东精密制造')
  fireEvent.change(input, { target: { value: 'jq' } })
  expect(screen.getAllByRole('option')).toHaveLength(1)
  page.mockClear()
  key('Escape')
  expect(screen.queryByRole('listbox')).toBeNull()
  expect(input.value).toBe('华东精密制造')
  expect(page).not.toHaveBeenCalled()
  document.removeEventListener('keydown', page)
})

test('while an input method composes nothing is looked for and Enter takes nothing', () => {
  const take = vi.fn()
  render(<Picker label="x" value={null} options={options} onValue={take} />)
  const input = field()
  fireEvent.click(input)
  fireEvent.compositionStart(input)
  fireEvent.change(input, { target: { value: 'jin q' } })
  expect(screen.getAllByRole('option')).toHaveLength(3)
  key('Enter', { isComposing: true })
  expect(take).not.toHaveBeenCalled()
  fireEvent.change(input, { target: { value: '金桥' } })
  fireEvent.compositionEnd(input)
  expect(screen.getAllByRole('option')).toHaveLength(1)
})

test('Enter takes the first that answers what was typed, also when it comes later', async () => {
  const take = vi.fn()
  const ask = async (typed: string) => options.filter((one) => one.words.startsWith(typed))
  render(<Picker label="x" value={null} options={ask} onValue={take} />)
  const input = field()
  fireEvent.click(input)
  await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(3))
  fireEvent.change(input, { target: { value: 'jq' } })
  key('Enter')
  expect(take).not.toHaveBeenCalled()
  await waitFor(() => expect(take.mock.calls.map(([value]) => value)).toEqual([3]))
  expect(screen.queryByRole('listbox')).toBeNull()
})

test('what is not there can be added', () => {
  const add = vi.fn()
  render(<Picker label="x" value={null} options={options} onValue={vi.fn()} onCreate={add} />)
  fireEvent.change(field(), { target: { value: ' 新公司 ' } })
  key('Enter')
  expect(add).toHaveBeenCalledWith('新公司')
})

test('of several, Backspace takes the last one out', () => {
  const take = vi.fn()
  const chosen = options.slice(0, 2)
  render(<MultiPicker label="x" value={chosen} options={options} onValue={take} />)
  field()
  expect(screen.getAllByRole('option')).toHaveLength(1)
  key('Backspace')
  expect(take).toHaveBeenCalledWith([options[0]])
  key('Enter')
  expect(take).toHaveBeenLastCalledWith([...chosen, options[2]])
})

test('a value is changed where it stands, and the focus comes back', () => {
  const take = vi.fn()
  render(
    <InlinePicker label="state" options={options} search={false} onValue={take}>
      now
    </InlinePicker>,
  )
  const button = screen.getByRole('button')
  fireEvent.click(button)
  expect(document.activeElement).toBe(screen.getByRole('combobox'))
  key('ArrowDown')
  key('Enter')
  expect(take).toHaveBeenCalledWith(3, options[2])
  expect(document.activeElement).toBe(button)
  fireEvent.click(button)
  key('Escape')
  expect(take).toHaveBeenCalledTimes(1)
  expect(screen.queryByRole('listbox')).toBeNull()
})
