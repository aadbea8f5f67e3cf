// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

// What holds for every file of the web, read from the folders.

const root = dirname(fileURLToPath(import.meta.url))

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(tsx?|css)$/.test(path) && !path.endsWith('.d.ts'))
  .filter((path) => path !== 'ui/tokens.css')
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
const sources = files.filter(({ path }) => !path.endsWith('.css'))

// Below each folder: what it may import.
const mayImport: Record<string, string[]> = {
  ui: ['ui'],
  api: ['api'],
  parts: ['ui', 'api', 'parts'],
  modules: ['ui', 'api', 'parts'],
  app: ['ui', 'api', 'parts', 'modules', 'app', 'texts'],
}

function importsOf(text: string): string[] {
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)
  return [...found].map(([, name]) => name ?? '')
}

function placeOf(path: string, name: string): string | null {
  if (name.startsWith('@/')) return name.slice(2)
  return name.startsWith('.') ? relative(root, resolve(root, dirname(path), name)) : null
}

test('imports go one way, and modules do not know each other', () => {
  const wrong: string[] = []
  for (const { path, text } of sources) {
    const [zone = '', module] = path.split('/')
    const allowed = mayImport[zone]
    if (!allowed) continue
    for (const name of importsOf(text)) {
      const place = placeOf(path, name)
      if (!place || place.startsWith('..')) continue
      const [theirZone = '', theirModule] = place.split('/')
      const isOwnModule = zone === 'modules' && theirZone === 'modules' && theirModule === module
      if (!allowed.includes(theirZone) && !isOwnModule) wrong.push(`${path} imports ${name}`)
    }
  }
  expect(wrong).toEqual([])
})

// Big or slow-moving libraries, and the one place that knows them.
const hidden: Record<string, string> = {
  '@tiptap/': 'ui/',
  '@tanstack/react-virtual': 'ui/VirtualList.tsx',
  qrcode: 'ui/Qr.tsx',
  cmdk: 'app/palette/',
  dompurify: 'parts/SafeHtml.tsx',
  'openapi-fetch': 'api/client.ts',
}

test('libraries that may be replaced are known in one place', () => {
  const wrong: string[] = []
  for (const { path, text } of sources) {
    for (const name of importsOf(text)) {
      const library = Object.keys(hidden).find((known) => name.startsWith(known))
      if (library && !path.startsWith(hidden[library] ?? '')) wrong.push(`${path}: ${name}`)
    }
  }
  expect(wrong).toEqual([])
})

// Needed by libraries that say so themselves.
const asked = new Set(['@tiptap/extensions', '@tiptap/pm'])

test('every library is used', () => {
  const list = readFileSync(join(root, '../package.json'), 'utf8')
  const { dependencies } = JSON.parse(list) as { dependencies: Record<string, string> }
  const used = files.flatMap(({ text }) => text.match(/(?<=['"])[@\w][\w@./-]+(?=['"])/g) ?? [])
  const unused = Object.keys(dependencies).filter(
    (name) => !asked.has(name) && !used.some((one) => one === name || one.startsWith(`${name}/`)),
  )
  expect(unused).toEqual([])
})

test('no file is longer than 500 lines, no line than 100 columns', () => {
  const wrong: string[] = []
  for (const { path, text } of files) {
    const lines = text.split('\n')
    if (lines.length > 501) wrong.push(`${path}: ${lines.length} lines`)
    lines.forEach((line, at) => {
      if ([...line].length > 100) wrong.push(`${path}:${at + 1}: ${[...line].length} columns`)
    })
  }
  expect(wrong).toEqual([])
})

// A comment may say why there is none.
function withoutMentions(text: string): string {
  return text.replace(/^\s*\/\/ .*$/gm, (comment) => comment.replaceAll('<style', ''))
}

test('nothing is left to be done, and no style or script goes around the security policy', () => {
  const unwanted = new RegExp(
    ['TO' + 'DO', 'FIX' + 'ME', '<style', 'dangerously' + 'SetInnerHTML', 'inner' + 'HTML ='].join(
      '|',
    ),
  )
  const wrong = sources.filter(
    ({ path, text }) => !path.endsWith('.test.ts') && unwanted.test(withoutMentions(text)),
  )
  expect(wrong.map(({ path }) => path)).toEqual([])
})
