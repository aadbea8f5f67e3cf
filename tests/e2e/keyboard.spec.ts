// A day without a mouse: the queue, a ticket from one end to the other, several at once, and back
// where one was. PLT-4.
import type { Page } from '@playwright/test'
import { barriers, type Desk, expect, person, signIn, speak, test } from './desk'

test.afterAll(async ({ desk }) => speak(desk, 'zhiban', 'zh-CN'))

async function newTicket(desk: Desk, subject: string): Promise<void> {
  const api = await desk.api('zhiban')
  const types = await api.ask('GET', '/service-types')
  const fault = types.items.find((type: { key: string }) => type.key === 'fault')
  const { items } = await api.ask('GET', '/contacts?limit=1')
  await api.ask('POST', '/tickets', {
    service_type: fault.id,
    subject,
    body: '<p>打不开。</p>',
    contact: items[0].id,
    customer: items[0].customers[0].customer,
  })
}

const queue = '/tickets?open=true&sort=-created_at&group=none'
const current = (page: Page) => page.locator('[data-current] .bj-row-title')
const editor = (page: Page) => page.locator('.tiptap')

// Down the queue until the ticket is the current one.
async function goTo(page: Page, subject: string): Promise<void> {
  await expect(page.locator('.bj-row-title').first()).toBeVisible()
  for (let step = 0; step < 10; step += 1) {
    await page.keyboard.press('j')
    if ((await current(page).textContent())?.includes(subject)) return
  }
  throw new Error(`${subject} is not near the top`)
}

// By the first letters of a name.
async function assign(page: Page): Promise<void> {
  const option = page.getByRole('option').first()
  await page.keyboard.press('a')
  await expect(option).toBeVisible()
  await page.keyboard.type('szx')
  await expect(option).toHaveText(/^沈知行/)
  await page.keyboard.press('Enter')
}

test('a ticket is worked on from the queue and back, by keyboard alone', async ({ page, desk }) => {
  test.setTimeout(120_000)
  const subject = '只用键盘处理'
  await newTicket(desk, subject)
  await signIn(page, desk, 'zhiban', queue)
  const { keyboard } = page
  await goTo(page, subject)
  await keyboard.press('Enter')
  await expect(page.locator('.bj-ticket-title')).toContainText(subject)

  const boxes = page.locator('.bj-ticket-head .bj-inline[data-boxed]')
  await assign(page)
  await expect(boxes.filter({ hasText: '沈知行' })).toBeVisible()
  await keyboard.press('Control+z')
  await expect(boxes.filter({ hasText: '沈知行' })).toHaveCount(0)
  await assign(page)
  await expect(boxes.filter({ hasText: '沈知行' })).toBeVisible()

  // Its state: the first way on, with what that asks for.
  const before = await boxes.first().textContent()
  await keyboard.press('s')
  await expect(page.getByRole('option').first()).toBeVisible()
  await keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(async () => {
    if ((await dialog.count()) > 0) await keyboard.press('Control+Enter')
    expect(await boxes.first().textContent()).not.toBe(before)
  }).toPass({ timeout: 10_000 })
  await expect(dialog).toHaveCount(0)

  // A note that names a colleague.
  await keyboard.press('n')
  await expect(editor(page)).toBeFocused()
  await keyboard.type('请看一下 @沈')
  await expect(page.getByRole('option').first()).toContainText('沈知行')
  await keyboard.press('Enter')
  await keyboard.press('Control+Enter')
  const note = page.locator('.bj-story iframe').last().contentFrame().locator('body')
  await expect(note).toContainText('请看一下')
  await expect(note).toContainText('@沈知行')

  // A reply: a ready-made one by its key, sent, and taken back.
  await keyboard.press('Escape')
  await keyboard.press('r')
  await expect(editor(page)).toBeFocused()
  // The editor takes the focus once more in the next frame; no hand is faster than that.
  await page.waitForTimeout(150)
  await keyboard.press('/')
  await expect(dialog.getByRole('combobox')).toBeFocused()
  await keyboard.press('ArrowDown')
  await expect(page.getByRole('option').first()).toBeVisible()
  await keyboard.press('Enter')
  await expect(dialog.locator('button[type="submit"]')).toBeEnabled()
  await keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(editor(page)).not.toBeEmpty()
  const said = ((await editor(page).textContent()) ?? '').slice(0, 12)
  await expect(editor(page)).toBeFocused()
  await keyboard.press('Control+Enter')
  await expect(page.locator('.bj-story')).toContainText('秒后发出')
  await keyboard.press('Escape')
  await keyboard.press('Control+z')
  await expect(page.locator('.bj-story')).not.toContainText('秒后发出')
  await expect(editor(page)).toContainText(said)

  // One level back after the other: out of the text, then to the queue where one was.
  await editor(page).focus()
  await keyboard.press('Escape')
  await expect(page.locator('.bj-ticket-title')).toBeVisible()
  await keyboard.press('Escape')
  await expect(page.locator('.bj-ticket-title')).toHaveCount(0)
  await expect(current(page)).toContainText(subject)
  expect(page.url()).toContain('sort=-created_at')
})

test('the palette leads anywhere, and a call is begun from it', async ({ page, desk }) => {
  await signIn(page, desk, 'zhiban', queue)
  await expect(page.locator('.bj-row-title').first()).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type('新建服务单')
  await expect(page.getByRole('option').first()).toContainText('新建服务单')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/tickets\/new/)
  await expect(page.locator('#main input').first()).toBeFocused()
})

test('several are changed at once and put back', async ({ page, desk }) => {
  await newTicket(desk, '批量一')
  await newTicket(desk, '批量二')
  await signIn(page, desk, 'zhiban', queue)
  const { keyboard } = page
  await goTo(page, '批量二')
  await keyboard.press('x')
  await keyboard.press('Shift+J')
  await expect(page.locator('.bj-bulk')).toContainText('已选 2')
  await keyboard.press('l')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('标签')).toBeFocused()
  await keyboard.type('键盘')
  await keyboard.press('Enter')
  await expect(dialog).toContainText('完成 2 张')
  const undo = dialog.getByRole('button', { name: '全部撤销' })
  for (let step = 0; step < 8; step += 1) {
    if (await undo.evaluate((one) => one === document.activeElement)) break
    await keyboard.press('Tab')
  }
  await keyboard.press('Enter')
  await expect(dialog).toContainText('已全部撤销')
  await keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(page.locator('.bj-row-title').first()).toBeVisible()
})

for (const dark of [false, true]) {
  test(`a toast and its key can be read, ${dark ? 'dark' : 'light'}`, async ({ browser, desk }) => {
    const subject = `可读的提示 ${dark}`
    await newTicket(desk, subject)
    const { page, context } = await person(browser, desk, { login: 'zhiban', dark })
    await page.goto(`${desk.address}${queue}`)
    await goTo(page, subject)
    await page.keyboard.press('Enter')
    await expect(page.locator('.bj-ticket-title')).toContainText(subject)
    await assign(page)
    await expect(page.locator('.bj-toast kbd')).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await context.close()
  })
}
