// X5, S1: images of other hosts are asked for when somebody says so, and then by the desk alone.
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { type Api, Desk, expect, person, test } from './desk'

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)
const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>window.__ran=1</script></svg>'

// Another host, which remembers what it was asked.
class Elsewhere {
  readonly asked: { path: string; headers: IncomingMessage['headers'] }[] = []
  private constructor(private readonly server: Server) {}

  static async start(): Promise<Elsewhere> {
    const server = createServer()
    const elsewhere = new Elsewhere(server)
    server.on('request', (request, answer) => {
      elsewhere.asked.push({ path: request.url ?? '', headers: request.headers })
      if (request.url?.startsWith('/moved')) {
        answer.writeHead(302, { Location: '/a.png' }).end()
        return
      }
      if (request.url?.startsWith('/gone')) {
        answer.writeHead(404).end()
        return
      }
      answer.writeHead(200, { 'Content-Type': 'image/png', 'Set-Cookie': 'seen=1' })
      answer.end(request.url?.startsWith('/script') ? script : picture)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
    return elsewhere
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }
  timesAsked(path: string): number {
    return this.asked.filter((one) => one.path === path).length
  }
  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()))
  }
}

async function ticketWith(api: Api, body: string): Promise<number> {
  const types = await api.ask('GET', '/service-types')
  const ticket = await api.ask('POST', '/tickets', {
    service_type: types.items[0].id,
    subject: '邮件里有图',
    body,
  })
  return ticket.id
}

function askedOutside(page: Page, desk: Desk): string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    const url = request.url()
    if (/^https?:/.test(url) && !url.startsWith(desk.address)) asked.push(url)
  })
  return asked
}

// The widths of the pictures that a message's frame shows.
function shownIn(page: Page): Promise<number[]> {
  return page
    .frameLocator('.bj-safe-html iframe')
    .first()
    .locator('img[src]')
    .evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth))
}

test.describe('where the desk may call the other host', () => {
  let elsewhere: Elsewhere
  let near: Desk
  test.beforeAll(async () => {
    elsewhere = await Elsewhere.start()
    near = await Desk.start(['--tickets', '5'], 'outgoing_allow = ["127.0.0.1"]\n')
  })
  test.afterAll(async () => {
    await near.stop()
    await elsewhere.stop()
  })

  test('images come on request, through the desk, and once', async ({ browser }, info) => {
    const images = ['a.png', 'moved.png', 'gone.png', 'script.png']
    const body = images.map((name) => `<p><img src="${elsewhere.address}/${name}"></p>`).join('')
    const id = await ticketWith(await near.api('zhiban'), `<p>请看图</p>${body}`)
    const { page, context } = await person(browser, near, { login: 'zhiban' })
    const outside = askedOutside(page, near)
    await page.goto(`${near.address}/tickets/${id}`)
    await expect(page.getByText('已屏蔽 4 张外部图片')).toBeVisible()
    await page.waitForLoadState('networkidle')
    expect(elsewhere.asked).toEqual([])

    await page.getByRole('button', { name: '显示图片' }).click()
    const failed = page.getByText(/2 张外部图片没有取到：/)
    await expect(failed).toContainText('对方服务器没有给出图片')
    await expect(failed).toContainText('内容不是图片')
    await expect.poll(() => shownIn(page)).toEqual([1, 1])
    expect(outside).toEqual([])
    expect(elsewhere.timesAsked('/script.png')).toBe(1)
    for (const { headers } of elsewhere.asked) {
      expect([headers.cookie, headers.referer, headers.authorization]).toEqual([
        undefined,
        undefined,
        undefined,
      ])
    }
    await page.screenshot({ path: info.outputPath('loaded.png') })

    // A second look asks nobody before it is wanted, and not for what is here.
    const before = elsewhere.asked.length
    await page.reload()
    await expect(page.getByText('已屏蔽 4 张外部图片')).toBeVisible()
    await page.waitForLoadState('networkidle')
    expect(elsewhere.asked.length).toBe(before)
    await page.getByRole('button', { name: '显示图片' }).click()
    await expect.poll(() => shownIn(page)).toEqual([1, 1])
    await expect(failed).toBeVisible()
    expect(elsewhere.timesAsked('/moved.png')).toBe(1)
    expect(elsewhere.timesAsked('/gone.png')).toBe(2)
    expect(outside).toEqual([])
    await context.close()
  })

  test('a letter shows its images, too, when somebody wants them', async ({ browser }) => {
    const api = await near.api('admin')
    // One that takes what is handed in, and looks nowhere.
    const nowhere = { host: '', port: 993, security: 'tls', log_in: 'none', user: '' }
    await api.ask('POST', '/mailboxes', {
      address: 'service@desk.example',
      sender_name: '服务台',
      incoming: {
        ...nowhere,
        ...{ protocol: 'none', folder: '', afterwards: 'keep', move_to: '', every_seconds: 30 },
      },
      outgoing: nowhere,
    })
    const address = `${elsewhere.address}/letter.png`
    const id = await api.handIn(`From: 王芳 <wang@kunde.example>
To: service@desk.example
Subject: 带图的信
Message-ID: <picture-${Date.now()}@kunde.example>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<p>您好<img src="${address}"></p>
`)
    const { page, context } = await person(browser, near, { login: 'admin' })
    const outside = askedOutside(page, near)
    await page.goto(`${near.address}/incoming-mails/${id}`)
    await expect(page.getByText('已屏蔽 1 张外部图片')).toBeVisible()
    expect(elsewhere.timesAsked('/letter.png')).toBe(0)
    await page.getByRole('button', { name: '显示图片' }).click()
    await expect.poll(() => shownIn(page)).toEqual([1])
    await expect(page.locator('.bj-safe-html-notice')).toHaveCount(0)
    expect(elsewhere.timesAsked('/letter.png')).toBe(1)
    expect(outside).toEqual([])
    await context.close()
  })
})

test('what lies inside our own network is not asked for', async ({ browser, desk }) => {
  const elsewhere = await Elsewhere.start()
  const inside = [
    `${elsewhere.address}/a.png`,
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]/a.png',
    'http://10.0.0.1/a.png',
    'http://2130706433/a.png',
  ]
  const body = inside.map((address) => `<p><img src="${address}"></p>`).join('')
  const id = await ticketWith(await desk.api('zhiban'), `<p>请看图</p>${body}`)
  const { page, context } = await person(browser, desk, { login: 'zhiban' })
  await page.goto(`${desk.address}/tickets/${id}`)
  await page.getByRole('button', { name: '显示图片' }).click()
  const failed = page.getByText(/5 张外部图片没有取到：/)
  await expect(failed).toContainText('对方服务器无法访问')
  await expect(page.getByRole('button', { name: '重试' })).toBeVisible()
  expect(elsewhere.asked).toEqual([])
  await context.close()
  await elsewhere.stop()
})

test('a customer is told that images are off, and nobody is asked', async ({ browser, desk }) => {
  const customer = await desk.api('kehu')
  const id = await ticketWith(customer, '<p>图<img src="http://tracker.test/a.png"></p>')
  const { page, context } = await person(browser, desk, { login: 'kehu', phone: true })
  await page.goto(`${desk.address}/portal/requests/${id}`)
  await expect(page.getByText('已屏蔽 1 张外部图片')).toBeVisible()
  await expect(page.getByRole('button', { name: '显示图片' })).toHaveCount(0)
  await context.close()
})
