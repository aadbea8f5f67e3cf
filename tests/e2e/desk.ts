// A lively desk of the real program, in a folder of its own on a free port, for the journeys of one
// file; and what journeys do again and again.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import {
  test as base,
  type Browser,
  type BrowserContext,
  expect,
  type Page,
} from '@playwright/test'

export const password = 'baijin-demo'

export class Desk {
  private constructor(
    readonly address: string,
    private readonly folder: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(args: string[] = ['--tickets', '60'], settings = ''): Promise<Desk> {
    const program = process.env.BAIJIN_PROGRAM
    if (!program) throw new Error('BAIJIN_PROGRAM names the program to be tried')
    const folder = mkdtempSync(join(tmpdir(), 'baijin-e2e-'))
    if (settings) writeFileSync(join(folder, 'baijin.toml'), settings)
    const listen = `127.0.0.1:${await freePort()}`
    const child = spawn(program, ['demo', '--data', folder, '--listen', listen, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (text) => String(text).includes('serves') && resolve())
      child.on('exit', (code) => reject(new Error(`the program ended with ${code}`)))
    })
    return new Desk(`http://${listen}`, folder, child)
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.on('exit', resolve))
    this.process.kill('SIGTERM')
    await ended
    rmSync(this.folder, { recursive: true, force: true })
  }

  // A program's way in: what a journey prepares, it prepares through the API.
  async api(login: string): Promise<Api> {
    const answer = await fetch(`${this.address}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ login, password }),
    })
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const { csrf_token } = (await answer.json()) as { csrf_token: string }
    return new Api(this.address, cookie, csrf_token)
  }
}

export class Api {
  constructor(
    private readonly address: string,
    private readonly cookie: string,
    private readonly csrf: string,
  ) {}

  // biome-ignore lint/suspicious/noExplicitAny: journeys look at what they expect themselves
  async ask(method: string, path: string, body?: unknown): Promise<any> {
    const answer = await fetch(`${this.address}/api/v1${path}`, {
      method,
      headers: {
        Cookie: this.cookie,
        'X-CSRF-Token': this.csrf,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    return answered(answer, `${method} ${path}`)
  }

  // A message as a mail server would hand it on; it is read a moment later.
  async handIn(letter: string): Promise<number> {
    const answer = await fetch(`${this.address}/api/v1/mail`, {
      method: 'POST',
      headers: {
        Cookie: this.cookie,
        'X-CSRF-Token': this.csrf,
        'Content-Type': 'application/octet-stream',
      },
      body: letter.replaceAll('\n', '\r\n'),
    })
    return (await answered(answer, 'POST /mail')).id
  }

  async upload(name: string, content: string, type = 'text/plain'): Promise<number> {
    const path = `/files?name=${encodeURIComponent(name)}`
    const answer = await fetch(`${this.address}/api/v1${path}`, {
      method: 'POST',
      headers: { Cookie: this.cookie, 'X-CSRF-Token': this.csrf, 'Content-Type': type },
      body: content,
    })
    return (await answered(answer, `POST ${path}`)).id
  }
}

async function answered(answer: Response, asked: string) {
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${asked}: ${answer.status} ${text}`)
  return text ? JSON.parse(text) : null
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

export const test = base.extend<object, { desk: Desk }>({
  desk: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from here
    async ({}, use) => {
      const desk = await Desk.start()
      await use(desk)
      await desk.stop()
    },
    { scope: 'worker' },
  ],
})

export { expect }

export async function signIn(page: Page, desk: Desk, login: string, then = '/'): Promise<void> {
  const portal = login.startsWith('kehu')
  await page.goto(`${desk.address}${portal ? '/portal' : ''}/sign-in`)
  await page.locator('input[autocomplete="username"]').fill(login)
  await page.locator('input[type="password"]').fill(password)
  await page.keyboard.press('Enter')
  await expect(page.locator('#main')).toBeVisible()
  if (then !== '/') await page.goto(`${desk.address}${then}`)
}

// Whoever's language a journey changes speaks Chinese again for those that come after it.
export async function speak(desk: Desk, login: string, locale: string): Promise<void> {
  const api = await desk.api(login)
  await api.ask('PATCH', '/me', { locale })
}

export interface Look {
  login: string
  phone?: boolean
  dark?: boolean
}

// Another person at another machine.
export async function person(
  browser: Browser,
  desk: Desk,
  { login, phone, dark }: Look,
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    hasTouch: phone,
    colorScheme: dark ? 'dark' : 'light',
    locale: 'zh-CN',
  })
  const page = await context.newPage()
  await signIn(page, desk, login)
  return { page, context }
}

// What would be serious or critical for people who see, hear or move differently.
export async function barriers(page: Page): Promise<string[]> {
  // In the frames of what people wrote nothing runs, axe neither.
  const found = await new AxeBuilder({ page }).exclude('iframe').analyze()
  return found.violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ')}`)
}

// What the page says that it should not: script errors, refused styles, requests to other hosts.
export function listen(page: Page, desk: Desk): string[] {
  const heard: string[] = []
  page.on('pageerror', (error) => heard.push(String(error)))
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) heard.push(message.text())
  })
  page.on('request', (request) => {
    const url = request.url()
    if (/^https?:/.test(url) && !url.startsWith(desk.address)) heard.push(`asked ${url}`)
  })
  return heard
}
