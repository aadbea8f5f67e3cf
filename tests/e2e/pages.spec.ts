// Every main page, in both languages, light and dark, on a screen and a phone: it opens without an
// error, keeps to the security policy, asks no other host, and axe finds nothing serious. The
// pictures are kept.
import type { Page } from '@playwright/test'
import { barriers, expect, listen, password, speak, test } from './desk'

const agentPages = [
  '/tickets',
  '/tickets/imports',
  '/tickets/new',
  '/customers',
  '/customers/1',
  '/customers/1?tab=story',
  '/customers/duplicates',
  '/customers/imports',
  '/contacts',
  '/contacts/1',
  '/products',
  '/products/1',
  '/assets',
  '/users',
  '/teams',
  '/roles',
  '/access',
  '/service-types',
  '/workflows',
  '/workflows/1',
  '/categories',
  '/priorities',
  '/custom-fields',
  '/canned-replies',
  '/mailboxes',
  '/mailboxes/new',
  '/incoming-mails',
  '/outgoing-mails',
  '/mail-rules',
  '/mail-templates',
  '/audit',
  '/system',
  '/organisation',
  '/welcome',
  '/me',
  '/me/notices',
]
const portalPages = ['/portal/', '/portal/requests', '/portal/requests/new', '/portal/products']

const looks = [
  { name: 'zh light', dark: false, locale: 'zh-CN' },
  { name: 'en dark phone', dark: true, locale: 'en', phone: true },
] as const

test.afterAll(async ({ desk }) => {
  for (const login of ['admin', 'kehu']) await speak(desk, login, 'zh-CN')
})

async function problemsOf(page: Page): Promise<string[]> {
  const found = await barriers(page)
  if ((await page.locator('.bj-state[data-kind="failed"]').count()) > 0) found.push('it failed')
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  if (wide > (page.viewportSize()?.width ?? 0)) found.push(`it is ${wide} pixels wide`)
  // Parts of a page scroll by themselves: what is cut off there does not make the page wider.
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll('.bj-page-head *')]
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
      .map((one) => one.textContent),
  )
  if (cut.length > 0) found.push(`cut off: ${cut.join(', ')}`)
  // A text that is missing shows its key.
  const keys = await page.evaluate(() =>
    [...document.querySelectorAll('h1, h2, h3, th, label, legend, button, a')]
      .map((one) => one.textContent?.trim() ?? '')
      .filter((text) => /^[a-z_]+(\.[a-z_]+){2,}$/.test(text)),
  )
  if (keys.length > 0) found.push(`no text: ${keys.join(', ')}`)
  return found
}

for (const look of looks) {
  for (const { login, pages } of [
    { login: 'admin', pages: agentPages },
    { login: 'kehu', pages: portalPages },
  ]) {
    test(`every page of ${login}, ${look.name}`, async ({ browser, desk }, info) => {
      test.setTimeout(240_000)
      await speak(desk, login, look.locale)
      const context = await browser.newContext({
        viewport: 'phone' in look ? { width: 390, height: 844 } : { width: 1440, height: 900 },
        colorScheme: look.dark ? 'dark' : 'light',
        locale: look.locale,
      })
      const page = await context.newPage()
      const heard = listen(page, desk)
      await page.goto(`${desk.address}${login === 'kehu' ? '/portal' : ''}/sign-in`)
      expect(await barriers(page)).toEqual([])
      await page.locator('input[autocomplete="username"]').fill(login)
      await page.locator('input[type="password"]').fill(password)
      await page.keyboard.press('Enter')
      await expect(page.locator('#main')).toBeVisible()
      const wrong: string[] = []
      for (const path of pages) {
        await page.goto(`${desk.address}${path}`)
        await expect(page.locator('#main h1').first()).toBeVisible()
        await page.waitForLoadState('networkidle')
        const name = `${login} ${look.name} ${path.replaceAll('/', '_')}.png`
        await page.screenshot({ path: info.outputPath(name) })
        for (const problem of await problemsOf(page)) wrong.push(`${path}: ${problem}`)
      }
      expect(wrong).toEqual([])
      expect(heard).toEqual([])
      await context.close()
    })
  }
}
