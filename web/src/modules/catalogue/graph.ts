import type { Schemas } from '@/api/client'

export type State = Schemas['State']
export type Transition = Schemas['Transition']

// Where the states of a workflow stand in its picture: the way that most tickets go along the top,
// the others below it.

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

export const box = { width: 92, height: 38, gapX: 30, gapY: 30 }

// The way that most tickets go: from the start always to the next state of the list that can be
// reached, leaving out those that only wait.
export function mainWay(
  start: string,
  states: readonly State[],
  transitions: readonly Transition[],
): string[] {
  const way = [start]
  const indexOf = (key: string) => states.findIndex((state) => state.key === key)
  for (let at = indexOf(start); at >= 0; ) {
    const here = states[at]?.key ?? ''
    const next = states.findIndex(
      (state, index) =>
        index > at &&
        state.phase !== 'waiting' &&
        transitions.some((move) => move.to === state.key && move.from?.includes(here)),
    )
    if (next >= 0) way.push(states[next]?.key ?? '')
    at = next
  }
  return way
}

// Those beside the main way stand below it, spread over its width in their own order.
function place(start: string, states: readonly State[], transitions: readonly Transition[]) {
  const way = mainWay(start, states, transitions)
  const aside = states.filter((state) => !way.includes(state.key))
  const perRow = Math.max(1, Math.ceil(way.length / 2))
  return states.map((state): Placed => {
    const onWay = way.indexOf(state.key)
    const beside = aside.indexOf(state)
    const column = onWay >= 0 ? onWay : (beside % perRow) * 2 + 0.5
    const row = onWay >= 0 ? 0 : 2 + Math.floor(beside / perRow)
    return {
      state,
      x: column * (box.width + box.gapX) + 14,
      y: row * (box.height + box.gapY) + 40,
    }
  })
}

export function pictureOf(
  start: string,
  states: readonly State[],
  transitions: readonly Transition[],
): Picture {
  const nodes = place(start, states, transitions)
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

// An arrow from the edge of one box to the edge of another: straight to the next one, in a bow over
// the top along the row, else from below to above.
export function pathOf({ from, to, lane }: Edge): string {
  if (from === to) return ''
  const half = { x: box.width / 2, y: box.height / 2 }
  const isNext = to.y === from.y && to.x - from.x === box.width + box.gapX
  if (isNext) {
    const y = from.y + half.y + lane * 6
    return `M${from.x + box.width},${y} L${to.x - 2},${y}`
  }
  if (to.y === from.y) {
    const bow = Math.min(34, 14 + Math.abs(to.x - from.x) / 24) + lane * 4
    const x1 = from.x + half.x + 8
    const x2 = to.x + half.x - 8
    const above = from.y - bow
    return `M${x1},${from.y} C${x1},${above} ${x2},${above} ${x2},${to.y - 2}`
  }
  const down = to.y > from.y
  const x1 = from.x + half.x + (down ? -6 : 6) + lane * 4
  const x2 = to.x + half.x + (down ? -6 : 6)
  const y1 = down ? from.y + box.height : from.y
  const y2 = down ? to.y - 2 : to.y + box.height + 2
  const middle = (y1 + y2) / 2
  return `M${x1},${y1} C${x1},${middle} ${x2},${middle} ${x2},${y2}`
}
