// A customer on a phone: asks, is answered, says it is not solved, then that it is, and rates.
// INT-2, INT-8, TKT-10, CUS-5.
import type { Page } from '@playwright/test'
import {
  type Api,
  barriers,
  type Desk,
  expect,
  listen,
  password,
  person,
  speak,
  test,
} from './desk'

const subject = '手机上看不了附件'
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

// Makes the moves that lead there, with whatever each of them needs.
async function walkTo(api: Api, id: number, phase: string): Promise<void> {
  const fields = {
    diagnosis: '附件预览用了旧接口',
    original_configuration: 'preview=v1',
    backup: '已备份',
    solution: '换成新接口',
    test_result: '小米 14 上正常',
    test_passed: true,
  }
  const me = await api.ask('GET', '/me')
  const order = ['confirm', 'assign', 'respond', 'diagnose', 'resolve', 'verify', 'offer']
  for (let step = 0; step < 12; step += 1) {
    const ticket = await api.ask('GET', `/tickets/${id}`)
    if (ticket.phase === phase) return
    const flow = await api.ask('GET', `/workflows/${ticket.workflow}`)
    const wanted = flow.states.filter((state: { phase: string }) => state.phase === phase)
    const moves = ticket.transitions as { key: string; to: string }[]
    const next =
      moves.find((one) => wanted.some((state: { key: string }) => state.key === one.to)) ??
      order.map((key) => moves.find((move) => move.key === key)).find(Boolean)
    if (!next) throw new Error(`no way on from ${ticket.state}: ${moves.map((m) => m.key)}`)
    await api.ask('POST', `/tickets/${id}/transitions`, {
      to: next.key,
      reason: '继续',
      fields: { ...fields, assignee: me.id },
    })
  }
  throw new Error(`did not get to ${phase}`)
}

type Keep = (name: string) => Promise<unknown>

async function submit(page: Page, desk: Desk, keep: Keep): Promise<number> {
  await page.goto(`${desk.address}/portal/requests/new`)
  await page.locator('.bj-types label').first().click()
  await page.getByRole('button', { name: '提交请求' }).click()
  await expect(page.getByLabel('概述')).toBeFocused()
  await page.getByLabel('概述').fill(subject)
  await page.getByLabel('详细描述').fill('点开就是白的。\n电脑上正常。')
  await page
    .locator('input[type="file"][multiple]')
    .setInputFiles({ name: '白屏.png', mimeType: 'image/png', buffer: picture })
  await expect(page.locator('.bj-file')).toContainText('白屏.png')
  // What is typed outlives the page, and so does what was uploaded.
  await expect(page.getByText('草稿已保存')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('概述')).toHaveValue(subject)
  await expect(page.locator('.bj-file')).toContainText('白屏.png')
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/tickets')) asked.push(request.url())
  })
  await page.getByRole('button', { name: '提交请求' }).dblclick()
  await expect(page.locator('.bj-made-number')).toContainText(/\d{4}-\d{4}-\d{4}/)
  expect(asked).toHaveLength(1)
  await keep('made')
  await page.getByRole('link', { name: '查看进展' }).click()
  await expect(page.locator('.bj-steps')).toContainText('已受理')
  return Number(page.url().split('/').at(-1))
}

