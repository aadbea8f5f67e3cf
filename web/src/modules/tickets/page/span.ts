export interface Span {
  unit: 'minutes' | 'hours' | 'days'
  big: number
  // Of the next smaller unit.
  small: number
}

// How long something took, in the two units that matter: it is not a clock that runs.
export function spanOf(milliseconds: number): Span {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000))
  if (minutes < 60) return { unit: 'minutes', big: minutes, small: 0 }
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return { unit: 'hours', big: hours, small: minutes % 60 }
  return { unit: 'days', big: Math.floor(hours / 24), small: hours % 24 }
}
