// Another desk's tickets come in from a file that is tried first. PLT-6.
import { barriers, expect, listen, signIn, test } from './desk'

const file = `external_id,subject,service_type,created_at,customer,contact_name
导入-1,导入试验：绘图仪偏移,fault,2024-03-05 09:30,导入试验机械厂,周试
导入-2,导入试验：怎么导出,consultation,2024-03-06,导入试验机械厂,周试
导入-3,,fault,2024-03-06,导入试验机械厂,
导入-4,导入试验：没有这种类型,horses,2024-03-06,,
`

test('tickets come in from a file, after one has seen what would come of it', async ({
  page,
  desk,
}, info) => {
  const heard = listen(page, desk)
  await signIn(page, desk, 'admin', '/tickets')
  await page.getByRole('button', { name: '导入服务单' }).click()
  await expect(page.getByRole('heading', { name: '导入服务单' })).toBeVisible()
  expect(await barriers(page)).toEqual([])
  const choose = (content: string) =>
    page
      .locator('input[type="file"]')
      .setInputFiles({ name: '旧系统.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
  await choose('subject,service_type,created_at,颜色\nx,fault,2024-01-01,红\n')
  await expect(page.getByRole('alert')).toContainText('「颜色」')
  await choose(file)
  await expect(page.getByText('将新建 2 张服务单，2 行有误')).toBeVisible()
  const wrong = page.getByRole('region', { name: '有误的行' })
  await expect(wrong).toContainText('没有这个服务类型')
  await expect(page.getByText('周试 · 导入试验机械厂')).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await page.screenshot({ path: info.outputPath('preview.png'), fullPage: true })
  await page.getByRole('button', { name: '导入 2 张服务单' }).click()
  await expect(page.getByText('已新建 2 张服务单')).toBeVisible()
  // The same file again: its lines are known.
  await choose(file)
  await expect(page.getByText('将新建 0 张服务单，2 行有误，2 行以前导入过')).toBeVisible()
  await expect(page.getByText('这个文件已经导入过一次')).toBeVisible()
  await expect(page.getByRole('button', { name: '导入 0 张服务单' })).toBeDisabled()
  expect(heard).toEqual([])
})

test('who may not import tickets sees no way to', async ({ page, desk }) => {
  await signIn(page, desk, 'zhiban', '/tickets')
  await expect(page.locator('.bj-queue-head')).toBeVisible()
  await expect(page.getByRole('button', { name: '导入服务单' })).toHaveCount(0)
})
