// Coming in without a password that one knows: a mailed link, an invitation, a new password.
// SEC-1, ACC.
import type { Browser, Page } from '@playwright/test'
import { type Api, test as base, barriers, Desk, expect, listen, password, signIn } from './desk'
import { PostOffice } from './post_office'

interface House {
  desk: Desk
  admin: Api
  office: PostOffice
}

// A desk behind a proxy that may talk to the mail server beside it.
const settings = 'outgoing_allow = ["127.0.0.1/32"]\ntrusted_proxies = ["127.0.0.1"]\n'

const test = base.extend<object, { house: House }>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from here
    async ({}, use) => {
      const office = await PostOffice.open()
      const desk = await Desk.start(['--tickets', '20'], settings)
      const admin = await desk.api('admin')
      await admin.ask('POST', '/mailboxes', {
        address: 'fuwu@chengguang.example',
        sender_name: '澄光软件服务台',
        incoming: {
          protocol: 'none',
          host: '',
          port: 993,
          security: 'tls',
          log_in: 'none',
          user: '',
          folder: '',
          afterwards: 'keep',
          move_to: '',
          every_seconds: 60,
        },
        outgoing: {
          host: '127.0.0.1',
          port: office.port,
          security: 'none',
          log_in: 'none',
          user: '',
        },
      })
      await use({ desk, admin, office })
      await desk.stop()
      office.close()
    },
    { scope: 'worker' },
  ],
})
test.describe.configure({ mode: 'serial' })

const fresh = 'kestrel-volume-42'

let phones = 0

// Each from an address of its own: who tries often from one has to wait.
async function phone(browser: Browser): Promise<Page> {
  phones += 1
  const context = await browser.newContext({
    extraHTTPHeaders: { 'X-Forwarded-For': `203.0.113.${phones}` },
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    locale: 'zh-CN',
  })
  return context.newPage()
}

async function giveAddress(admin: Api, login: string, email: string): Promise<void> {
  const { items } = await admin.ask('GET', `/users?q=${login}`)
  const user = items.find((one: { login: string }) => one.login === login)
  await admin.ask('PATCH', `/users/${user.id}`, { email })
}

async function mailedTo(office: PostOffice, address: string, path: string): Promise<string> {
  await expect.poll(() => office.linkTo(address) ?? '', { timeout: 20_000 }).toContain(path)
  return office.linkTo(address) ?? ''
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 })
const choose = async (page: Page, word: string) => {
  await page.locator('input[type="password"]').fill(word)
  await page.getByRole('button', { name: '保存密码' }).click()
}

test('a customer comes in by a mailed link, once', async ({ browser, house }, info) => {
  const { desk, admin, office } = house
  await giveAddress(admin, 'kehu', 'kehu@kunde.example')
  const page = await phone(browser)
  const heard = listen(page, desk)
  await page.goto(`${desk.address}/portal/sign-in`)
  await page.getByRole('link', { name: '用邮件链接登录' }).click()
  await expect(heading(page, '用邮件链接登录')).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await page.screenshot({ path: info.outputPath('ask.png') })
  await page.locator('input[autocomplete="username"]').fill('kehu')
  await page.getByRole('button', { name: '发送链接' }).click()
  await expect(page.getByText('登录链接已经发到')).toBeVisible()
  const link = await mailedTo(office, 'kehu@kunde.example', '/portal/come-in#')

  // Programs that look into mails open what they find; that changes nothing.
  for (const method of ['GET', 'HEAD']) expect((await fetch(link, { method })).status).toBe(200)
  await page.goto(link)
  await expect(heading(page, '登录')).toBeVisible()
  expect(page.url(), 'the secret does not stay in the address').not.toContain('#')
  expect(await barriers(page)).toEqual([])
  await page.screenshot({ path: info.outputPath('come-in.png') })
  await page.getByRole('button', { name: '进入' }).click()
  await expect(page.locator('#main')).toBeVisible()
  expect(page.url()).toMatch(/\/portal\/?$/)

  const other = await phone(browser)
  await other.goto(link)
  await other.getByRole('button', { name: '进入' }).click()
  await expect(other.getByText('这个链接已经用过或已过期')).toBeVisible()
  expect(await barriers(other)).toEqual([])
  await other.getByRole('link', { name: '重新获取链接' }).click()
  await expect(heading(other, '用邮件链接登录')).toBeVisible()
  expect(heard).toEqual([])
  await other.context().close()
  await page.context().close()
})

