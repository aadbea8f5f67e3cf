// An administrator changes a workflow and a customer in the web, and others see it live. TKT-2,
// TKT-3, PLT-1.
import { expect, person, test } from './desk'

test('a state gets another name, and whoever looks at a ticket sees it', async ({ browser, desk }) => {
  const admin = await person(browser, desk, { login: 'admin' })
  const flows = await (await desk.api('admin')).ask('GET', '/workflows')
  const main = flows.items.find((flow: { key: string }) => flow.key === 'main')
  await admin.page.goto(`${desk.address}/workflows/${main.id}`)
  await admin.page.locator('.bj-graph-node', { hasText: '已接收' }).click()
  await admin.page.getByRole('dialog').getByLabel('中文名称').first().fill('已登记')
  await admin.page.getByRole('dialog').locator('button[type="submit"]').click()
  await admin.page.getByRole('button', { name: '保存' }).click()
  await expect(admin.page.locator('body')).toContainText('流程已保存')
  const agent = await person(browser, desk, { login: 'zhiban' })
  await agent.page.goto(`${desk.address}/tickets?state=received`)
  await expect(agent.page.locator('.bj-wide:not(.bj-wide-head)').first()).toContainText('已登记')
  await admin.context.close()
  await agent.context.close()
})

test('a workflow that does not hold together is refused with the reason', async ({ browser, desk }) => {
  const { page, context } = await person(browser, desk, { login: 'admin' })
  const flows = await (await desk.api('admin')).ask('GET', '/workflows')
  await page.goto(`${desk.address}/workflows/${flows.items[0].id}`)
  await page.locator('.bj-graph-node', { hasText: '已关闭' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.locator('.bj-banner[data-tone="danger"]')).toBeVisible()
  await context.close()
})

test('what one changes in a customer another sees at once', async ({ browser, desk }) => {
  const editor = await person(browser, desk, { login: 'zhiban2' })
  const agent = await person(browser, desk, { login: 'zhiban' })
  await agent.page.goto(`${desk.address}/customers/2`)
  await expect(agent.page.locator('#main h1')).toBeVisible()
  await editor.page.goto(`${desk.address}/customers/2`)
  await editor.page.getByRole('button', { name: '编辑' }).click()
  await editor.page.getByRole('dialog').getByLabel('单位名称').fill('改了名字的公司')
  await editor.page.getByRole('dialog').locator('button[type="submit"]').click()
  await expect(agent.page.locator('#main h1')).toHaveText('改了名字的公司')
  await editor.context.close()
  await agent.context.close()
})

test('a right taken away in the matrix is gone, and comes back with undo', async ({ browser, desk }) => {
  const { page, context } = await person(browser, desk, { login: 'admin' })
  await page.goto(`${desk.address}/roles`)
  const box = page.getByLabel('服务监督员: tickets.read')
  await expect(box).toBeChecked()
  await box.click()
  await expect(box).not.toBeChecked()
  await page.keyboard.press('Control+z')
  await expect(box).toBeChecked()
  await context.close()
})
