// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

// Every text exists in both languages, every key that is used exists, and no text stands in code.

const root = dirname(fileURLToPath(import.meta.url))
const all = readdirSync(root, { recursive: true, encoding: 'utf8' })
type Tree = { [key: string]: string | Tree }

function flat(tree: Tree, before = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [before + key] : flat(value, `${before}${key}.`),
  )
}

function readTexts(language: string): Map<string, string[]> {
  const found = all.filter((path) => basename(path) === `${language}.json`)
  return new Map(
    found.map((path) => [
      basename(dirname(path)),
      flat(JSON.parse(readFileSync(join(root, path), 'utf8')) as Tree),
    ]),
  )
}

const chinese = readTexts('zh-CN')
const english = readTexts('en')
const plain = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '')

test('every text exists in both languages', () => {
  const missing: string[] = []
  for (const namespace of new Set([...chinese.keys(), ...english.keys()])) {
    const zh = new Set((chinese.get(namespace) ?? []).map(plain))
    const en = new Set((english.get(namespace) ?? []).map(plain))
    for (const key of zh) if (!en.has(key)) missing.push(`en ${namespace}:${key}`)
    for (const key of en) if (!zh.has(key)) missing.push(`zh-CN ${namespace}:${key}`)
  }
  expect(missing).toEqual([])
})

test('namespaces have names of their own', () => {
  const names = all.filter((path) => basename(path) === 'en.json').map((p) => basename(dirname(p)))
  expect([...new Set(names)]).toEqual(names)
})

const sources = all
  .filter((path) => /\.tsx?$/.test(path) && !/\.(test|d)\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

interface Use {
  key: string
  // Only the beginning is known: `t(`reasons:${reason}`)`.
  isStart: boolean
}

function textOf(node: ts.Expression): Use | null {
  if (ts.isStringLiteralLike(node)) return { key: node.text, isStart: false }
  if (ts.isTemplateExpression(node)) return { key: node.head.text, isStart: true }
  return null
}

function nameOf(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text
  return ts.isPropertyAccessExpression(node) ? node.name.text : ''
}

function usesIn(source: ts.SourceFile): { uses: Use[]; namespaces: string[] } {
  const uses: Use[] = []
  const namespaces: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node)) {
      const [first] = node.arguments
      const name = nameOf(node.expression)
      if (name === 't' && first) {
        const use = textOf(first)
        if (use) uses.push(use)
      }
      if (name === 'useTranslation' && first) {
        const given = ts.isArrayLiteralExpression(first) ? [...first.elements] : [first]
        namespaces.push(...given.flatMap((one) => textOf(one)?.key ?? []))
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return { uses, namespaces }
}

function exists({ key, isStart }: Use, namespaces: string[]): boolean {
  const at = key.indexOf(':')
  const places = at > 0 ? [key.slice(0, at)] : namespaces.length > 0 ? namespaces : ['app']
  const wanted = key.slice(at + 1)
  if (isStart && wanted === '') return true
  return places.some((namespace) =>
    (chinese.get(namespace) ?? []).some((known) =>
      isStart ? known.startsWith(wanted) : plain(known) === wanted || known === wanted,
    ),
  )
}

function parse({ path, text }: { path: string; text: string }): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
}

test('every key that is used exists', () => {
  const wrong: string[] = []
  for (const source of sources) {
    const { uses, namespaces } = usesIn(parse(source))
    for (const use of uses) {
      if (!exists(use, namespaces)) wrong.push(`${source.path}: ${use.key}`)
    }
    for (const name of namespaces) {
      if (!chinese.has(name)) wrong.push(`${source.path}: namespace ${name}`)
    }
  }
  expect(wrong).toEqual([])
})

test('what shortcuts, menus and commands are called exists', () => {
  const wrong: string[] = []
  for (const { path, text } of sources) {
    const module = path.split('/')[1] ?? ''
    const isModule = /^modules\/[^/]+\/(index|portal)\.ts$/.test(path)
    for (const [, title = ''] of text.matchAll(/\btitle: '([a-z_.:]+)'/g)) {
      const key = title.includes(':') ? title : isModule ? `menu:${module}.${title}` : null
      if (key && !exists({ key, isStart: false }, [])) wrong.push(`${path}: ${key}`)
    }
  }
  expect(wrong).toEqual([])
})

const chineseLetters = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/
const readAloud = new Set(['title', 'placeholder', 'alt', 'label', 'aria-label', 'text'])
const words = /[A-Za-z]{2,}/

function spokenIn(source: ts.SourceFile): string[] {
  const spoken: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isJsxText(node) && words.test(node.text)) spoken.push(node.text.trim())
    if (ts.isJsxAttribute(node) && node.initializer && ts.isStringLiteral(node.initializer)) {
      const name = node.name.getText(source)
      if (readAloud.has(name) && words.test(node.initializer.text)) {
        spoken.push(`${name}="${node.initializer.text}"`)
      }
    }
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isJsxText(node)
    if (isText && chineseLetters.test(node.text)) spoken.push(node.text.trim())
    ts.forEachChild(node, visit)
  }
  visit(source)
  return spoken
}

test('no text stands in pages', () => {
  const wrong = sources
    .filter(({ path }) => path.endsWith('.tsx'))
    .flatMap((source) => spokenIn(parse(source)).map((text) => `${source.path}: ${text}`))
  expect(wrong).toEqual([])
})
