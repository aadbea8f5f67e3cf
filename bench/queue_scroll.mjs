// How the pages feel with a full queue, in a real Chromium before the real program: frames while
// 5,000 open tickets are scrolled, beside those of an empty page, and how long a ticket takes to be
// there. Prints the rows of a table.
// usage: node bench/queue_scroll.mjs PROGRAM [TICKETS]
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const { chromium } = createRequire(new URL('../web/package.json', import.meta.url))(
  '@playwright/test',
)

const program = process.argv[2]
const tickets = Number(process.argv[3] ?? 5000)
const password = 'baijin-demo'
const browserPath = process.env.BAIJIN_CHROMIUM ?? '/usr/bin/chromium'
if (!program || !existsSync(browserPath)) {
  console.error('usage: node bench/queue_scroll.mjs PROGRAM [TICKETS], with a Chromium installed')
  process.exit(2)
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

async function startDesk(folder) {
  const listen = `127.0.0.1:${await freePort()}`
  const args = ['demo', '--data', folder, '--listen', listen, '--tickets', '60']
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => String(text).includes('serves') && resolve())
    child.on('exit', (code) => reject(new Error(`the program ended with ${code}`)))
  })
  return { address: `http://${listen}`, child }
}

async function signedIn(address) {
  const answer = await fetch(`${address}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ login: 'zhiban', password }),
  })
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0]
  const { csrf_token: csrf } = await answer.json()
  return async (method, path, body) => {
    const headers = { Cookie: cookie, 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' }
    const asked = { method, headers, body: body && JSON.stringify(body) }
    const done = await fetch(`${address}/api/v1${path}`, asked)
    if (!done.ok) throw new Error(`${method} ${path}: ${done.status} ${await done.text()}`)
    return done.json()
  }
}

async function fill(ask) {
  const types = (await ask('GET', '/service-types')).items
  const type = types.find(({ key }) => key === 'fault').id
  const contacts = (await ask('GET', '/contacts?limit=100')).items.filter(
    ({ customers }) => customers.length > 0,
  )
  const { total } = await ask('GET', '/tickets?open=true&count=true&limit=1')
  let next = total
  const one = async () => {
    while (next < tickets) {
      const at = next++
      const contact = contacts[at % contacts.length]
      await ask('POST', '/tickets', {
        service_type: type,
        subject: `第 ${at} 张：月结之后报表全是零，财务等着出数`,
        body: '<p>月结之后报表全是零。</p>',
        channel: 'phone',
        contact: contact.id,
        customer: contact.customers[0].customer,
      })
    }
  }
  await Promise.all(Array.from({ length: 16 }, one))
}

// Runs in the page: one step a frame, down and up again, and how long each frame took.
function scrollFor(milliseconds) {
  return new Promise((resolve) => {
    const box = document.querySelector('.bj-virtual') ?? document.scrollingElement
    const took = []
    const begun = performance.now()
    let before = begun
    let step = 150
    const frame = (now) => {
      took.push(now - before)
      before = now
      const end = box.scrollHeight - box.clientHeight
      if (box.scrollTop >= end - 1) step = -150
      if (box.scrollTop <= 0) step = 150
      box.scrollTop += step
      if (now - begun < milliseconds) requestAnimationFrame(frame)
      else resolve(took.slice(2))
    }
    requestAnimationFrame(frame)
  })
}

const sorted = (values) => [...values].sort((a, b) => a - b)
const at = (values, part) =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0

async function measureScroll(page, seconds) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  const busy = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration').value
  }
  const before = await busy()
  const took = await page.evaluate(scrollFor, seconds * 1000)
  return { took, busy: ((await busy()) - before) / seconds }
}

async function signInPage(page, address) {
  await page.goto(`${address}/sign-in`)
  await page.locator('input[autocomplete="username"]').fill('zhiban')
  await page.locator('input[type="password"]').fill(password)
  await page.keyboard.press('Enter')
  await page.locator('.bj-row-title').first().waitFor()
}

// All pages of the list are read before anything is measured.
async function readAll(page) {
  for (;;) {
    const height = await page.evaluate(() => {
      const box = document.querySelector('.bj-virtual')
      box.scrollTop = box.scrollHeight
      return box.scrollHeight
    })
    await page.waitForTimeout(150)
    const now = await page.evaluate(() => document.querySelector('.bj-virtual').scrollHeight)
    if (now === height && height > tickets * 39) return
  }
}

// Runs in the page: from the press on a row until what was said on that ticket is there.
function openRow(index) {
  return new Promise((resolve) => {
    const link = document.querySelectorAll('.bj-row-title')[index]
    const subject = link.textContent
    const begun = performance.now()
    const look = () => {
      const title = document.querySelector('.bj-ticket-title')?.textContent ?? ''
      const isThere = title.includes(subject) && document.querySelector('.bj-said')
      if (!isThere) return
      watching.disconnect()
      requestAnimationFrame(() => resolve(performance.now() - begun))
    }
    const watching = new MutationObserver(look)
    watching.observe(document.body, { childList: true, subtree: true, characterData: true })
    link.click()
  })
}

// Runs in the page: the same answer alone, and a frame after it; what no page can be faster than.
async function askAlone(id) {
  const begun = performance.now()
  await (await fetch(`/api/v1/tickets/${id}?messages=true`)).json()
  return new Promise((resolve) =>
    requestAnimationFrame(() => resolve(performance.now() - begun)),
  )
}

async function measureOpening(page, address) {
  await page.goto(`${address}/tickets?sort=-created_at&group=none`)
  await page.locator('.bj-row-title').first().waitFor()
  await page.evaluate(openRow, 0)
  await page.locator('.tiptap').waitFor()
  const took = []
  const alone = []
  for (let row = 1; row <= 20; row++) {
    await page.waitForTimeout(400)
    took.push(await page.evaluate(openRow, row))
    const id = Number(new URL(page.url()).pathname.split('/').at(-1))
    await page.waitForTimeout(400)
    alone.push(await page.evaluate(askAlone, id))
  }
  return { took, alone }
}

const ms = (value) => `${value.toFixed(0)} ms`
const long = (took) => took.filter((one) => one > 50).length

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'baijin-pages-'))
  const { address, child } = await startDesk(folder)
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
  })
  try {
    await fill(await signedIn(address))
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const seconds = 8
    await page.setContent('<div style="height: 200000px"></div>')
    const empty = await measureScroll(page, seconds)
    await signInPage(page, address)
    const begun = performance.now()
    await page.goto(`${address}/tickets?sort=-created_at&group=none`)
    await page.locator('.bj-row-title').first().waitFor()
    const first = performance.now() - begun
    await readAll(page)
    const queue = await measureScroll(page, seconds)
    const opening = await measureOpening(page, address)
    const [emptyP95, queueP95] = [at(empty.took, 0.95), at(queue.took, 0.95)]
    print({ empty, queue, emptyP95, queueP95, opening, first })
  } finally {
    await browser.close()
    child.kill('SIGTERM')
    await new Promise((resolve) => child.on('exit', resolve))
    rmSync(folder, { recursive: true, force: true })
  }
}

function print({ empty, queue, emptyP95, queueP95, opening, first }) {
  const overLong = long(queue.took)
  const allowed = long(empty.took)
  const median = at(opening.took, 0.5)
  const rows = [
    ['what', 'measured', 'target', 'met'],
    [`frames over 50 ms, scrolling ${tickets.toLocaleString('en')} tickets`,
      `${overLong} of ${queue.took.length} (empty page ${allowed} of ${empty.took.length})`,
      'none more than an empty page', overLong <= allowed ? 'yes' : 'NO'],
    ['p95 of a frame, beside an empty page',
      `${(queueP95 / emptyP95).toFixed(2)} (${ms(queueP95)} : ${ms(emptyP95)})`, '≤ 2',
      queueP95 / emptyP95 <= 2 ? 'yes' : 'NO'],
    ['longest frame', `${ms(Math.max(...queue.took))} (empty page ${ms(Math.max(...empty.took))})`,
      '', ''],
    ['busy while scrolling', `${(100 * queue.busy).toFixed(0)} % of a core (empty page ` +
      `${(100 * empty.busy).toFixed(0)} %)`, '', ''],
    ['a ticket from the queue, until it can be read', `p50 ${ms(median)}, longest ` +
      `${ms(Math.max(...opening.took))}`, 'p50 ≤ 100 ms', median <= 100 ? 'yes' : 'NO'],
    ['  its answer alone and a frame', `p50 ${ms(at(opening.alone, 0.5))}`, '', ''],
    ['the queue, from its address', ms(first), '', ''],
  ]
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const lines = rows.map((row) => `| ${row.map((one, i) => one.padEnd(widths[i])).join(' | ')} |`)
  lines.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`)
  console.log(lines.join('\n'))
}

await main()
