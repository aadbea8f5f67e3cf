import { readFileSync } from 'node:fs'

// The tokens with their references resolved: "{jilan.600}" is a step of a ramp.
export const tokens = JSON.parse(readFileSync(new URL('./tokens.json', import.meta.url), 'utf8'))

export const modes = ['light', 'dark']

export function colour(value) {
  const step = /^\{(\w+)\.(\w+)\}$/.exec(value)
  return step ? tokens.ramps[step[1]][step[2]] : value
}

export function role(mode, name) {
  return colour(tokens.roles[mode][name])
}
