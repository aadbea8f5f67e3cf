import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { PhaseGlyph, PriorityGlyph, SlaGlyph } from './Glyph'

afterEach(cleanup)

// Without colours they must still differ.
function shapeOf(element: React.ReactElement): string {
  const { container } = render(element)
  const shape = container.innerHTML.replaceAll(/style="[^"]*"|data-phase="\w+"/g, '')
  cleanup()
  return shape
}

test('every state of a promise has a shape of its own', () => {
  const states = ['ok', 'risk', 'breach', 'paused', 'met'] as const
  const shapes = states.map((state) => shapeOf(<SlaGlyph state={state} />))
  expect(new Set(shapes).size).toBe(states.length)
})

test('every phase has a shape of its own', () => {
  const phases = ['new', 'open', 'waiting', 'solved', 'closed'] as const
  const shapes = phases.map((phase) => shapeOf(<PhaseGlyph phase={phase} />))
  expect(new Set(shapes).size).toBe(phases.length)
})

test.each([
  ['P2', 3],
  ['P3', 2],
  ['P4', 1],
])('%s is %i full bars', (priority, full) => {
  const { container } = render(<PriorityGlyph priority={priority} label="x" />)
  expect(container.querySelectorAll('rect')).toHaveLength(3)
  expect(container.querySelectorAll('rect[opacity="1"]')).toHaveLength(full)
})

test('the highest priority is one block, and has a name', () => {
  const { container, getByRole } = render(<PriorityGlyph priority="P1" label="x" />)
  expect(container.querySelectorAll('rect')).toHaveLength(1)
  expect(getByRole('img').getAttribute('aria-label')).toBe('x')
})
