// Mail with a mail server: what the desk sends is followed to where it arrives or comes back, answers
// of others wait for a decision on their ticket, and a mailbox that fails is announced. INT-4; R15.
import { test as base } from '@playwright/test'
import { barriers, Desk, expect, listen, person } from './desk'
import { address, letter, PostOffice, settled } from './letters'

const test = base.extend<object, { desk: Desk; post: PostOffice }>({
  desk: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from here
    async ({}, use) => {
      const desk = await Desk.start(['--tickets', '20'], 'outgoing_allow = ["127.0.0.1"]\n')
      await use(desk)
      await desk.stop()
    },
    { scope: 'worker' },
  ],
  post: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from here
    async ({}, use) => {
      const post = await PostOffice.open()
      await use(post)
      post.close()
    },
    { scope: 'worker' },
  ],
})
test.describe.configure({ mode: 'serial' })

const zhang = 'zhang@county.example'
let ticket = 0

function mailbox(name: string, incoming: object, outgoing: object) {
  return {
    address: name,
    sender_name: '澄光软件服务台',
    incoming: {
      protocol: 'none',
      host: '',
      port: 993,
      security: 'none',
      log_in: 'password',
      user: name,
      folder: '',
      afterwards: 'keep',
      move_to: '',
      every_seconds: 30,
      ...incoming,
    },
    outgoing: { host: '', port: 25, security: 'none', log_in: 'none', user: '', ...outgoing },
  }
}

test('a reply leaves, and its ticket shows that it did', async ({ browser, desk, post }) => {
  const api = await desk.api('admin')
  await api.ask('POST', '/mailboxes', mailbox(address, {}, { host: '127.0.0.1', port: post.port }))
  // Nobody listens there: somebody has to be told, which takes a minute.
  const dead = mailbox('dead@chengguang.example', { protocol: 'imap', host: '127.0.0.1', port: 1 }, {})
  await api.ask('POST', '/mailboxes', dead)
  const id = await api.handIn(letter({ from: `张工 <${zhang}>`, subject: '不出纸', body: '请看。' }))
  ticket = (await settled(api, id)).ticket
  const receipt = await post.sentTo(zhang)
  expect(receipt.message).toContain('Auto-Submitted: auto-replied')
  const { page, context } = await person(browser, desk, { login: 'zhiban' })
  const heard = listen(page, desk)
  await page.goto(`${desk.address}/tickets/${ticket}`)
  const agent = await desk.api('zhiban')
  const body = { kind: 'reply', body: '<p>请检查纸盒。</p>', undo_seconds: 0 }
  await agent.ask('POST', `/tickets/${ticket}/messages`, body)
  await post.sentTo(zhang, 2)
  await expect(page.locator('.bj-delivery[data-state="sent"]').last()).toContainText('邮件已发出')
  expect(heard).toEqual([])
  await context.close()
})

test('who does not take part waits on the ticket for a decision', async ({
  browser,
  desk,
  post,
}) => {
  const api = await desk.api('admin')
  const reply = await post.sentTo(zhang, 2)
  const others = (from: string, body: string) =>
    letter({ from, subject: 'Re: 不出纸', headers: [`In-Reply-To: ${reply.id}`], body })
  const { page, context } = await person(browser, desk, { login: 'zhiban' })
  await page.goto(`${desk.address}/tickets/${ticket}`)
  const colleague = await api.handIn(others('小李 <li@county.example>', '我这里也一样。'))
  expect((await settled(api, colleague)).state).toBe('held')
  const held = page.locator('.bj-banner').filter({ hasText: 'li@county.example' })
  await expect(held).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await held.getByRole('button', { name: '放行' }).click()
  await expect(held).toHaveCount(0)
  const said = page.frameLocator('.bj-said iframe').last()
  await expect(said.locator('body')).toContainText('我这里也一样')
  const stranger = await api.handIn(others('卖家 <sell@spam.example>', '便宜纸张。'))
  await settled(api, stranger)
  const spam = page.locator('.bj-banner').filter({ hasText: 'sell@spam.example' })
  await spam.getByRole('button', { name: '拒收' }).click()
  await expect(spam).toHaveCount(0)
  expect((await settled(api, stranger)).state).toBe('refused')
  await context.close()
})

// What a mail server writes when it could not deliver.
function bounceOf(id: string, recipient: string): string {
  const parts = [
    ['text/plain', 'The address does not exist.'],
    [
      'message/delivery-status',
      'Reporting-MTA: dns; mx.county.example',
      '',
      `Final-Recipient: rfc822; ${recipient}`,
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
    ],
    ['text/rfc822-headers', `Message-ID: ${id}`],
  ]
  return letter({
    from: 'Mail Delivery System <MAILER-DAEMON@county.example>',
    subject: 'Undelivered Mail Returned to Sender',
    type: 'multipart/report; report-type=delivery-status; boundary="edge"',
    headers: ['Return-Path: <>', 'Auto-Submitted: auto-replied'],
    body: [
      ...parts.flatMap(([type, ...lines]) => ['--edge', `Content-Type: ${type}`, '', ...lines, '']),
      '--edge--',
      '',
    ].join('\n'),
  })
}

test('what comes back marks its address until somebody clears it', async ({
  browser,
  desk,
  post,
}) => {
  const api = await desk.api('admin')
  const reply = await post.sentTo(zhang, 2)
  const { page, context } = await person(browser, desk, { login: 'admin' })
  await page.goto(`${desk.address}/tickets/${ticket}`)
  await expect(page.locator('.bj-delivery').first()).toBeVisible()
  await settled(api, await api.handIn(bounceOf(reply.id, zhang)))
  await expect(page.locator('.bj-delivery[data-state="bounced"]')).toBeVisible()
  const { contact } = await api.ask('GET', `/tickets/${ticket}`)
  await page.goto(`${desk.address}/contacts/${contact}`)
  const dead = page.locator('.bj-banner').filter({ has: page.locator('.bj-dead-address') })
  await expect(dead).toContainText(zhang)
  expect(await barriers(page)).toEqual([])
  await dead.getByRole('button').click()
  await expect(dead).toHaveCount(0)
  await context.close()
})

test('who looks after mailboxes is told that one fails', async ({ browser, desk }) => {
  test.setTimeout(180_000)
  const { page, context } = await person(browser, desk, { login: 'admin' })
  await page.goto(`${desk.address}/notices`)
  const notice = page.locator('#main .bj-notice').filter({ hasText: '邮箱无法收发邮件' })
  await expect(notice).toContainText('dead@chengguang.example', { timeout: 150_000 })
  expect(await barriers(page)).toEqual([])
  await notice.locator('.bj-notice-link').click()
  await expect(page.locator('#main h1')).toHaveText('dead@chengguang.example')
  await expect(page.locator('.bj-mail-health')).toContainText('收信故障')
  expect(await barriers(page)).toEqual([])
  await context.close()
})
