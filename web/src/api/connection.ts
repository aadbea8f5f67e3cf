import { createStore } from './store'

// What the strip at the top says: all is well, nobody answers, or the server has too much to do.
export type Connection = 'fine' | 'offline' | 'busy'

export const connection = createStore<Connection>('fine')

let offset = 0

// Clocks of computers are wrong; countdowns follow the server's.
export function serverNow(): number {
  return Date.now() + offset
}

// The header has whole seconds: half of one is the better guess, and a small difference is noise.
export function heardDate(date: string | null): void {
  if (!date) return
  const heard = Date.parse(date) + 500 - Date.now()
  if (Number.isFinite(heard) && Math.abs(heard - offset) > 1500) offset = heard
}
