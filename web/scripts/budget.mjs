// What a page costs over the wire, against what it may cost. Fails when it costs more.
// usage: node scripts/budget.mjs [FOLDER OF THE BUILD]
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'

const built = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url))

// Brotli KiB: what comes before anything is shown, and with each page that is opened later.
const budgets = {
  agent: { html: 'index.html', script: 190, style: 20, route: 60 },
  portal: { html: 'portal/index.html', script: 160, style: 16, route: 50 },
}
// Asked for by name where they are needed, and never part of a page: their own limit is what they
// were measured to cost.
const heavy = { Editor: 130, qrcode: 30, browser: 30 }
// What so many pages need is the kit: it is loaded once, and has the limit of a page.
const kitPages = 5

const sizes = new Map()
function kib(file) {
  if (!sizes.has(file)) {
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
    const squeezed = brotliCompressSync(readFileSync(join(built, 'assets', file)), options)
    sizes.set(file, squeezed.length / 1024)
  }
  return sizes.get(file)
}

const sum = (files) => [...files].reduce((total, file) => total + kib(file), 0)

function found(text, pattern) {
  return [...text.matchAll(pattern)].map(([, name]) => basename(name))
}

const texts = new Map()
function read(file) {
  if (!texts.has(file)) texts.set(file, readFileSync(join(built, 'assets', file), 'utf8'))
  return texts.get(file)
}

const fixed = /(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g
const later = /import\(\s*["'`]\.\/([^"'`]+\.js)["'`]/g

// A file and all that it cannot do without.
function withAllItNeeds(files, known = new Set()) {
  for (const file of files) {
    if (known.has(file)) continue
    known.add(file)
    withAllItNeeds(found(read(file), fixed), known)
  }
  return known
}

function reachedLater(first) {
  const reached = new Set()
  const open = [...first]
  while (open.length > 0) {
    const file = open.pop()
    for (const next of [...found(read(file), later), ...found(read(file), fixed)]) {
      if (first.has(next) || reached.has(next)) continue
      reached.add(next)
      open.push(next)
    }
  }
  return [...reached].filter((file) => isAskedFor(file, first, reached))
}

function isAskedFor(file, first, reached) {
  return [...first, ...reached].some((other) => found(read(other), later).includes(file))
}

const rows = []
function row(name, what, size, limit) {
  rows.push({ name, what, size, limit, over: size > limit })
}

function measure(name, budget) {
  const html = readFileSync(join(built, budget.html), 'utf8')
  const scripts = withAllItNeeds(found(html, /(?:src|href)="[^"]*?\/assets\/([^"]+\.js)"/g))
  const styles = found(html, /href="[^"]*?\/assets\/([^"]+\.css)"/g)
  const pages = reachedLater(scripts).map((file) => {
    const own = [...withAllItNeeds([file])].filter((needed) => !scripts.has(needed))
    const title = file.replace(/-[0-9a-f]{8}\.js$/, '')
    return { title, own }
  })
  const users = new Map()
  for (const file of pages.flatMap(({ own }) => own)) users.set(file, (users.get(file) ?? 0) + 1)
  const kit = [...users].filter(([, count]) => count >= kitPages).map(([file]) => file)
  row(name, 'initial JavaScript', sum(scripts), budget.script)
  row(name, 'the kit, which many pages share', sum(kit), budget.route)
  row(name, 'initial CSS', sum(styles), budget.style)
  const ownSizes = pages.map(({ title, own }) => ({
    title,
    size: sum(own.filter((file) => !kit.includes(file))),
  }))
  for (const { title, size } of ownSizes.sort((a, b) => b.size - a.size)) {
    row(name, title, size, heavy[title] ?? budget.route)
  }
}

for (const [name, budget] of Object.entries(budgets)) measure(name, budget)

const shown = rows.filter(({ size, over, what }) => over || size >= 3 || what.startsWith('initial'))
console.log('brotli KiB        of   what')
for (const { name, what, size, limit, over } of shown) {
  const mark = over ? '  TOO MUCH' : ''
  const numbers = `${size.toFixed(1).padStart(10)}${String(limit).padStart(10)}`
  console.log(`${numbers}   ${name}: ${what}${mark}`)
}
const fonts = readdirSync(join(built, 'assets')).filter((file) => file.endsWith('.woff2'))
console.log(`and ${fonts.length} font files, of which a page loads what its letters need`)
process.exitCode = rows.some(({ over }) => over) ? 1 : 0
