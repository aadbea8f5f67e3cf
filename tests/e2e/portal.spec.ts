// A customer on a phone: asks, is answered, says it is not solved, then that it is, and rates.
// INT-2, INT-8, TKT-10, CUS-5.
import { expect, listen, person, test } from './desk'

const subject = '手机上看不了附件'

test('a customer is served from the first word to the stars', async ({ browser, desk }) => {
  test.setTimeout(120_000)
  const { page, context } = await person(browser, desk, { login: 'kehu', phone: true })
  const heard = listen(page, desk)
  await page.goto(`${desk.address}/portal/requests/new`)
  await page.locator('.bj-cards label').first().click()
  await page.getByLabel('概述').fill(subject)
  await page.getByLabel('详细描述').fill('点开就是白的。\n电脑上正常。')
  await page
    .locator('input[type="file"][multiple]')
    .setInputFiles({ name: '白屏.txt', mimeType: 'text/plain', buffer: Buffer.from('什么也没有') })
  await expect(page.locator('.bj-file')).toContainText('白屏.txt')
  await page.getByRole('button', { name: '提交请求' }).click()
  await expect(page.locator('.bj-made-number')).toContainText(/\d{4}-\d{4}-\d{4}/)
  await page.getByRole('link', { name: '查看进展' }).click()
  await expect(page.locator('.bj-steps')).toContainText('已受理')
  const id = Number(page.url().split('/').at(-1))

  const api = await desk.api('zhiban')
  await api.ask('POST', `/tickets/${id}/messages`, {
    kind: 'reply',
    body: '<p>请问是哪款手机？</p>',
    undo_seconds: 0,
  })
  await expect(page.locator('.bj-chat')).toContainText('张', { useInnerText: false }).catch(() => 0)
  await expect(page.locator('.bj-chat-line:not([data-mine])')).toHaveCount(1)
  await page.getByLabel('回复', { exact: true }).fill('小米 14。')
  await page.getByRole('button', { name: '发送' }).click()
  await expect(page.locator('.bj-chat-line[data-mine]')).toHaveCount(2)

  const solve = async () => {
    const ticket = await api.ask('GET', `/tickets/${id}`)
    const flow = await api.ask('GET', `/workflows/${ticket.workflow}`)
    const solved = flow.states.find((state: { phase: string }) => state.phase === 'solved')
    await walkTo(api, id, solved.key)
  }
  await solve()
  await expect(page.getByText('问题解决了吗？')).toBeVisible()
  await page.getByRole('button', { name: '还没解决' }).click()
  await page.getByLabel('还有什么问题').fill('还是白的')
  await page.getByRole('button', { name: '请继续处理' }).click()
  await expect(page.getByText('问题解决了吗？')).toHaveCount(0)
  await solve()
  await page.getByRole('radio', { name: '非常满意' }).click()
  await page.getByRole('button', { name: '已解决' }).click()
  await expect(page.locator('.bj-steps')).toContainText('完成')
  expect((await api.ask('GET', `/tickets/${id}`)).rating).toBe(5)
  expect(heard).toEqual([])
  await context.close()
})

// Makes the moves that lead there, with whatever each of them needs.
// biome-ignore lint/suspicious/noExplicitAny: the answers are looked at as they come
async function walkTo(api: any, id: number, state: string): Promise<void> {
  const fields = {
    diagnosis: '附件预览用了旧接口',
    original_configuration: 'preview=v1',
    backup: '已备份',
    solution: '换成新接口',
    test_result: '小米 14 上正常',
    test_passed: true,
  }
  const me = await api.ask('GET', '/me')
  for (let step = 0; step < 12; step += 1) {
    const ticket = await api.ask('GET', `/tickets/${id}`)
    if (ticket.state === state) return
    const order = ['confirm', 'assign', 'respond', 'diagnose', 'resolve', 'verify', 'offer']
    const moves = ticket.transitions as { key: string; to: string }[]
    const next =
      moves.find((one) => one.to === state) ?? order.map((k) => moves.find((m) => m.key === k)).find(Boolean)
    if (!next) throw new Error(`no way on from ${ticket.state}: ${moves.map((m) => m.key)}`)
    await api.ask('POST', `/tickets/${id}/transitions`, {
      to: next.key,
      reason: '继续',
      fields: { ...fields, assignee: me.id },
    })
  }
  throw new Error(`did not get to ${state}`)
}

test('a customer says how he wants to be served, and the desk sees it', async ({ browser, desk }) => {
  const { page, context } = await person(browser, desk, { login: 'kehu', phone: true })
  await page.goto(`${desk.address}/portal/`)
  await page.locator('.bj-preferences').getByRole('button', { name: '修改' }).click()
  await page.getByRole('dialog').getByLabel('希望的称呼').fill('徐老师')
  await page.getByRole('dialog').locator('button[type="submit"]').click()
  await expect(page.locator('.bj-preferences')).toContainText('徐老师')
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
  await page.goto(`${desk.address}/portal/requests/${foreign?.id}`)
  await expect(page.getByText('没有找到')).toBeVisible()
  await context.close()
})

test('people without an account ask and follow by their link', async ({ page, desk }) => {
  const api = await desk.api('admin')
  const types = await api.ask('GET', '/service-types')
  const type = types.items.find((one: { key: string }) => one.key === 'consultation')
  await api.ask('PATCH', `/service-types/${type.id}`, { for_guests: true })
  await page.goto(`${desk.address}/portal/ask`)
  await page.locator('.bj-cards label').first().click()
  await page.getByLabel('您的姓名').fill('路人甲')
  await page.getByLabel('电话').fill('13900005678')
  await page.getByLabel('概述').fill('想试用')
  await page.getByLabel('详细描述').fill('五十人左右，怎么收费？')
  await page.getByRole('button', { name: '提交请求' }).click()
  await page.getByRole('link', { name: '查看进展' }).click()
  await expect(page.locator('.bj-chat')).toContainText('路人甲')
  await page.getByLabel('回复').fill('补充：下周要用。')
  await page.getByRole('button', { name: '发送' }).click()
  await expect(page.locator('.bj-chat-line')).toHaveCount(2)
})
