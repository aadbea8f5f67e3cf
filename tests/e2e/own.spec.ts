// What one sets for oneself: a token for a program, seen once, used, revoked. SEC-1.
import { barriers, expect, listen, person, signIn, test } from './desk'

test('a token of one’s own is issued, works, and is revoked', async ({ page, desk }, info) => {
  const heard = listen(page, desk)
  await signIn(page, desk, 'zhiban', '/me')
  const tokens = page.getByRole('region', { name: 'API 令牌' })
  await tokens.getByRole('button', { name: '新建令牌' }).click()
  const dialog = page.getByRole('dialog')
  expect(await barriers(page)).toEqual([])
  await page.screenshot({ path: info.outputPath('new-token.png') })
  await dialog.getByLabel('名称').fill('夜间报表')
  // One that may do nothing is none.
  await dialog.getByRole('button', { name: '生成' }).click()
  await expect(dialog.getByRole('alert')).toContainText('必填')
  await dialog.locator('label', { hasText: '30 天' }).click()
  await dialog.getByLabel('查看服务单').check()
  await expect(dialog.getByLabel('导出事件日志'), 'only what one may do').toHaveCount(0)
  await dialog.getByRole('button', { name: '生成' }).click()
  const secret = await page.getByLabel('新令牌').last().inputValue()
  expect(secret).toMatch(/^bj_/)
  expect(await barriers(page)).toEqual([])
  await page.screenshot({ path: info.outputPath('issued.png') })
  await page.getByRole('button', { name: '已保存好' }).click()
  await expect(tokens.locator('li', { hasText: '夜间报表' })).toContainText('查看服务单')
  await expect(page.locator('body')).not.toContainText(secret)

  const ask = (path: string) =>
    fetch(`${desk.address}/api/v1${path}`, { headers: { Authorization: `Bearer ${secret}` } })
  expect((await ask('/tickets?limit=1')).status).toBe(200)
  expect((await ask('/customers?limit=1')).status).toBe(403)
  await tokens.getByRole('button', { name: '作废令牌「夜间报表」' }).click()
  await expect(page.getByText('令牌「夜间报表」已作废')).toBeVisible()
  await expect(tokens.locator('li')).toHaveCount(0)
  expect((await ask('/tickets?limit=1')).status).toBe(401)
  expect(heard).toEqual([])
})

for (const look of [{ phone: true }, { phone: true, dark: true }, { dark: true }]) {
  test(`one’s own settings have no barriers ${JSON.stringify(look)}`, async ({ browser, desk }) => {
    const { page, context } = await person(browser, desk, { login: 'paigong.hd', ...look })
    await page.goto(`${desk.address}/me`)
    await page.getByRole('button', { name: '新建令牌' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await context.close()
  })
}
