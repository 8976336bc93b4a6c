// Files on their way, in a browser: a killed server, a cut line, a page closed in between; several at once; dropped and pasted.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../tests/support/browser.ts'
import { startTestSite, type TestSite } from '../tests/support/site.ts'
import { CPF, expectAccessible, type Person, person } from './journey.ts'
import { boxOf, openTheftForm, pdf } from './theft-request.ts'

let site: TestSite
let browser: Browser
let operator: Person
let page: Page
beforeAll(async () => {
  ;[site, browser] = await Promise.all([startTestSite(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** A PDF of so many bytes that no line compresses. */
const big = (name: string, bytes: number) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.concat([pdf(name).buffer, randomBytes(bytes)]),
})
const row = (document: string) => page.locator(`[data-document=${document}]`)
const sent = (document: string, name: string) => row(document).locator('[data-file]', { hasText: name })
const percent = async (document: string): Promise<number> =>
  Number(/ (\d+)%/.exec((await row(document).locator('[data-facts]').last().textContent()) ?? '')?.[1] ?? 0)

let line: CDPSession
/** The page's line: so many bytes a second, -1 as fast as it goes, none at all when offline. */
async function setLine(uploadThroughput: number, offline = false): Promise<void> {
  await line.send('Network.emulateNetworkConditions', { offline, latency: 0, downloadThroughput: -1, uploadThroughput })
}
const SLOW = 1_000_000
const FAST = -1

/** Signs in, opens the form, and waits on a slow line until some of a big file has gone. */
async function halfSent(url: string, file: ReturnType<typeof big> | string): Promise<void> {
  await open(url)
  await setLine(SLOW)
  await boxOf(page, 'requerimento').setInputFiles(file)
  await expect.poll(() => percent('requerimento'), { timeout: 8_000 }).toBeGreaterThan(20)
}

async function open(url: string): Promise<void> {
  operator = await person(browser, url, CPF.operator)
  page = operator.page
  line = await page.context().newCDPSession(page)
  await openTheftForm(page)
  // What was chosen is on the server before the line is made slow.
  await page.getByText(/Rascunho salvo às/).waitFor()
}

describe('a file on its way', () => {
  afterEach(() => operator.context.close())

  it('goes on by itself when the line is back, and tells so meanwhile', async () => {
    await open(site.url)
    let cut = true
    await page.route('**/envios/*', (route) => (cut ? route.abort('connectionreset') : route.continue()))
    await boxOf(page, 'requerimento').setInputFiles(big('grande.pdf', 400_000))
    await row('requerimento').getByText('Sem conexão agora').waitFor()
    cut = false
    await sent('requerimento', 'grande.pdf').waitFor()
  })

  it('is not lost when it is the first of all and the line is already down', async () => {
    await open(site.url)
    await setLine(FAST, true)
    await boxOf(page, 'requerimento').setInputFiles(big('primeiro.pdf', 4000))
    await row('requerimento').getByText('Sem conexão agora').waitFor()
    await setLine(FAST)
    await sent('requerimento', 'primeiro.pdf').waitFor()
  })

  it('is taken up where it stopped when the page was closed: the draft says so, and asks for the same file', async () => {
    const file = join(site.data, 'fechado.pdf')
    await writeFile(file, big('fechado.pdf', 3_000_000).buffer)
    await halfSent(site.url, file)
    await page.reload()
    await row('requerimento')
      .getByText(/fechado\.pdf parou em \d+%/)
      .waitFor()
    await expectAccessible(page)
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.method()))
    await setLine(FAST)
    await boxOf(page, 'requerimento').setInputFiles(file)
    await sent('requerimento', 'fechado.pdf').waitFor()
    expect(asked).toContain('HEAD')
    expect(asked).not.toContain('POST')
    await page.reload()
    expect(await row('requerimento').locator('[data-stopped]').count()).toBe(0)
  })

  it('is one of several at once, each in its own line with its own end', async () => {
    await open(site.url)
    const names = ['um.pdf', 'dois.pdf', 'três.pdf', 'quatro.pdf']
    await boxOf(page, 'outro').setInputFiles(names.map((name) => big(name, 400_000)))
    for (const name of names) await sent('outro', name).waitFor()
    await boxOf(page, 'outro').setInputFiles([big('cinco.pdf', 10), { ...pdf('texto.pdf'), buffer: Buffer.from('x') }])
    await sent('outro', 'cinco.pdf').waitFor()
    await row('outro').getByText('é um arquivo de texto').waitFor()
  })

  it('may be dropped on its line or pasted into it', async () => {
    await open(site.url)
    await row('requerimento').evaluate((target, name) => {
      const files = new DataTransfer()
      files.items.add(new File([`%PDF-1.7\n${name}`], name, { type: 'application/pdf' }))
      target.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }))
    }, 'solto.pdf')
    await sent('requerimento', 'solto.pdf').waitFor()
    await boxOf(page, 'bo').focus()
    await page.evaluate(() => {
      const files = new DataTransfer()
      files.items.add(new File(['%PDF-1.7\ncolado'], 'colado.pdf', { type: 'application/pdf' }))
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: files, bubbles: true }))
    })
    await sent('bo', 'colado.pdf').waitFor()
  })
})

describe('a server killed in mid-upload', () => {
  let server: ChildProcess | undefined
  const port = 20_000 + (process.pid % 20_000)

  /** The built web server in a process of its own. */
  async function launch(): Promise<void> {
    const { owner, web, staff, entry, worker, soe } = site.database.urls
    const env = {
      PATH: process.env.PATH,
      PORT: String(port),
      EPROD_DATA: site.data,
      EPROD_DEMO: '1',
      DATABASE_URL: owner,
      DATABASE_URL_WEB: web,
      DATABASE_URL_STAFF: staff,
      DATABASE_URL_ENTRY: entry,
      DATABASE_URL_WORKER: worker,
      DATABASE_URL_SOE: soe,
    }
    const main = join(import.meta.dirname, '../build/main.js')
    const child = spawn(process.execPath, [main, 'web'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    server = child
    await new Promise<void>((tell, fail) => {
      child.once('exit', () => fail(new Error('the server ended')))
      createInterface({ input: child.stdout }).on('line', (line) => line.startsWith('EPROD: ') && tell())
    })
  }
  async function kill(): Promise<void> {
    const ended = new Promise((tell) => server?.once('exit', tell))
    server?.kill('SIGKILL')
    await ended
  }
  afterAll(kill)

  it('finds the file where it stopped once it is up again, without anybody doing anything', async () => {
    await launch()
    await halfSent(`http://localhost:${port}`, big('teimoso.pdf', 4_000_000))
    await kill()
    const offsets: number[] = []
    page.on('request', (request) => {
      if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']))
    })
    await setLine(FAST)
    await launch()
    await sent('requerimento', 'teimoso.pdf').waitFor({ timeout: 25_000 })
    expect(offsets.at(-1)).toBeGreaterThan(0)
    await operator.context.close()
  })
})
