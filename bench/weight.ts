// What a first load of each page weighs: requests and compressed bytes on the wire with a cold cache, font included.
import type { Page } from 'playwright-core'
import { openBrowser } from '../tests/support/browser.ts'
import type { Place } from './place.ts'
import { keep } from './results.ts'
import { launchSite, signIn } from './site.ts'

/** Loads each page in a new browser context of the bench operator and counts what the network carried. */
export async function measureWeight(place: Place): Promise<void> {
  const visitor = await signIn(place)
  const site = await launchSite(place)
  const browser = await openBrowser()
  const paths = {
    entry: '/entrar',
    home: '/',
    list: '/chamados',
    ticket: `/chamados/${visitor.tickets[0]}`,
    form: '/abrir-chamado/instituicoes-financeiras',
    help: '/ajuda',
  }
  const rows: string[][] = []
  try {
    for (const [name, path] of Object.entries(paths)) {
      const context = await browser.newContext({ baseURL: site.address })
      const [cookie = '', value = ''] = visitor.cookie.split('=')
      await context.addCookies([{ name: cookie, value, url: site.address }])
      const { requests, bytes } = await weigh(await context.newPage(), path)
      rows.push([name, String(requests), (bytes / 1000).toFixed(1)])
      await context.close()
    }
  } finally {
    await browser.close()
    await site.stop()
  }
  keep({
    title: 'weight',
    command: 'npm run bench weight',
    head: ['page (limit 6 requests, 80 kB)', 'requests', 'kB'],
    rows,
  })
}

async function weigh(page: Page, path: string): Promise<{ requests: number; bytes: number }> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const sum = { requests: 0, bytes: 0 }
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    sum.requests += 1
    sum.bytes += encodedDataLength
  })
  await page.goto(path, { waitUntil: 'load' })
  return sum
}
