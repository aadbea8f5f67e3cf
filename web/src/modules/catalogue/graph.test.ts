import { describe, expect, it } from 'vitest'
import { optionsIn } from './FieldDialog'
import { box, pathOf, pictureOf, type State, type Transition } from './graph'

const state = (key: string, phase: State['phase'] = 'open') =>
  ({ key, phase, name_zh: key, name_en: key }) as State
const move = (from: string[], to: string) => ({ key: `${from}-${to}`, from, to }) as Transition

describe('the picture of a workflow', () => {
  const states = [state('received', 'new'), state('working'), state('closed', 'closed')]
  const moves = [move(['received'], 'working'), move(['working'], 'closed')]

  it('goes from the start to the end, a column a step', () => {
    const { nodes, edges } = pictureOf('received', states, moves)
    const step = box.width + box.gapX
    expect(nodes.map((node) => node.x)).toEqual([14, 14 + step, 14 + 2 * step])
    expect(edges).toHaveLength(2)
    expect(edges.every((edge) => pathOf(edge).startsWith('M'))).toBe(true)
  })

  it('leaves no state out, also one that nothing leads to', () => {
    const { nodes } = pictureOf('received', [...states, state('lost')], moves)
    expect(new Set(nodes.map((node) => `${node.x} ${node.y}`)).size).toBe(4)
  })
})

describe('options of a choice', () => {
  it('are a line each, with names in both languages', () => {
    expect(optionsIn('a = 甲 = A\n\nb = 乙\nc')).toEqual([
      { key: 'a', label_zh: '甲', label_en: 'A' },
      { key: 'b', label_zh: '乙', label_en: '乙' },
      { key: 'c', label_zh: 'c', label_en: 'c' },
    ])
  })
})
