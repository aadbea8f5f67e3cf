// An agent's work on tickets: the whole way from received to closed with what the workflow demands,
// two people at one ticket, and nothing that was typed is lost. TKT-3, TKT-5, TKT-8, TKT-9, PLT-4.
import type { Page } from '@playwright/test'
import { barriers, type Desk, expect, listen, password, person, signIn, test } from './desk'

async function newTicket(desk: Desk, subject: string): Promise<number> {
  const api = await desk.api('zhiban')
  const types = await api.ask('GET', '/service-types')
  const fault = types.items.find((type: { key: string }) => type.key === 'fault')
  const contacts = await api.ask('GET', '/contacts?limit=1')
  const contact = contacts.items[0]
  const ticket = await api.ask('POST', '/tickets', {
    service_type: fault.id,
    subject,
    body: '<p>月结之后报表全是零。</p>',
    channel: 'email',
    contact: contact.id,
    customer: contact.customers[0].customer,
  })
  return ticket.id
}

const stateOf = (page: Page) => page.locator('.bj-ticket-head .bj-inline[data-boxed]').first()
const editorOf = (page: Page) => page.locator('.tiptap')

// The state is opened by its key, and the way on is chosen by the first letters of its name.
async function move(page: Page, name: string) {
  await page.locator('.bj-ticket-number').click()
  await page.keyboard.press('s')
  await page.getByRole('option', { name, exact: false }).first().click()
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

async function write(page: Page, key: 'r' | 'n', text: string) {
  await expect(editorOf(page)).toBeVisible()
  await page.locator('.bj-ticket-number').click()
  await page.keyboard.press(key)
  await expect(editorOf(page)).toBeFocused()
  await page.keyboard.type(text)
}

test('a request is taken from received to closed, as the workflow wants it', async ({
  page,
  desk,
}) => {
  test.setTimeout(180_000)
  const heard = listen(page, desk)
  const id = await newTicket(desk, '报表全是零')
  await signIn(page, desk, 'zhiban', `/tickets/${id}`)
  const state = stateOf(page)
  const story = page.locator('.bj-story')
  await expect(state).toContainText('已接收')

  // Why not, in plain words; then what was missing is done.
  await move(page, '确认')
  await expect(page.getByRole('dialog')).toContainText('还没有与客户确认内容、时间和地点')
  await page.keyboard.press('Escape')
  await write(page, 'r', '您好，已经收到。先给您一张临时报表，今天下午四点前恢复。')
  await page.keyboard.press('Control+Enter')
  await expect(story).toContainText('秒后发出')
  await move(page, '确认')
  await expect(state).toContainText('已确认')

  await move(page, '派工')
  await page.getByRole('dialog').getByRole('combobox').first().fill('周')
  await page.getByRole('option').first().click()
  await agree(page)
  await expect(state).toContainText('已派工')
  await move(page, '响应')
  await expect(state).toContainText('已响应')
  await move(page, '开始诊断')
  await expect(state).toContainText('诊断中')

  await move(page, '开始处理')
  await expect(page.getByRole('dialog')).toContainText('还没有诊断结论')
  await page.getByRole('dialog').locator('button[type="submit"]').click()
  await expect(page.getByRole('dialog').locator('[aria-invalid="true"]').first()).toBeVisible()
  await writeDown(page, {
    诊断结论: '期间表没有初始化',
    变更前的参数与配置: 'period=2026-10',
    备份情况: '整库备份在 /bak/1123，已试恢复',
  })
  await agree(page)
  await expect(state).toContainText('处理中')

  const side = page.locator('.bj-ticket-side')
  await side.getByLabel('添加一步').fill('重跑月结')
  await page.keyboard.press('Enter')
  await side.getByRole('checkbox', { name: '重跑月结' }).check()
  await expect(side).toContainText('1 / 1')
  await side.getByRole('button', { name: '登记工时' }).click()
  await writeDown(page, { 时长: '40' })
  await agree(page)
  await expect(side).toContainText('合计 40 分钟')

  await move(page, '提交验证')
  await writeDown(page, { 解决方案: '补上期间初始化' })
  await agree(page)
  await expect(state).toContainText('待验证')
  await move(page, '提交客户确认')
  await writeDown(page, { 测试与验证: '重跑月结，报表有数' })
  await agree(page)
  await expect(state).toContainText('待客户确认')
  await move(page, '关闭')
  await writeDown(page, { 原因: '客户来电确认' })
  const signature = page.getByRole('dialog').getByLabel('客户签字', { exact: false })
  if (await signature.count()) await signature.fill('陈工在服务单上签字，扫描件已存')
  await agree(page)
  await expect(state).toContainText('已关闭')

  for (const text of ['期间表没有初始化', '整库备份', '补上期间初始化', '重跑月结，报表有数']) {
    await expect(story).toContainText(text)
  }
  const archive = await (await desk.api('zhiban')).ask('GET', `/tickets/${id}/archive`)
  expect(JSON.stringify(archive)).toContain('重跑月结，报表有数')
  expect(heard).toEqual([])
})

test('a reply is written by keyboard, kept over a reload, and can be taken back', async ({
  page,
  desk,
}) => {
  const id = await newTicket(desk, '草稿不丢')
  await signIn(page, desk, 'zhiban', `/tickets/${id}`)
  const editor = editorOf(page)
  await write(page, 'r', '您好，已经收到，十分钟内回复您。')
  await page.locator('.bj-composer input[type="file"]').setInputFiles({
    name: '说明.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('period=2026-10'),
  })
  await expect(page.locator('.bj-composer-files')).toContainText('说明.txt')
  await expect(page.locator('.bj-composer-saved')).toContainText('草稿已保存')
  await page.reload()
  await expect(editor).toContainText('十分钟内回复您')
  await expect(page.locator('.bj-composer-files')).toContainText('说明.txt')
  await editor.click()
  await page.keyboard.press('Control+Enter')
  const bubble = page.locator('.bj-said[data-from="us"]').last()
  await expect(bubble).toContainText('秒后发出')
  await expect(bubble).toContainText('说明.txt')
  await bubble.getByRole('button', { name: '撤回' }).click()
  // It is on the desk again, and nobody got it.
  await expect(editor).toContainText('十分钟内回复您')
  await expect(page.locator('.bj-composer-files')).toContainText('说明.txt')
  await expect(page.locator('.bj-story')).not.toContainText('秒后发出')
})

test('the draft is there at another computer, too', async ({ browser, page, desk }) => {
  const id = await newTicket(desk, '换一台电脑')
  await signIn(page, desk, 'zhiban', `/tickets/${id}`)
  const kept = page.waitForResponse(
    (answer) => answer.url().endsWith('/draft') && answer.request().method() === 'PUT',
  )
  await write(page, 'n', '先看补丁清单')
  await kept
  const other = await person(browser, desk, { login: 'zhiban' })
  await other.page.goto(`${desk.address}/tickets/${id}`)
  await expect(editorOf(other.page)).toContainText('先看补丁清单')
  await expect(other.page.locator('.bj-composer')).toHaveAttribute('data-kind', 'note')
  await other.context.close()
})

test('a session that ends while one writes takes nothing along', async ({ page, desk }) => {
  const id = await newTicket(desk, '会话过期')
  await signIn(page, desk, 'zhiban', `/tickets/${id}`)
  await write(page, 'r', '这段话不能丢，客户等着看。')
  await page.context().clearCookies()
  await page.keyboard.press('Control+Enter')
  const dialog = page.getByRole('dialog')
  await dialog.locator('input[type="password"]').fill(password)
  await page.keyboard.press('Enter')
  const said = page.locator('.bj-said[data-from="us"]').last().frameLocator('iframe')
  await expect(said.locator('body')).toContainText('这段话不能丢')
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
  await write(wu.page, 'n', '怀疑补丁覆盖了默认值')
  await expect(li.page.locator('.bj-banner')).toContainText('正在起草内部备注')
  await wu.page.keyboard.press('Control+Enter')
  await expect(li.page.locator('.bj-said[data-from="note"]')).toHaveCount(1)
  await li.context.close()
  await wu.context.close()
})

test('who was overtaken by another reply is shown it once before sending', async ({
  page,
  desk,
}) => {
  const id = await newTicket(desk, '两个人都想回复')
  await signIn(page, desk, 'zhiban', `/tickets/${id}`)
  await write(page, 'r', '我来回答您：今天下午恢复。')
  const other = await desk.api('zhiban2')
  await other.ask('POST', `/tickets/${id}/messages`, {
    kind: 'reply',
    body: '<p>已经恢复了，请刷新。</p>',
  })
  await page.keyboard.press('Control+Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('您撰写期间有新回复')
  await expect(dialog.frameLocator('iframe').locator('body')).toContainText('已经恢复了')
  await dialog.getByRole('button', { name: '返回修改' }).click()
  await expect(editorOf(page)).toContainText('我来回答您')
  await editorOf(page).click()
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('.bj-said[data-from="us"]').last()).toContainText('秒后发出')
})

test('two changes of different things are put together; of the same thing both are shown', async ({
  page,
  desk,
}) => {
  const id = await newTicket(desk, '谁后改谁知道')
  await signIn(page, desk, 'zhiban', `/tickets/${id}`)
  const title = page.locator('.bj-ticket-title')
  await expect(title).toContainText('谁后改谁知道')
  const api = await desk.api('zhiban2')
  // Somebody else is faster by a moment: between the press of Enter and the request.
  let theirs: object | null = { tags: ['月结'] }
  await page.route('**/api/v1/tickets/*', async (route) => {
    if (route.request().method() === 'PATCH' && theirs) {
      await api.ask('PATCH', `/tickets/${id}`, theirs)
      theirs = null
    }
    return route.continue()
  })
  const rename = async (subject: string) => {
    await title.getByRole('button').click()
    await title.getByRole('textbox').fill(subject)
    await page.keyboard.press('Enter')
  }
  await rename('改了主题')
  await expect(page.locator('.bj-ticket-side')).toContainText('月结')
  await expect(title).toContainText('改了主题')

  theirs = { subject: '先改的人' }
  await rename('后改的人')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('刚刚被别人修改过')
  await expect(dialog).toContainText('先改的人')
  await expect(dialog).toContainText('后改的人')
  await dialog.getByRole('button', { name: '改成我的' }).click()
  await expect(title).toContainText('后改的人')
})

for (const dark of [false, true]) {
  test(`the page has no barriers, ${dark ? 'dark' : 'light'}`, async ({ browser, desk }) => {
    const id = await newTicket(desk, '看得清')
    const api = await desk.api('zhiban')
    await api.ask('POST', `/tickets/${id}/messages`, { kind: 'note', body: '<p>备注</p>' })
    await api.ask('POST', `/tickets/${id}/evidence`, { kind: 'diagnosis', body: '已定位' })
    const { page, context } = await person(browser, desk, { login: 'zhiban', dark })
    await page.goto(`${desk.address}/tickets/${id}`)
    await expect(page.locator('.bj-evidence')).toBeVisible()
    await expect(editorOf(page)).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await move(page, '确认')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await context.close()
  })
}

test('on a phone the conversation, what is known, and the answer have room', async ({
  browser,
  desk,
}) => {
  const id = await newTicket(desk, '手机上也能处理')
  const { page, context } = await person(browser, desk, { login: 'zhiban', phone: true })
  await page.goto(`${desk.address}/tickets/${id}`)
  await expect(page.locator('.bj-said')).toHaveCount(1)
  await page.getByRole('tab', { name: '详情' }).click()
  await expect(page.locator('.bj-preferences')).toBeVisible()
  await page.goBack()
  await page.getByRole('button', { name: '写给客户' }).click()
  await page.keyboard.type('收到')
  await page.getByRole('button', { name: '发送', exact: false }).first().click()
  await expect(page.locator('.bj-said[data-from="us"]')).toContainText('秒后发出')
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await context.close()
})

test('after "send and …" the next one is open, and the reply can still be taken back', async ({
  page,
  desk,
}) => {
  const id = await newTicket(desk, '发送并等待客户')
  await signIn(page, desk, 'zhiban', `/tickets/${id}?open=true&sort=-created_at&group=none`)
  await expect(page.locator('.bj-ticket-steps')).toContainText('1 /')
  await write(page, 'r', '请把日志发给我们，谢谢。')
  await page.getByRole('button', { name: '发送并流转' }).click()
  await page.getByRole('menuitem', { name: '等待客户' }).click()
  await writeDown(page, { 原因: '等日志' })
  await agree(page)
  await expect(page.locator('.bj-ticket-title')).not.toContainText('发送并等待客户')
  await page.getByRole('button', { name: '撤销', exact: false }).last().click()
  await expect(page.locator('.bj-ticket-title')).toContainText('发送并等待客户')
  await expect(editorOf(page)).toContainText('请把日志发给我们')
})
