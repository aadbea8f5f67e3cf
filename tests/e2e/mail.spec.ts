// The pages of mail, without any mail server: a mailbox is tried and kept, messages are handed in,
// looked at and decided, tickets show what came and went. INT-4, INT-2.
import type { Page } from '@playwright/test'
import { type Api, barriers, type Desk, expect, listen, person, test } from './desk'
import { address, letter, settled } from './letters'

test.describe.configure({ mode: 'serial' })

const panel = (page: Page, title: string) =>
  page.locator('.bj-panel').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

test('a mailbox is tried in plain words before it is kept', async ({ browser, desk }) => {
  const { page, context } = await person(browser, desk, { login: 'admin' })
  await page.goto(`${desk.address}/mailboxes`)
  await page.getByRole('button', { name: '添加邮箱' }).first().click()
  await page.getByLabel('邮箱地址').fill(address)
  await page.getByLabel('发件人名称').fill('澄光软件服务台')
  await page.locator('.bj-cards label', { hasText: '腾讯企业邮' }).click()
  const incoming = panel(page, '收信')
  await expect(incoming.getByLabel('主机')).toHaveValue('imap.exmail.qq.com')
  await expect(incoming.getByLabel('用户名')).toHaveValue(address)
  await page.locator('.bj-cards label', { hasText: '其他' }).click()
  await incoming.getByLabel('主机').fill('127.0.0.1')
  await incoming.getByLabel('端口').fill('1')
  await incoming.getByLabel('密码或授权码').fill('geheim-und-lang')
  await panel(page, '发信').getByLabel('从这个邮箱发信').click()
  await page.getByRole('button', { name: '试一试' }).click()
  const step = page.locator('.bj-trial-steps li').last()
  await expect(step).toContainText('服务器不允许连接这个地址')
  await incoming.getByText('不收取', { exact: true }).click()
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.locator('.bj-table')).toContainText(address)
  await expect(page.locator('.bj-table')).toContainText('只接收管道或接口交来的信')
  await page.getByRole('link', { name: address }).click()
  await panel(page, '收信').getByText('IMAP', { exact: true }).click()
  const secret = panel(page, '收信').getByLabel('密码或授权码')
  await expect(secret).toHaveValue('')
  await expect(secret).toHaveAttribute('placeholder', '已设置')
  await context.close()
})

test('who leaves a mailbox with changes is asked first', async ({ browser, desk }) => {
  const { page, context } = await person(browser, desk, { login: 'admin' })
  await page.goto(`${desk.address}/mailboxes`)
  await page.getByRole('link', { name: address }).click()
  const name = page.getByLabel('发件人名称')
  await expect(name).toHaveValue('澄光软件服务台')
  await name.fill('另一个名称')
  await page.goBack()
  const asked = page.getByRole('dialog', { name: '不保存就离开吗？' })
  await expect(asked).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await asked.getByRole('button', { name: '留在本页' }).click()
  await expect(name).toHaveValue('另一个名称')
  await page.goBack()
  await asked.getByRole('button', { name: '离开', exact: true }).click()
  await expect(page).toHaveURL(/\/mailboxes$/)
  await page.getByRole('link', { name: address }).click()
  await expect(name).toHaveValue('澄光软件服务台')
  await page.goBack()
  await expect(page, 'nothing was changed').toHaveURL(/\/mailboxes$/)
  await context.close()
})

test('what the server refuses of a mailbox is told beside the field', async ({ browser, desk }) => {
  const { page, context } = await person(browser, desk, { login: 'admin' })
  await page.goto(`${desk.address}/mailboxes/new`)
  await page.getByLabel('邮箱地址').fill('zweite@chengguang.example')
  await page.getByLabel('发件人名称').fill('第二个')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.locator('.bj-banner[data-tone="danger"]')).toBeVisible()
  await expect(panel(page, '收信').locator('.bj-input-problem')).toHaveText('必填')
  await context.close()
})

test('a mailbox signs what leaves and says what goes into the DNS', async ({ browser, desk }, info) => {
  const api = await desk.api('admin')
  const server = { port: 465, security: 'tls', log_in: 'none', user: '' }
  const made = await api.ask('POST', '/mailboxes', {
    address: 'signed@chengguang.example',
    sender_name: '签名的',
    incoming: {
      ...server,
      ...{ protocol: 'none', host: '', folder: '', afterwards: 'mark_seen', move_to: '' },
      every_seconds: 60,
    },
    outgoing: { ...server, host: 'smtp.chengguang.example' },
  })
  const mailbox = made.id
  const { page, context } = await person(browser, desk, { login: 'admin' })
  await page.goto(`${desk.address}/mailboxes/${mailbox}`)
  const signing = panel(page, '发信签名（DKIM）')
  await signing.getByLabel('选择器').fill('a_b')
  await signing.getByRole('button', { name: '生成密钥并开始签名' }).click()
  await expect(signing.locator('.bj-input-problem')).toContainText('连字符')
  await signing.getByLabel('选择器').fill('desk')
  await signing.getByRole('button', { name: '生成密钥并开始签名' }).click()
  await expect(signing).toContainText('desk._domainkey.')
  await expect(signing).toContainText('v=DKIM1; k=rsa; p=')
  await signing.scrollIntoViewIfNeeded()
  await page.screenshot({ path: info.outputPath('signing.png') })
  await signing.getByRole('button', { name: '停止签名' }).click()
  await expect(signing.getByLabel('选择器')).toBeVisible()
  await context.close()
})

