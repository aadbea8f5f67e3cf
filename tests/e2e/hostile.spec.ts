// X1, X3, X5: hostile texts come in through the API and are looked at in a real browser, with the
// security policy on and off: nothing runs, nobody outside is asked.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, password, test } from './desk'

const set = join(__dirname, '../../../shared/data/html/dompurify_cases.jsonl')
const marks = '<img src=x onerror="window.__ran=1"><script>window.__ran=1</script>'
const remote = '<img src="http://tracker.test/a.png"><p style="background:url(http://tracker.test/b)">'

function hostileTexts(): string[] {
  if (!existsSync(set)) return []
  return readFileSync(set, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { payload: string }).payload)
}

for (const bypassCSP of [false, true]) {
  test(`hostile texts stay texts, security policy ${bypassCSP ? 'off' : 'on'}`, async ({
    browser,
    desk,
  }) => {
    test.setTimeout(180_000)
    const texts = hostileTexts()
    test.skip(texts.length === 0, '../shared/data/html is not there: nothing hostile to try')
    const api = await desk.api('zhiban')
    const types = await api.ask('GET', '/service-types')
    const ticket = await api.ask('POST', '/tickets', {
      service_type: types.items[0].id,
      subject: `恶意 ${marks}`.slice(0, 200),
      body: marks + remote,
      tags: ['<b onmouseover=x>'],
    })
    for (let at = 0; at < texts.length; at += 12) {
      const body = texts.slice(at, at + 12).join('<hr>').slice(0, 60_000)
      await api
        .ask('POST', `/tickets/${ticket.id}/messages`, { kind: 'note', body })
        .catch((error: Error) => {
          // Refused is as good as harmless, as long as it is said.
          if (!/ 400 | 413 /.test(error.message)) throw error
        })
    }
    const context = await browser.newContext({ bypassCSP, locale: 'zh-CN' })
    const page = await context.newPage()
    const outside: string[] = []
    page.on('request', (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(desk.address)) {
        outside.push(request.url())
      }
    })
    page.on('dialog', (dialog) => {
      outside.push(`a dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    await page.goto(`${desk.address}/sign-in`)
    await page.locator('input[autocomplete="username"]').fill('zhiban')
    await page.locator('input[type="password"]').fill(password)
    await page.keyboard.press('Enter')
    await expect(page.locator('#main')).toBeVisible()
    for (const path of [`/tickets/${ticket.id}`, '/tickets?open=true', '/tickets?q=恶意']) {
      await page.goto(`${desk.address}${path}`)
      await page.waitForLoadState('networkidle')
      for (const frame of page.frames()) {
        const ran = await frame.evaluate(() => (window as { __ran?: number }).__ran).catch(() => 0)
        expect(ran ?? 0).toBe(0)
      }
    }
    expect(outside).toEqual([])
    await context.close()
  })
}
