// Opens the Chromium that bin/chromium.js found, for journeys and pictures. What they do there is not here.
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const DEBIANS = '/usr/bin/chromium'

/** A headless browser: EPROD_BROWSER (set by `npm test`), else Debian's, else Playwright's own. */
export async function openBrowser(): Promise<Browser> {
  const found = process.env.EPROD_BROWSER || (existsSync(DEBIANS) ? DEBIANS : undefined)
  return await chromium.launch({ args: QUIET, ...(found ? { executablePath: found } : {}) })
}