test('a mail becomes a ticket before the eyes of the desk', async ({ browser, desk }) => {
  const api = await desk.api('admin')
  const agent = await person(browser, desk, { login: 'zhiban' })
  await agent.page.goto(`${desk.address}/tickets?state=received`)
  await expect(agent.page.locator('.bj-queue')).toBeVisible()
  const subject = '打印机不出纸'
  const from = '张工 <zhang@county.example>'
  const id = await api.handIn(letter({ from, subject, body: '早上开始不出纸。' }))
  await expect(agent.page.locator('.bj-queue').getByText(subject)).toBeVisible()
  const mail = await settled(api, id)
  await agent.page.goto(`${desk.address}/tickets/${mail.ticket}`)
  const said = agent.page.frameLocator('.bj-said iframe').first()
  await expect(said.locator('body')).toContainText('早上开始不出纸')
  await agent.page.getByRole('link', { name: '查看原信' }).click()
  await expect(agent.page.locator('.bj-page h1')).toHaveText(subject)
  await expect(agent.page.locator('.bj-headers')).toContainText('这封信的编号')
  await expect(agent.page.locator('.bj-headers')).toContainText('@county.example>')
  await agent.context.close()
})

const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

function hostile(): string {
  const html = [
    '<p onclick="alert(1)">请看截图：<img src="cid:shot@x" alt="截图"></p>',
    '<script>document.title = "mine"</script>',
    '<img src="http://track.example/seen.gif"><img src="cid:file-1" alt="别人的">',
    `<blockquote>${'以前说过的话。'.repeat(40)}</blockquote>`,
  ].join('')
  return [
    '--edge',
    'Content-Type: text/html; charset=utf-8',
    '',
    html,
    '--edge',
    'Content-Type: image/png; name="shot.png"',
    'Content-ID: <shot@x>',
    'Content-Disposition: inline; filename="shot.png"',
    'Content-Transfer-Encoding: base64',
    '',
    dot,
    '--edge--',
    '',
  ].join('\n')
}

test('a doubtful HTML mail is shown safe, with its doubts', async ({ browser, desk }) => {
  const api = await desk.api('admin')
  const id = await api.handIn(
    letter({
      from: '银行 <bank@bank.example>',
      subject: '请尽快核对',
      type: 'multipart/related; boundary="edge"',
      headers: [
        'Reply-To: someone@elsewhere.example',
        'Cc: Li <li@county.example>',
        'In-Reply-To: <bj-1-forged@chengguang.example>',
        'X-Mailer: Strange',
      ],
      body: hostile(),
    }),
  )
  const mail = await settled(api, id)
  expect(mail.state).toBe('delivered')
  const { page, context } = await person(browser, desk, { login: 'zhiban' })
  const heard = listen(page, desk)
  await page.goto(`${desk.address}/tickets/${mail.ticket}`)
  const image = page.frameLocator('.bj-said iframe').first().locator('img[alt="截图"]')
  const width = () => image.evaluate((one) => (one as HTMLImageElement).naturalWidth)
  await expect.poll(width).toBe(1)
  const people = page.locator('.bj-participant', { hasText: 'li@county.example' })
  await people.getByRole('button', { name: '允许' }).click()
  await expect(people.getByRole('button', { name: '允许' })).toHaveCount(0)
  await page.getByRole('button', { name: '添加参与者' }).click()
  await page.getByLabel('邮箱地址').fill('wang@county.example')
  await page.locator('.bj-participant-add button[type="submit"]').click()
  await expect(page.locator('.bj-participant', { hasText: 'wang@county.example' })).toBeVisible()
  await page.getByRole('link', { name: '查看完整来信' }).click()
  await expect(page.locator('.bj-letter-doubts')).toContainText('someone@elsewhere.example')
  await expect(page.locator('.bj-letter-parts')).toContainText('正文图片')
  const whole = page.frameLocator('.bj-letter iframe')
  await expect(whole.locator('body')).toContainText('以前说过的话')
  const shown = whole.locator('img[alt="截图"]')
  await expect
    .poll(() => shown.evaluate((one) => (one as HTMLImageElement).naturalWidth))
    .toBe(1)
  await expect(page).toHaveTitle(/请尽快核对/)
  expect(await barriers(page)).toEqual([])
  expect(heard).toEqual([])
  await context.close()
})

async function holdStrangers(api: Api) {
  const { items } = await api.ask('GET', '/mailboxes')
  await api.ask('PATCH', `/mailboxes/${items[0].id}`, { strangers: 'held' })
}

