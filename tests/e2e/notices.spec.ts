// What one should know of: the bell rings by itself, and what was read is read everywhere. NOT-1.
import type { Page } from '@playwright/test'
import { type Api, barriers, type Desk, expect, listen, person, signIn, test } from './desk'

interface Ticket {
  id: number
  subject: string
}

const bell = (page: Page) => page.getByRole('button', { name: /^通知/ })

// A new ticket of the one who asks, given to somebody else.
async function given(from: Api, to: number, subject: string): Promise<Ticket> {
  const types = await from.ask('GET', '/service-types')
  const question = types.items.find((one: { key: string }) => one.key === 'consultation')
  const ticket = await from.ask('POST', '/tickets', {
    service_type: question.id,
    subject,
    body: '<p>x</p>',
  })
  await from.ask('POST', `/tickets/${ticket.id}/assignments`, { assignee: to })
  return { id: ticket.id, subject }
}

// Somebody for whom nothing is new yet.
async function rested(desk: Desk, login: string): Promise<{ api: Api; id: number }> {
  const api = await desk.api(login)
  const { newest } = await api.ask('GET', '/my/notices/count')
  if (newest) await api.ask('POST', '/my/notices/read', { notices: [], up_to: newest })
  const { id } = await api.ask('GET', '/me')
  return { api, id }
}

test('one gives a ticket to another, whose bell counts by itself until he has opened it', async ({
  page,
  desk,
  browser,
}) => {
  const agent = await rested(desk, 'zhiban')
  const dispatcher = await desk.api('paigong.hd')
  const heard = listen(page, desk)
  await signIn(page, desk, 'zhiban')
  await expect(page.locator('.bj-bell-count')).toHaveCount(0)

  const ticket = await given(dispatcher, agent.id, '七号机组水泵不转')
  await expect(page.locator('.bj-side .bj-bell-count')).toHaveText('1')
  await bell(page).click()
  const box = page.getByRole('dialog')
  await expect(box).toContainText('把服务单派给了你')
  await expect(box.locator('.bj-notice').first()).toContainText(ticket.subject)
  expect(await barriers(page)).toEqual([])

  await expect(box.locator('.bj-notice-link').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('.bj-ticket-title')).toContainText(ticket.subject)
  await expect(page.locator('.bj-bell-count')).toHaveCount(0)
  expect((await agent.api.ask('GET', '/my/notices/count')).unread).toBe(0)

  // Who stands before the ticket need not be told of what happens to it.
  await dispatcher.ask('POST', `/tickets/${ticket.id}/messages`, { kind: 'note', body: '<p>n</p>' })
  await expect
    .poll(async () => (await agent.api.ask('GET', '/my/notices')).items[0].kind)
    .toBe('watched_ticket_noted')
  await expect
    .poll(async () => (await agent.api.ask('GET', '/my/notices/count')).unread)
    .toBe(0)

  const phone = await person(browser, desk, { login: 'zhiban', phone: true })
  await expect(phone.page.locator('.bj-phone .bj-bell')).toBeVisible()
  await phone.context.close()
  expect(heard).toEqual([])
})

test('one goes through the notices by keyboard and marks all as read', async ({ page, desk }) => {
  const agent = await rested(desk, 'zhiban')
  const dispatcher = await desk.api('paigong.hd')
  await given(dispatcher, agent.id, '第一张')
  await given(dispatcher, agent.id, '第二张')
  await signIn(page, desk, 'zhiban')
  await expect(page.locator('.bj-side .bj-bell-count')).toHaveText('2')
  await page.keyboard.press('g')
  await page.keyboard.press('n')
  await expect(page).toHaveURL(/\/notices$/)
  const lines = page.locator('.bj-notice')
  await expect(lines.nth(0)).toContainText('第二张')
  await lines.nth(0).locator('.bj-notice-link').focus()
  await page.keyboard.press('j')
  await expect(lines.nth(1).locator('.bj-notice-link')).toBeFocused()
  await page.keyboard.press('e')
  await expect(page.locator('.bj-side .bj-bell-count')).toHaveText('1')
  await expect(lines.nth(1)).not.toHaveAttribute('data-unread')
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: '全部已读' }).click()
  await expect(page.locator('.bj-bell-count')).toHaveCount(0)
  await page.getByRole('radiogroup').getByText('未读', { exact: true }).click()
  await expect(page.getByText('没有未读通知')).toBeVisible()
})

test('one says what one wants to be told of', async ({ page, desk }) => {
  const agent = await rested(desk, 'zhiban')
  const dispatcher = await desk.api('paigong.hd')
  await signIn(page, desk, 'zhiban', '/me')
  await page.getByRole('link', { name: '选择要接收的通知' }).click()
  const assigned = page.getByRole('checkbox', { name: '派给我 站内' })
  await expect(assigned).toBeChecked()
  expect(await barriers(page)).toEqual([])
  await assigned.uncheck()
  await page.getByRole('checkbox', { name: '派给我 邮件' }).uncheck()
  await page.getByText('每天汇总').click()
  await page.getByLabel('每天几点').fill('09:15')
  await page.getByLabel('每天几点').blur()
  await expect
    .poll(async () => (await agent.api.ask('GET', '/my/notice-settings')).settings.daily_minute)
    .toBe(555)
  await page.reload()
  await expect(assigned).not.toBeChecked()
  await given(dispatcher, agent.id, '不必告诉我')
  const loud = await given(dispatcher, agent.id, '提到我才算')
  const note = { kind: 'note', body: '<p>n</p>', mentions: [agent.id] }
  await dispatcher.ask('POST', `/tickets/${loud.id}/messages`, note)
  await expect(page.locator('.bj-side .bj-bell-count')).toHaveText('1')
  const found = await agent.api.ask('GET', '/my/notices?unread=true')
  expect(found.items.map((one: { kind: string }) => one.kind)).toEqual(['mentioned'])
})
