// The queue: by keyboard, with filters in the address, in bulk and taken back. PLT-4.
import { barriers, expect, signIn, test } from './desk'

test('one goes through the queue with J, K and Enter, and comes back to the same place', async ({
  page,
  desk,
}) => {
  await signIn(page, desk, 'zhiban', '/tickets')
  await expect(page.locator('.bj-row-title').first()).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  const current = page.locator('[data-current] .bj-row-title')
  const subject = (await current.textContent()) ?? ''
  await page.keyboard.press('Enter')
  await expect(page.locator('.bj-ticket-title')).toContainText(subject)
  await page.goBack()
  await expect(page.locator('.bj-ticket-title')).toHaveCount(0)
  await expect(current).toHaveText(subject)
})

test('a filter stands in the address and can be dropped', async ({ page, desk }) => {
  await signIn(page, desk, 'zhiban', '/tickets?priority=P1')
  await expect(page.locator('.bj-chip')).toContainText('紧急')
  await expect(page.locator('.bj-group')).toHaveCount(1)
  await page.getByRole('button', { name: '移除筛选「优先级」' }).click()
  await expect(page).not.toHaveURL(/priority/)
  await page.goto(`${desk.address}/tickets?tag=no-such-tag`)
  await page.getByRole('button', { name: '去掉最后一个条件' }).click()
  await expect(page.locator('.bj-row-title').first()).toBeVisible()
})

test('several tickets are tagged at once, and all of it is undone', async ({ page, desk }) => {
  await signIn(page, desk, 'zhiban', '/tickets')
  await expect(page.locator('.bj-row-title').first()).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+J')
  await expect(page.locator('.bj-bulk')).toContainText('已选 2')
  await page.keyboard.press('l')
  await page.getByRole('dialog').getByLabel('标签').fill('一起处理')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText('完成 2 张')
  await page.getByRole('button', { name: '全部撤销' }).click()
  await expect(page.getByRole('dialog')).toContainText('已全部撤销')
})

test('a question that is asked again and again is kept as a view', async ({ page, desk }) => {
  await signIn(page, desk, 'zhiban', '/tickets?priority=P2')
  await page.getByRole('button', { name: '保存为视图' }).click()
  await page.getByRole('dialog').getByLabel('视图名称').fill('高优先级')
  await page.getByRole('dialog').getByRole('button', { name: '新建视图' }).click()
  await expect(page).toHaveURL(/view=\d+/)
  await expect(page.locator('.bj-side')).toContainText('高优先级')
})

test('what is read later comes below, and a folded group stays folded', async ({ page, desk }) => {
  await signIn(page, desk, 'zhiban', '/tickets?group=state')
  const heads = page.locator('.bj-virtual-item .bj-group')
  await expect(heads.first()).toBeVisible()
  const before = await page.locator('.bj-row-title').count()
  await heads.first().click()
  await expect(heads.first()).toHaveAttribute('aria-expanded', 'false')
  expect(await page.locator('.bj-row-title').count()).toBeLessThanOrEqual(before)
})

test('everybody has his own columns, sorts by their heads, and finds both again', async ({
  page,
  desk,
}) => {
  await signIn(page, desk, 'zhiban', '/tickets')
  const head = page.locator('.bj-wide-head')
  await expect(head).toContainText('负责人')
  await page.getByRole('button', { name: '显示的列' }).click()
  await page.getByRole('checkbox', { name: '渠道' }).check()
  await page.getByRole('checkbox', { name: '负责人' }).uncheck()
  await page.keyboard.press('Escape')
  await expect(head).toContainText('渠道')
  await head.getByRole('button', { name: '更新' }).click()
  await expect(page).toHaveURL(/sort=-updated_at/)
  await expect(head.getByRole('button', { name: '更新，降序' })).toBeVisible()
  await head.getByRole('button', { name: '更新，降序' }).click()
  await expect(page).toHaveURL(/sort=updated_at/)
  expect(await barriers(page)).toEqual([])
  await page.reload()
  await expect(head).toContainText('渠道')
  await expect(head).not.toContainText('负责人')
  await page.getByRole('button', { name: '显示的列' }).click()
  await page.getByRole('button', { name: '恢复默认' }).click()
  await expect(head).toContainText('负责人')
})

test('views stand in the order one gives them, by keyboard and by dragging', async ({
  page,
  desk,
}) => {
  await signIn(page, desk, 'zhiban2', '/tickets')
  const views = page.locator('.bj-side-view')
  const names = async () => (await views.allTextContents()).map((one) => one.replace(/\d+$/, ''))
  await expect(views.nth(2)).toBeVisible()
  const [first = '', second = '', third = ''] = await names()
  await views.first().focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(names).toEqual(expect.arrayContaining([second, first, third]))
  await expect(views.nth(1)).toContainText(first)
  await expect(views.nth(1)).toBeFocused()
  await views.nth(2).dragTo(views.nth(0))
  await expect(views.nth(0)).toContainText(third)
  await page.reload()
  await expect(views.nth(0)).toContainText(third)
  await expect(views.nth(2)).toContainText(first)
})