test('a customer is served from the first word to the stars', async ({ browser, desk }, info) => {
  test.setTimeout(120_000)
  const { page, context } = await person(browser, desk, { login: 'kehu', phone: true })
  const heard = listen(page, desk)
  const keep = (name: string) =>
    page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true })
  const id = await submit(page, desk, keep)
  await expect(page.locator('.bj-thumb img')).toBeVisible()
  await page.getByRole('button', { name: '放大查看「白屏.png」' }).click()
  const larger = page.getByRole('dialog', { name: '白屏.png' })
  await expect(larger.getByRole('img', { name: '白屏.png' })).toBeVisible()
  await expect(larger.getByRole('link', { name: '下载' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(larger).toHaveCount(0)

  const api = await desk.api('zhiban')
  await api.ask('POST', `/tickets/${id}/messages`, {
    kind: 'reply',
    body: '<p>请问是哪款手机？</p>',
    undo_seconds: 0,
  })
  // It comes by itself, while he looks on.
  await expect(page.locator('.bj-chat-line:not([data-mine])')).toHaveCount(1)
  await page.getByLabel('回复', { exact: true }).last().fill('小米 14。')
  await page.getByRole('button', { name: '发送' }).click()
  await expect(page.locator('.bj-chat-line[data-mine]')).toHaveCount(2)
  await expect(page.locator('#answer textarea')).toHaveValue('')

  await walkTo(api, id, 'solved')
  await expect(page.getByText('问题解决了吗？')).toBeVisible()
  await keep('confirm')
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('button', { name: '还没解决' }).click()
  await page.getByLabel('还有什么问题').fill('还是白的')
  await page.getByRole('button', { name: '请继续处理' }).click()
  await expect(page.getByText('问题解决了吗？')).toHaveCount(0)
  await expect(page.locator('.bj-chat-line[data-mine]')).toHaveCount(3)
  await walkTo(api, id, 'solved')
  await page.locator('.bj-stars label').nth(3).click()
  await page.getByRole('button', { name: '已解决' }).click()
  await expect(page.locator('.bj-steps')).toContainText('完成')
  await expect(page.getByRole('heading', { name: '您的评价' })).toBeVisible()
  // Having slept on it he is more than content, and says so.
  await page.locator('.bj-stars label').nth(4).click()
  await page.getByLabel('说说您的感受').fill('很快，谢谢！')
  await keep('rating')
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('button', { name: '提交评价' }).click()
  await expect(page.getByText('谢谢您的评价')).toBeVisible()
  const rated = await api.ask('GET', `/tickets/${id}`)
  expect([rated.rating, rated.rating_comment]).toEqual([5, '很快，谢谢！'])
  await page.getByRole('button', { name: '重新打开' }).click()
  await page.getByLabel('还有什么问题').fill('今天又白了')
  await page.getByRole('button', { name: '请继续处理' }).click()
  await expect(page.getByLabel('回复', { exact: true }).last()).toBeVisible()
  expect((await api.ask('GET', `/tickets/${id}`)).reopened).toBe(1)
  expect(heard).toEqual([])
  await context.close()
})

test('nothing typed is lost while there is no connection', async ({ browser, desk }) => {
  const { page, context } = await person(browser, desk, { login: 'kehu', phone: true })
  await page.goto(`${desk.address}/portal/requests`)
  await page.locator('.bj-rows .bj-whole').first().click()
  const answer = page.locator('#answer textarea')
  await answer.fill('没有网络也写得下')
  await context.setOffline(true)
  await page.getByRole('button', { name: '发送' }).click()
  await expect(page.locator('.bj-strip')).toContainText('连接中断')
  await expect(answer).toHaveValue('没有网络也写得下')
  await context.setOffline(false)
  await expect(page.locator('.bj-strip')).toBeHidden({ timeout: 15_000 })
  const before = await page.locator('.bj-chat-line[data-mine]').count()
  await page.getByRole('button', { name: '发送' }).click()
  await expect(page.locator('.bj-chat-line[data-mine]')).toHaveCount(before + 1)
  await context.close()
})

test('a customer says how he wants to be served, and is greeted so', async ({
  browser,
  desk,
}, info) => {
  const { page, context } = await person(browser, desk, { login: 'kehu', phone: true })
  await page.goto(`${desk.address}/portal/`)
  await page.locator('.bj-wishes').getByRole('button', { name: '修改' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('希望的称呼').fill('徐老师')
  await form.locator('label', { hasText: '电话' }).click()
  await form.locator('label', { hasText: '先说结论' }).click()
  await form.getByLabel('免打扰从').fill('12:00')
  await form.getByLabel('免打扰到').fill('13:30')
  await form.getByLabel('请不要').fill('不要在交接班时来电')
  await page.screenshot({ path: info.outputPath('wishes.png') })
  expect(await problemsOf(page)).toEqual([])
  await form.getByRole('button', { name: '保存' }).click()
  await expect(form).toHaveCount(0)
  for (const said of ['徐老师', '电话优先', '12:00–13:30', '先给结论', '不要在交接班时来电']) {
    await expect(page.locator('.bj-wishes')).toContainText(said)
  }
  await expect(page.locator('h1')).toContainText('徐老师')
  const api = await desk.api('kehu')
  const { contact } = await api.ask('GET', '/me')
  const agent = await desk.api('zhiban')
  const seen = await agent.ask('GET', `/contacts/${contact}/preferences`)
  expect(seen.effective).toMatchObject({ form_of_address: '徐老师', channel: 'phone' })
  await context.close()
})

test('a lead sees his people and what they asked for', async ({ browser, desk }) => {
  const { page, context } = await person(browser, desk, { login: 'kehu.lingdao', phone: true })
  await page.goto(`${desk.address}/portal/organisation`)
  await expect(page.locator('.bj-person').first()).toBeVisible()
  const people = await page.locator('.bj-person').count()
  expect(people).toBeGreaterThan(1)
  await page.goto(`${desk.address}/portal/requests?show=all`)
  await expect(page.getByText('我提交的')).toBeVisible()
  await expect(page.locator('.bj-rows .bj-whole').first()).toBeVisible()
  await context.close()
})

test("another customer's request is not there", async ({ browser, desk }) => {
  const api = await desk.api('zhiban')
  const customer = await desk.api('kehu')
  const own = new Set(
    (await customer.ask('GET', '/tickets?limit=100')).items.map((one: { id: number }) => one.id),
  )
  const all = (await api.ask('GET', '/tickets?limit=100')).items as { id: number }[]
  const foreign = all.find((one) => !own.has(one.id))
  const { page, context } = await person(browser, desk, { login: 'kehu', phone: true })
  for (const id of [foreign?.id, 99_999_999, 'nonsense']) {
    await page.goto(`${desk.address}/portal/requests/${id}`)
    await expect(page.getByText('没有找到')).toBeVisible()
  }
  await context.close()
})

async function letGuestsAsk(desk: Desk): Promise<void> {
  const api = await desk.api('admin')
  const types = await api.ask('GET', '/service-types')
  const type = types.items.find((one: { key: string }) => one.key === 'consultation')
  if (!type.for_guests) await api.ask('PATCH', `/service-types/${type.id}`, { for_guests: true })
  await api.ask('PATCH', '/organisation', { guest_puzzle: true })
}

async function askAsGuest(page: Page, desk: Desk): Promise<void> {
  await page.goto(`${desk.address}/portal/sign-in`)
  await page.getByRole('link', { name: '直接提交请求' }).click()
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.locator('h1')).toContainText(/^[\w\s]+$/)
  await page.getByRole('button', { name: '中文' }).click()
  await page.locator('.bj-types label', { hasText: '咨询' }).click()
  await page.getByLabel('您的姓名').fill('路人甲')
  await page.getByLabel('概述').fill('想试用')
  await page.getByLabel('详细描述').fill('五十人左右，怎么收费？')
  // Without a way to reach him there is nobody to answer.
  await page.getByRole('button', { name: '提交请求' }).click()
  await expect(page.getByLabel('电话')).toBeFocused()
  await page.getByLabel('电话').fill('13900005678')
  const files = page.locator('input[type="file"][multiple]')
  const screen = { name: '界面.png', mimeType: 'image/png', buffer: picture }
  await files.setInputFiles([screen, { ...screen, name: '多余.png' }])
  await expect(page.locator('.bj-file')).toHaveCount(2)
  await page.getByRole('button', { name: '移除「多余.png」' }).click()
  // Too large without an account: said at the file, and the rest goes on.
  await files.setInputFiles({ ...screen, name: '录像.mp4', buffer: Buffer.alloc(11_000_000, 1) })
  await expect(page.locator('.bj-upload [role="alert"]')).toHaveText('文件太大')
  await page.getByRole('button', { name: '移除「录像.mp4」' }).click()
  // What was sent outlives the page, like what is typed.
  await page.reload()
  await expect(page.locator('.bj-file')).toContainText('界面.png')
  await page.getByRole('button', { name: '提交请求' }).click()
  await page.getByRole('link', { name: '查看进展' }).click()
}

// What a guest attached is there for him, and for the desk.
async function sendsFiles(page: Page, desk: Desk): Promise<void> {
  await expect(page.locator('.bj-chat-files')).toContainText('界面.png')
  await page
    .locator('#answer input[type="file"][multiple]')
    .setInputFiles({ name: '名单.txt', mimeType: 'text/plain', buffer: Buffer.from('五十人') })
  await expect(page.locator('#answer .bj-file')).toContainText('名单.txt')
  await page.locator('#answer textarea').fill('补充：下周要用。')
  await page.getByRole('button', { name: '发送' }).click()
  await expect(page.locator('.bj-chat-files').last()).toContainText('名单.txt')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '界面.png' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('界面.png')
  const api = await desk.api('zhiban')
  const found = await api.ask('GET', '/tickets?sort=-created_at&limit=1')
  const ticket = await api.ask('GET', `/tickets/${found.items[0].id}?messages=true`)
  const names = ticket.messages.flatMap((message: { files: { name: string; type: string }[] }) =>
    message.files.map((file) => `${file.name} ${file.type}`),
  )
  expect(names.sort()).toEqual(['名单.txt text/plain', '界面.png image/png'])
}

test('people without an account ask and follow by their link', async ({ page, desk }, info) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await letGuestsAsk(desk)
  await askAsGuest(page, desk)
  await expect(page.locator('.bj-chat')).toContainText('路人甲')
  await sendsFiles(page, desk)
  await expect(page.locator('.bj-chat-line')).toHaveCount(2)
  await page.screenshot({ path: info.outputPath('follow.png'), fullPage: true })
  await page.goto(`${desk.address}/portal/follow#${'A'.repeat(43)}`)
  await page.reload()
  await expect(page.locator('.bj-chat')).toHaveCount(0)
})

test('a sign-in elsewhere is seen and ended', async ({ browser, desk }) => {
  await desk.api('kehu')
  const { page, context } = await person(browser, desk, { login: 'kehu', phone: true })
  await page.goto(`${desk.address}/portal/me`)
  const others = page.getByRole('button', { name: /^结束/ })
  await expect(others.first()).toBeVisible()
  const before = await others.count()
  await others.first().click()
  await expect(others).toHaveCount(before - 1)
  await context.close()
})

test('a request is made, answered and confirmed without a mouse', async ({ browser, desk }) => {
  const { page, context } = await person(browser, desk, { login: 'kehu' })
  await page.goto(`${desk.address}/portal/`)
  await expect(page.locator('#main h1')).toBeVisible()
  // One always sees where one stands.
  const stands = () =>
    page.evaluate(() => {
      const on = document.activeElement
      if (!on || on === document.body) return ''
      const around = [on, on.parentElement, on.parentElement?.parentElement]
      const isSeen = around.some(
        (one) =>
          one &&
          [null, '::after'].some((part) => getComputedStyle(one, part).outlineStyle !== 'none'),
      )
      const name = on.textContent?.trim() || on.getAttribute("aria-label") || on.id
      return `${name}${isSeen ? '' : ' (unseen)'}`
    })
  const goTo = async (what: RegExp, key = 'Tab') => {
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press(key)
      const name = await stands()
      expect(name).not.toContain('(unseen)')
      if (what.test(name)) return
    }
    throw new Error(`the keyboard does not reach ${what}`)
  }
  await goTo(/提交请求/)
  await page.keyboard.press('Enter')
  await expect(page.locator('.bj-types')).toBeVisible()
  await page.locator('.bj-types input').first().focus()
  await page.keyboard.press('Space')
  await page.getByLabel('概述').focus()
  await page.keyboard.type('键盘也能提交')
  await page.keyboard.press('Tab')
  await page.keyboard.type('只用键盘，从头到尾。')
  await goTo(/^提交请求$/)
  await page.keyboard.press('Enter')
  await expect(page.locator('.bj-made-number')).toBeVisible()
  await goTo(/查看进展/)
  await page.keyboard.press('Enter')
  await expect(page.locator('.bj-steps')).toContainText('已受理')
  const id = Number(page.url().split('/').at(-1))
  await page.locator('#answer textarea').focus()
  await page.keyboard.type('补充一句。')
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('.bj-chat-line[data-mine]')).toHaveCount(2)
  const api = await desk.api('zhiban')
  await api.ask('POST', `/tickets/${id}/messages`, { kind: 'reply', body: '<p>收到。</p>' })
  await walkTo(api, id, 'solved')
  await expect(page.getByText('问题解决了吗？')).toBeVisible()
  await page.locator('.bj-stars input').first().focus()
  await page.keyboard.press('ArrowRight')
  await goTo(/^已解决$/)
  await page.keyboard.press('Enter')
  await expect(page.locator('.bj-steps')).toContainText('完成')
  await context.close()
})

