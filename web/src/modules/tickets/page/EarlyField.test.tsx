import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import type { EditorHandle } from '@/ui/Editor'
import { EarlyField, useEditorHandle } from './EarlyField'

afterEach(cleanup)

function Page({ handle }: { handle: EditorHandle }) {
  const { attach, focus, early } = useEditorHandle()
  const [isThere, setIsThere] = useState(false)
  return (
    <>
      <button type="button" onClick={focus}>
        write
      </button>
      <button
        type="button"
        onClick={() => {
          setIsThere(true)
          attach(handle)
        }}
      >
        arrive
      </button>
      {!isThere && <EarlyField early={early} label="x" placeholder="" />}
    </>
  )
}

function editor() {
  return { focus: vi.fn(), write: vi.fn(), insert: vi.fn(), isEmpty: () => true }
}

test('what is typed before the editor is there goes on in it', () => {
  const handle = editor()
  render(<Page handle={handle} />)
  fireEvent.click(screen.getByText('write'))
  const field = screen.getByRole('textbox')
  expect(document.activeElement).toBe(field)
  fireEvent.change(field, { target: { value: 'one\ntwo' } })
  act(() => screen.getByText('arrive').click())
  expect(handle.write).toHaveBeenCalledWith('one\ntwo')
  expect(handle.focus).toHaveBeenCalledOnce()
})

test('who stands elsewhere stays there', () => {
  const handle = editor()
  render(<Page handle={handle} />)
  act(() => screen.getByText('arrive').click())
  expect(handle.write).not.toHaveBeenCalled()
  expect(handle.focus).not.toHaveBeenCalled()
})
