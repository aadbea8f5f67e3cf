// Many customers come in from a file, lists leave as CSV, and a customer has a story. CUS-1, CUS-4.
import { readFile } from 'node:fs/promises'
import { barriers, expect, listen, signIn, test } from './desk'

const file = `name,phone,email_domain,region
东方导入测试一厂,021-55550001,import-one.example,
东方导入测试二厂,021-55550002,import-two.example,
,021-55550003,,
东方导入测试三厂,021-55550004,这不是域名,
`

test('customers come in from a file, after one has seen what is wrong with it', async ({
  page,
  desk,
}, info) => {
  const heard = listen(page, desk)
  await signIn(page, desk, 'admin', '/customers')
  await page.getByRole('button', { name: '导入' }).click()
  await expect(page.getByRole('heading', { name: '导入客户与联系人' })).toBeVisible()
  const choose = (content: string) =>
    page
      .locator('input[type="file"]')
      .setInputFiles({ name: '客户.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
  await choose('name,生日\nx,1\n')
  await expect(page.getByRole('alert')).toContainText('「生日」')
  await choose(file)
  await expect(page.getByText('共 4 行：2 行可以导入，2 行有误')).toBeVisible()
  await expect(page.getByRole('region', { name: '有误的行' })).toContainText('邮箱域名')
  expect(await barriers(page)).toEqual([])
  await page.screenshot({ path: info.outputPath('preview.png'), fullPage: true })
  await page.getByRole('button', { name: '导入 2 行' }).click()
  await expect(page.getByText('新增 2 个')).toBeVisible()
  // A second time both are known.
  await choose(file)
  await expect(page.getByText('2 行已经存在')).toBeVisible()
  await expect(page.getByRole('region', { name: '已经存在的行' })).toContainText(
    '东方导入测试一厂',
  )
  await page.locator('label', { hasText: '仍然新增' }).click()
  await expect(page.getByRole('button', { name: '导入 2 行' })).toBeVisible()
  await page.goto(`${desk.address}/customers?q=${encodeURIComponent('导入测试')}`)
  await expect(page.locator('tbody tr')).toHaveCount(2)
  expect(heard).toEqual([])
})

test('what a list shows leaves as CSV', async ({ page, desk }) => {
  await signIn(page, desk, 'admin', '/customers')
  for (const path of ['/customers', '/contacts', '/tickets?priority=P1']) {
    await page.goto(`${desk.address}${path}`)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出 CSV' }).click()
    const saved = await download
    expect(saved.suggestedFilename()).toMatch(/^(customers|contacts|tickets)-[\d-]+\.csv$/)
    const text = await readFile((await saved.path()) ?? '', 'utf8')
    expect(text.split('\n').length).toBeGreaterThan(2)
  }
})

test('a customer has a story, and a ticket others that may be about the same', async ({
  page,
  desk,
}, info) => {
  const api = await desk.api('zhiban')
  const tickets = (await api.ask('GET', '/tickets?limit=60')).items as {
    id: number
    customer: number
  }[]
  let found: (typeof tickets)[number] | undefined
  for (const one of tickets) {
    const { items } = await api.ask('GET', `/tickets/${one.id}/related`)
    if (items.length > 0) found ??= one
    if (found) break
  }
  if (!found) throw new Error('the demo has no tickets about the same')
  await signIn(page, desk, 'zhiban', `/tickets/${found.id}`)
  await expect(page.getByRole('heading', { name: '可能相关' })).toBeVisible()
  await page.goto(`${desk.address}/customers/${found.customer}?tab=story`)
  await expect(page.locator('.bj-record-list')).toContainText('登记了')
  expect(await barriers(page)).toEqual([])
  await page.screenshot({ path: info.outputPath('story.png'), fullPage: true })
})
