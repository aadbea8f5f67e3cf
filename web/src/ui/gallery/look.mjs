// Builds the gallery, shows it under the desk's own content security policy, takes its picture in
// both themes on a desk and on a phone, and asks axe. Fails on anything serious, on a refused style
// and on a page that is wider than its window.
//   node src/ui/gallery/look.mjs FOLDER
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
  "font-src 'self'; connect-src 'self'"
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}
const looks = [
  { name: 'light', width: 1440, query: '' },
  { name: 'dark', width: 1440, query: 'theme=dark' },
  { name: 'light phone', width: 390, query: '' },
  { name: 'dark phone', width: 390, query: 'theme=dark' },
  { name: 'light dialog', width: 1440, query: 'open=dialog' },
  { name: 'dark dialog phone', width: 390, query: 'theme=dark&open=dialog' },
  { name: 'light drawer', width: 1440, query: 'open=drawer' },
]

const out = process.argv[2]
if (!out) throw new Error('where to? look.mjs FOLDER')
mkdirSync(out, { recursive: true })
const built = join(out, 'built')
const here = fileURLToPath(new URL('.', import.meta.url))

await build({
  configFile: false,
  root: here,
  base: './',
  logLevel: 'error',
  plugins: [react()],
  build: {
    outDir: built,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    rolldownOptions: { input: join(here, 'gallery.html') },
  },
})

const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://here').pathname
  const file = join(built, path === '/' ? 'gallery.html' : path)
  try {
    const type = types[extname(file)] ?? 'application/octet-stream'
    const body = readFileSync(file)
    response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': policy }).end(body)
  } catch {
    response.writeHead(404).end()
  }
}).listen(0, '127.0.0.1')

const browser = await chromium.launch({
  executablePath: process.env.BAIJIN_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})

async function look({ name, width, query }) {
  const phone = width < 600
  const context = await browser.newContext({
    viewport: { width, height: phone ? 844 : 900 },
    deviceScaleFactor: 2,
    hasTouch: phone,
    isMobile: phone,
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const problems = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (line) => {
    if (line.type() === 'error' && !/favicon|404/.test(line.text())) problems.push(line.text())
  })
  await page.goto(`http://127.0.0.1:${server.address().port}/?${query}`)
  await page.waitForSelector('.tiptap')
  await page.waitForLoadState('networkidle')
  const found = await new AxeBuilder({ page }).analyze()
  for (const one of found.violations) {
    if (one.impact !== 'serious' && one.impact !== 'critical') continue
    problems.push(`${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ')}`)
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  if (wide > width) problems.push(`it is ${wide} pixels wide`)
  await page.screenshot({
    path: join(out, `${name.replaceAll(' ', '-')}.png`),
    fullPage: !query.includes('open='),
  })
  await context.close()
  return problems.map((problem) => `${name}: ${problem}`)
}

let problems = []
for (const one of looks) problems = problems.concat(await look(one))
await browser.close()
server.close()
for (const problem of problems) console.error(problem)
console.log(`${looks.length} looks, ${problems.length} problems`)
process.exitCode = problems.length > 0 ? 1 : 0