test('a held mail waits until somebody decides', async ({ browser, desk }) => {
  const api = await desk.api('admin')
  await holdStrangers(api)
  const { page, context } = await person(browser, desk, { login: 'admin' })
  await page.goto(`${desk.address}/incoming-mails`)
  await expect(page.locator('.bj-state')).toContainText('没有待处理的来信')
  const from = '陌生人 <who@stranger.example>'
  const first = await api.handIn(letter({ from, subject: '合作意向', body: '您好' }))
  const second = await api.handIn(letter({ from, subject: '又一封广告', body: '买' }))
  const row = (text: string) => page.locator('.bj-table tbody tr', { hasText: text })
  await expect(row('合作意向')).toContainText('陌生发件人')
  await row('合作意向').getByRole('button', { name: '另建服务单' }).click()
  await expect(row('合作意向')).toHaveCount(0)
  expect((await settled(api, first)).ticket_number).toBeTruthy()
  await row('又一封广告').getByRole('button', { name: '拒收' }).click()
  await expect(row('又一封广告')).toHaveCount(0)
  expect((await settled(api, second)).reason).toBe('decided')
  await page.getByRole('tab', { name: '拒收' }).click()
  await expect(row('又一封广告')).toContainText('已人工拒收')
  await context.close()
})

test('a text is seen as a mail while it is written', async ({ browser, desk }) => {
  const { page, context } = await person(browser, desk, { login: 'admin' })
  await page.goto(`${desk.address}/mail-templates?kind=confirm`)
  const chinese = panel(page, '中文')
  const paper = chinese.frameLocator('iframe')
  await expect(paper.locator('body')).toContainText('李主任')
  await expect(paper.locator('a')).toHaveAttribute('href', /\/portal\/follow$/)
  await expect(chinese.getByRole('button', { name: '保存' })).toBeDisabled()
  await chinese.getByLabel('主题').fill('{{organisation.name}}请您确认 {{ticket.numbr}}')
  await expect(chinese.locator('.bj-mail-paper strong')).toContainText('澄光软件请您确认')
  await chinese.getByLabel('主题').fill('请您确认 {{ticket.number}}')
  await chinese.getByRole('textbox', { name: '正文' }).click()
  await page.keyboard.type('新的一句。')
  await chinese.getByRole('button', { name: '服务热线' }).click()
  await expect(paper.locator('body')).toContainText('400-555-0188')
  await chinese.getByRole('button', { name: '保存' }).click()
  await expect(page.locator('body')).toContainText('已保存')
  await chinese.getByRole('button', { name: '恢复原文' }).click()
  await expect(chinese.getByLabel('主题')).toHaveValue(/^问题解决了吗/)
  await page.keyboard.press('Control+z')
  await expect(chinese.getByLabel('主题')).toHaveValue('请您确认 {{ticket.number}}')
  await context.close()
})

test('rules are written and put in order', async ({ browser, desk }) => {
  const { page, context } = await person(browser, desk, { login: 'admin' })
  await page.goto(`${desk.address}/mail-rules`)
  for (const [name, subject] of [
    ['监控告警', '告警'],
    ['发票', '发票'],
  ] as const) {
    await page.getByRole('button', { name: '添加规则' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('名称').fill(name)
    await dialog.getByLabel('主题含').fill(subject)
    await dialog.locator('button[type="submit"]').click()
    await expect(page.locator('.bj-table')).toContainText(`主题含「${subject}」`)
  }
  const first = page.locator('.bj-table tbody tr').first()
  await expect(first).toContainText('监控告警')
  await page.getByRole('button', { name: '把「发票」上移' }).click()
  await expect(first).toContainText('发票')
  await page.getByRole('button', { name: '发票', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
  await expect(first).toContainText('监控告警')
  await context.close()
})

const pages = [
  '/mailboxes',
  '/mailboxes/1',
  '/incoming-mails?state=all',
  '/incoming-mails/2',
  '/outgoing-mails',
  '/mail-rules',
  '/mail-templates',
]

async function lookAt(page: Page, desk: Desk): Promise<string[]> {
  const found: string[] = []
  for (const path of pages) {
    await page.goto(`${desk.address}${path}`)
    await expect(page.locator('#main h1')).toBeVisible()
    await page.waitForLoadState('networkidle')
    found.push(...(await barriers(page)).map((barrier) => `${path} ${barrier}`))
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    if (wide > (page.viewportSize()?.width ?? 0)) found.push(`${path} is ${wide} pixels wide`)
  }
  return found
}

for (const look of [{}, { dark: true }, { phone: true }, { phone: true, dark: true }]) {
  test(`mail has no barriers ${JSON.stringify(look)}`, async ({ browser, desk }) => {
    test.setTimeout(120_000)
    const { page, context } = await person(browser, desk, { login: 'admin', ...look })
    const heard = listen(page, desk)
    expect(await lookAt(page, desk)).toEqual([])
    expect(heard).toEqual([])
    await context.close()
  })
}
