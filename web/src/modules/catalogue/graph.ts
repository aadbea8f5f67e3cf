import type { Schemas } from '@/api/client'

export type State = Schemas['State']
export type Transition = Schemas['Transition']

// Where the states of a workflow stand in its picture: a column for each step from the start, the
// side states below the way that most tickets go.

export interface Placed {
  state: State
  x: number
  y: number
}

export interface Edge {
  from: Placed
  to: Placed
  transition: Transition
  // Several transitions between the same two states are drawn beside one another.
  lane: number
}

export interface Picture {
  nodes: Placed[]
  edges: Edge[]
  width: number
  height: number
}

export const box = { width: 118, height: 40, gapX: 44, gapY: 26 }

function levelsOf(start: string, states: readonly State[], moves: readonly Transition[]) {
  const levels = new Map<string, number>([[start, 0]])
  const queue = [start]
  for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
    for (const move of moves) {
      const leaves = move.from?.includes(key) && move.from.length <= 3
      if (!leaves || levels.has(move.to)) continue
      levels.set(move.to, (levels.get(key) ?? 0) + 1)
      queue.push(move.to)
    }
  }
  // What many states lead to (waiting, cancelled) stands on the side; it is placed by its phase.
  for (const state of states) {
    if (!levels.has(state.key)) levels.set(state.key, state.phase === 'closed' ? 6 : 3)
  }
  return levels
}

export function pictureOf(
  start: string,
  states: readonly State[],
  transitions: readonly Transition[],
): Picture {
  const levels = levelsOf(start, states, transitions)
  const perColumn = new Map<number, number>()
  const nodes = states.map((state): Placed => {
    const column = levels.get(state.key) ?? 0
    const row = perColumn.get(column) ?? 0
    perColumn.set(column, row + 1)
    const x = column * (box.width + box.gapX) + 12
    return { state, x, y: row * (box.height + box.gapY) + 14 }
  })
  const byKey = new Map(nodes.map((node) => [node.state.key, node]))
  const lanes = new Map<string, number>()
  const edges = transitions.flatMap((transition) => {
    const to = byKey.get(transition.to)
    return (transition.from ?? []).flatMap((key): Edge[] => {
      const from = byKey.get(key)
      if (!from || !to) return []
      const pair = [key, transition.to].sort().join(' ')
      const lane = lanes.get(pair) ?? 0
      lanes.set(pair, lane + 1)
      return [{ from, to, transition, lane }]
    })
  })
  const width = Math.max(...nodes.map((node) => node.x), 0) + box.width + 16
  const height = Math.max(...nodes.map((node) => node.y), 0) + box.height + 30
  return { nodes, edges, width, height }
}

// An arrow from the edge of one box to the edge of another.
export function pathOf({ from, to, lane }: Edge): string {
  const middle = (node: Placed) => node.y + box.height / 2 + lane * 7 - 3
  if (from === to) return ''
  const forward = to.x >= from.x
  const sameColumn = to.x === from.x
  const x1 = forward ? from.x + box.width : from.x
  const x2 = sameColumn ? to.x + box.width : forward ? to.x : to.x + box.width
  const bend = sameColumn ? 34 + lane * 6 : Math.max(22, Math.abs(x2 - x1) / 2)
  const c1 = forward ? x1 + bend : x1 - bend
  const c2 = sameColumn ? x2 + bend : forward ? x2 - bend : x2 + bend
  return `M${x1},${middle(from)} C${c1},${middle(from)} ${c2},${middle(to)} ${x2},${middle(to)}`
}
