import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const chromium = process.env.BAIJIN_CHROMIUM ?? '/usr/bin/chromium'
if (!existsSync(chromium)) throw new Error(`there is no browser at ${chromium}`)

// One browser and one desk at a time: journeys against the real program.
export default defineConfig({
  testDir: '.',
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: process.env.BAIJIN_E2E_RESULTS ?? '../../build/results/e2e',
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: 'light',
    actionTimeout: 10_000,
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
