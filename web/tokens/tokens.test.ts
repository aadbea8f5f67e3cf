// @vitest-environment node
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { contrast } from './contrast'
import tokens from './tokens.json'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const ramps: Record<string, Record<string, string>> = tokens.ramps

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