test.afterAll(({ desk }) => speak(desk, 'kehu', 'zh-CN'))

const looks = [
  { name: 'zh-light', locale: 'zh-CN', dark: false },
  { name: 'zh-dark', locale: 'zh-CN', dark: true },
  { name: 'en-light', locale: 'en', dark: false },
  { name: 'en-dark', locale: 'en', dark: true },
] as const

// What is too small for a thumb; words that are links inside a sentence may be as they are.
async function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const pressed = document.querySelectorAll(
      'button, a.bj-button, input.bj-input, select, textarea, nav a, .bj-segments label, .bj-stars label',
    )
    return [...pressed].flatMap((one) => {
      const { width, height } = one.getBoundingClientRect()
      const isSeen = width > 1 && height > 1
      return isSeen && height < 43.5 ? [`${one.textContent?.trim()}: ${height} pixels`] : []
    })
  })
}

async function problemsOf(page: Page): Promise<string[]> {
  const found = [...(await barriers(page)), ...(await tooSmall(page))]
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  if (wide > 390) found.push(`it is ${wide} pixels wide`)
  return found
}

for (const look of looks) {
  test(`every page on a phone, ${look.name}`, async ({ browser, desk }, info) => {
    test.setTimeout(180_000)
    const api = await desk.api('kehu')
    await speak(desk, 'kehu', look.locale)
    const [request] = (await api.ask('GET', '/tickets?limit=1&sort=created_at')).items
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      colorScheme: look.dark ? 'dark' : 'light',
      locale: look.locale,
    })
    const page = await context.newPage()
    const wrong: string[] = []
    const shoot = async (name: string) => {
      await page.waitForLoadState('networkidle')
      await page.screenshot({
        path: info.outputPath(`${name}-${look.name}.png`),
        fullPage: true,
        animations: 'disabled',
      })
      for (const problem of await problemsOf(page)) wrong.push(`${name}: ${problem}`)
    }
    for (const name of ['sign-in', 'forgotten', 'ask']) {
      await page.goto(`${desk.address}/portal/${name}`)
      await expect(page.locator('h1')).toBeVisible()
      await shoot(name)
    }
    await page.goto(`${desk.address}/portal/sign-in`)
    await page.locator('input[autocomplete="username"]').fill('kehu')
    await page.locator('input[type="password"]').fill(password)
    await page.keyboard.press('Enter')
    await expect(page.locator('.bj-hero h1')).toBeVisible()
    await shoot('home')
    for (const [name, path] of Object.entries({
      requests: 'requests',
      waiting: 'requests?show=waiting',
      nothing: 'requests?q=zzzzzz',
      new: 'requests/new',
      request: `requests/${request.id}`,
      products: 'products',
      organisation: 'organisation',
      profile: 'profile',
      settings: 'me',
    })) {
      await page.goto(`${desk.address}/portal/${path}`)
      await expect(page.locator('#main h1').first()).toBeVisible()
      await shoot(name)
    }
    await page.goto(`${desk.address}/portal/requests/new`)
    await page.locator('.bj-types label').first().click()
    await page.locator('button[type="submit"]').click()
    await shoot('form')
    expect(wrong).toEqual([])
    await context.close()
  })
}
