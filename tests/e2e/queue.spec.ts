// The queue: by keyboard, with filters in the address, in bulk and taken back. PLT-4.
import { expect, signIn, test } from './desk'

test('one goes through the queue with J, K and Enter, and comes back to the same place', async ({
  page,
  desk,
}) => {
  await signIn(page, desk, 'zhiban', '/tickets')
  await expect(page.locator('.bj-row').first()).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  const current = page.locator('.bj-row[data-current] .bj-row-title')
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
  await expect(page.locator('.bj-row').first()).toBeVisible()
})

test('several tickets are tagged at once, and all of it is undone', async ({ page, desk }) => {
  await signIn(page, desk, 'zhiban', '/tickets')
  await expect(page.locator('.bj-row').first()).toBeVisible()
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