test('who has no account is told the same, and gets no mail', async ({ browser, house }) => {
  const { desk, office } = house
  const before = office.letters.length
  const page = await phone(browser)
  await page.goto(`${desk.address}/portal/mailed-link`)
  await page.locator('input[autocomplete="username"]').fill('niemand')
  await page.getByRole('button', { name: '发送链接' }).click()
  await expect(page.getByText('登录链接已经发到')).toBeVisible()
  await page.waitForTimeout(1500)
  expect(office.letters.length).toBe(before)
  await page.context().close()
})

for (const kind of ['staff', 'contact'] as const) {
  test(`an invitation leads in: ${kind}`, async ({ browser, house }) => {
    const { desk, admin } = house
    const contacts = await admin.ask('GET', '/contacts?limit=1')
    const user = await admin.ask('POST', '/users', {
      kind,
      login: `neu-${kind}`,
      name: '新来的',
      roles: [kind === 'staff' ? 'engineer' : 'contact'],
      ...(kind === 'contact' ? { contact: contacts.items[0].id } : {}),
    })
    const { link } = await admin.ask('POST', `/users/${user.id}/invitation`)
    const portal = kind === 'contact' ? '/portal' : ''
    expect(link).toContain(`${portal}/invitation#`)

    const page = await phone(browser)
    const heard = listen(page, desk)
    await page.goto(link)
    await expect(heading(page, '欢迎加入')).toBeVisible()
    expect(page.url()).not.toContain('#')
    expect(await barriers(page)).toEqual([])
    await choose(page, 'kurz')
    await expect(page.locator('.bj-field-problem')).toContainText('太短')
    await choose(page, fresh)
    await expect(page.getByText('密码已保存，现在可以登录')).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await page.getByRole('link', { name: '去登录' }).click()
    await page.locator('input[autocomplete="username"]').fill(`neu-${kind}`)
    await page.locator('input[type="password"]').fill(fresh)
    await page.keyboard.press('Enter')
    await expect(page.locator('#main')).toBeVisible()
    expect(new URL(page.url()).pathname.startsWith('/portal')).toBe(kind === 'contact')
    expect(heard).toEqual([])
    await page.context().close()

    const late = await phone(browser)
    await late.goto(link)
    await choose(late, 'another-kestrel-43')
    await expect(late.getByText('这个邀请已用过或已过期')).toBeVisible()
    await late.context().close()
  })
}

for (const { login, email, portal } of [
  { login: 'zhiban2', email: 'zhiban2@chengguang.example', portal: '' },
  { login: 'kehu.lingdao', email: 'lingdao@kunde.example', portal: '/portal' },
]) {
  test(`a forgotten password is replaced, and old sessions end: ${login}`, async ({
    browser,
    house,
  }) => {
    const { desk, admin, office } = house
    await giveAddress(admin, login, email)
    const elsewhere = await phone(browser)
    await signIn(elsewhere, desk, login)
    const page = await phone(browser)
    await page.goto(`${desk.address}${portal}/sign-in`)
    await page.getByRole('link', { name: '忘记密码' }).click()
    await page.locator('input[autocomplete="username"]').fill(login)
    await page.getByRole('button', { name: '发送链接' }).click()
    await expect(page.getByText('重设链接')).toBeVisible()
    const link = await mailedTo(office, email, '/password-reset#')
    expect(link).toContain(`${portal}/password-reset#`)
    await fetch(link)
    await page.goto(link)
    await expect(heading(page, '设置新密码')).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await choose(page, fresh)
    await expect(page.getByText('密码已保存，现在可以登录')).toBeVisible()
    // Elsewhere one is out.
    const answer = await elsewhere.request.get(`${desk.address}/api/v1/me`)
    expect(answer.status()).toBe(401)
    // The old password is no more, the new one leads in.
    await page.getByRole('link', { name: '去登录' }).click()
    await page.locator('input[autocomplete="username"]').fill(login)
    await page.locator('input[type="password"]').fill(password)
    await page.keyboard.press('Enter')
    await expect(page.getByText('登录名或密码不正确')).toBeVisible()
    await page.locator('input[type="password"]').fill(fresh)
    await page.keyboard.press('Enter')
    await expect(page.locator('#main')).toBeVisible()
    expect(new URL(page.url()).pathname.startsWith('/portal')).toBe(portal !== '')
    // The link was good once.
    await page.context().clearCookies()
    await page.goto(link)
    await choose(page, 'another-kestrel-43')
    await expect(page.getByText('这个链接已失效')).toBeVisible()
    await elsewhere.context().close()
    await page.context().close()
  })
}
