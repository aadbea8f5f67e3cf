// Where a box goes that belongs to something on the page: below it where there is room, above it
// where there is more, never over the edge of the window.

export type Align = 'start' | 'center' | 'end'

export interface Rectangle {
  left: number
  top: number
  width: number
  height: number
}

export interface Place {
  left: number
  top: number
  // As much as there is room for on that side.
  room: number
}

const edge = 8
// Less than this below is only taken when there is even less above.
const enough = 240

export function place(
  anchor: Rectangle,
  box: { width: number; height: number },
  view: { width: number; height: number },
  align: Align,
  gap = 4,
): Place {
  const bottom = anchor.top + anchor.height
  const below = view.height - bottom - gap - edge
  const above = anchor.top - gap - edge
  const isBelow = below >= Math.min(enough, box.height) || below >= above
  const room = Math.max(0, isBelow ? below : above)
  const spare = anchor.width - box.width
  const wanted = anchor.left + (align === 'start' ? 0 : align === 'end' ? spare : spare / 2)
  const left = Math.max(edge, Math.min(wanted, view.width - box.width - edge))
  const top = isBelow ? bottom + gap : anchor.top - gap - Math.min(box.height, room)
  return { left, top, room }
}
