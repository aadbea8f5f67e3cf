// An agent's work on tickets: the whole way from received to closed with what the workflow demands,
// two people at one ticket, and nothing that was typed is lost. TKT-3, TKT-5, TKT-8, TKT-9, PLT-4.
import type { Page } from '@playwright/test'
import { expect, listen, person, signIn, test } from './desk'

async function newTicket(desk: Parameters<typeof signIn>[1], subject: string): Promise<number> {
  const api = await desk.api('zhiban')
  const types = await api.ask('GET', '/service-types')
  const fault = types.items.find((type: { key: string }) => type.key === 'fault')
  const contacts = await api.ask('GET', '/contacts?limit=1')
  const contact = contacts.items[0]
  const ticket = await api.ask('POST', '/tickets', {
    service_type: fault.id,
    subject,
    body: '<p>月结之后报表全是零。</p>',
    contact: contact.id,
    customer: contact.customers[0].customer,
  })
  return ticket.id
}

async function move(page: Page, name: string) {
  await page.locator('.bj-ticket-head .bj-inline[data-boxed]').first().click()
  await page.getByRole('option', { name, exact: false }).first().click()
  return page.getByRole('dialog')
}

async function writeDown(page: Page, texts: Record<string, string>) {
  const dialog = page.getByRole('dialog')
  for (const [label, text] of Object.entries(texts)) {
    await dialog.getByLabel(label, { exact: false }).first().fill(text)
  }
}

async function agree(page: Page) {
  await page.getByRole('dialog').locator('button[type="submit"]').click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

test('a request is taken from received to offered, as the workflow wants it', async ({ page, desk }) => {
  test.setTimeout(120_000)
  const heard = listen(page, desk)
  const id = await newTicket(desk, '报表全是零')
  await signIn(page, desk, 'zhiban', `/tickets/${id}`)
  const state = page.locator('.bj-ticket-head .bj-inline[data-boxed]').first()
  await expect(state).toContainText('已接收')
  await move(page, '确认')
  await agree(page)
  await expect(state).toContainText('已确认')
  await move(page, '派工')
  await page.getByRole('dialog').getByRole('combobox').first().fill('周')
  await page.getByRole('option').first().click()
  await agree(page)
  await expect(state).toContainText('已派工')
  await move(page, '响应')
  await agree(page)
  await move(page, '诊断')
  await agree(page)
  await expect(state).toContainText('诊断中')
  await move(page, '开始处理')
  await expect(page.getByRole('dialog')).toContainText('还不能流转')
  await writeDown(page, {
    诊断结论: '期间表没有初始化',
    变更前的参数与配置: 'period=2026-10',
    备份情况: '整库备份在 /bak/1123，已试恢复',
  })
  await agree(page)
  await expect(state).toContainText('处理中')
  await move(page, '验证')
  await writeDown(page, { 解决方案: '补上期间初始化' })
  await agree(page)
  await expect(state).toContainText('待验证')
  await move(page, '提交客户确认')
  await writeDown(page, { 测试与验证: '重跑月结，报表有数' })
  await agree(page)
  await expect(state).toContainText('待客户确认')
  await expect(page.locator('.bj-story')).toContainText('期间表没有初始化')
  expect(heard).toEqual([])
})

test('a reply is written by keyboard, kept as a draft over a reload, and can be taken back', async ({
  page,
  desk,
}) => {
  const id = await newTicket(desk, '草稿不丢')
  await signIn(page, desk, 'zhiban', `/tickets/${id}`)
  const editor = page.locator('.tiptap')
  await expect(editor).toBeVisible()
  await page.keyboard.press('r')
  await expect(editor).toBeFocused()
  await page.keyboard.type('您好，已经收到，十分钟内回复您。')
  await expect(page.locator('.bj-composer-saved')).toContainText('草稿已保存')
  await page.reload()
  await expect(editor).toContainText('十分钟内回复您')
  await editor.click()
  await page.keyboard.press('Control+Enter')
  const bubble = page.locator('.bj-said[data-from="us"]').last()
  await expect(bubble).toContainText('秒后发出')
  await bubble.getByRole('button', { name: '撤回' }).click()
  await expect(bubble).toContainText('已撤回')
})

test('two people at one ticket see each other, and a note arrives by itself', async ({
  browser,
  desk,
}) => {
  const id = await newTicket(desk, '两个人同时看')
  const li = await person(browser, desk, { login: 'zhiban' })
  const wu = await person(browser, desk, { login: 'zhiban2' })
  await li.page.goto(`${desk.address}/tickets/${id}`)
  await wu.page.goto(`${desk.address}/tickets/${id}`)
  await expect(li.page.locator('.bj-dot-person')).toHaveCount(1)
  await wu.page.keyboard.press('n')
  await wu.page.locator('.tiptap').click()
  await wu.page.keyboard.type('怀疑补丁覆盖了默认值')
  await expect(li.page.locator('.bj-banner')).toContainText('正在起草内部备注')
  await wu.page.keyboard.press('Control+Enter')
  await expect(li.page.locator('.bj-said[data-from="note"]')).toHaveCount(1)
  await li.context.close()
  await wu.context.close()
})

test('the second of two changes is refused and shown, not written over the first', async ({
  page,
  desk,
}) => {
  const id = await newTicket(desk, '谁后改谁知道')
  await signIn(page, desk, 'zhiban', `/tickets/${id}`)
  await expect(page.locator('.bj-ticket-title')).toContainText('谁后改谁知道')
  // The page does not hear of the other change: its line is cut.
  await page.evaluate(() => window.dispatchEvent(new Event('offline')))
  const api = await desk.api('zhiban2')
  const before = await api.ask('GET', `/tickets/${id}`)
  await page.route('**/api/v1/tickets/*', async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue()
    await api.ask('PATCH', `/tickets/${id}`, { subject: '先改的人' })
    return route.continue()
  })
  await page.locator('.bj-ticket-title button').click()
  await page.locator('.bj-ticket-title input').fill('后改的人')
  await page.keyboard.press('Enter')
  await expect(page.locator('body')).toContainText('刚刚被别人修改过')
  await expect(page.locator('.bj-ticket-title')).toContainText('先改的人')
  expect((await api.ask('GET', `/tickets/${id}`)).version).toBeGreaterThan(before.version)
})
