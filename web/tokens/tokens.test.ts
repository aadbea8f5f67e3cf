// @vitest-environment node
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import tokens from './tokens.json'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const ramps: Record<string, Record<string, string>> = tokens.ramps

function channels(hex: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255)
}

// WCAG 2.2: relative luminance.
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channels(hex).map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function hex(value: string): string {
  const step = /^\{(\w+)\.(\w+)\}$/.exec(value)
  return step ? (ramps[step[1] ?? '']?.[step[2] ?? ''] ?? '') : value
}

describe.each(['light', 'dark'] as const)('in %s', (mode) => {
  const roles: Record<string, string> = tokens.roles[mode]
  test.each(tokens.contrast)('$text on $on can be read', ({ text, on, least }) => {
    expect(contrast(hex(roles[text] ?? ''), hex(roles[on] ?? ''))).toBeGreaterThanOrEqual(least)
  })
})

test('both themes colour the same things', () => {
  expect(Object.keys(tokens.roles.dark)).toEqual(Object.keys(tokens.roles.light))
})

test('the style sheet is as the tokens say', () => {
  expect(() => execFileSync(process.execPath, [at('build.mjs'), '--check'])).not.toThrow()
})

test('every variable that a style sheet names exists', () => {
  const sheet = readFileSync(at('../src/ui/tokens.css'), 'utf8')
  const known = new Set(sheet.match(/--bj-[\w-]+(?=:)/g))
  const files = readdirSync(at('../src'), { recursive: true, encoding: 'utf8' })
  const wrong = files
    .filter((path) => /\.(css|tsx)$/.test(path))
    .flatMap((path) => {
      const text = readFileSync(at(`../src/${path}`), 'utf8')
      const own = new Set(text.match(/--bj-[\w-]+(?=:)/g))
      const used = text.match(/(?<=var\()--bj-[\w-]+(?=\))/g) ?? []
      return used.filter((name) => !known.has(name) && !own.has(name)).map((n) => `${path}: ${n}`)
    })
  expect(wrong).toEqual([])
})
