// Takes the pictures of the guide and the README: a throw-away site with the demonstration, one browser, a clock that stands
// still. Run by bin/guide.js; no test: tests/docs.test.ts checks that the pictures named exist.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { readConfig } from '#app/config.ts'
import { openDatabase } from '#app/database.ts'
import { startSite } from '#app/start.ts'
import { DEMONSTRATION_ACCOUNTS, DEMONSTRATION_PASSWORD, type DemonstrationRole } from '#shared/kit/demonstration.ts'
import { plainPdf } from '#shared/kit/plain-pdf.ts'
import { seedDemo } from '../seeds/demo.ts'
import { seedReference } from '../seeds/reference.ts'
import { openBrowser } from '../tests/support/browser.ts'

// Built to build/, the same depth below the project's folder.
const ROOT = join(import.meta.dirname, '..')
const PICTURES = join(ROOT, 'docs/pictures')
/** The site's and the browser's clock; the demonstration's instants count back from it, so pictures do not drift. */
const NOW = new Date('2026-11-20T14:32:00-03:00')
const WIDTH = 1366
const HEIGHT = 860
const QUALITY = 82

interface Stage {
  readonly browser: Browser
  readonly url: string
}

async function freePort(): Promise<number> {
  return await new Promise((tell) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => tell(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function main(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'eprod-guide-'))
  const port = await freePort()
  const config = readConfig({ PORT: String(port), EPROD_DATA: data, EPROD_DEMO: '0' })
  const database = await openDatabase(config, join(ROOT, 'migrations'), console.log)
  const closing = [database.stop]
  try {
    await seedReference(database.owner)
    await seedDemo({ owner: database.owner, soe: database.soe, data }, NOW)
    const assets = join(ROOT, 'build/assets')
    const site = await startSite({ config, database, parts: 'web', assets, docs: join(ROOT, 'docs'), now: () => NOW })
    closing.push(site.stop)
    const browser = await openBrowser()
    closing.push(() => browser.close())
    mkdirSync(PICTURES, { recursive: true })
    for (const name of readdirSync(PICTURES)) rmSync(join(PICTURES, name))
    await takeAll({ browser, url: config.url })
  } finally {
    for (const close of closing.reverse()) await close()
    rmSync(data, { recursive: true, force: true })
  }
}

async function takeAll(stage: Stage): Promise<void> {
  await entering(stage)
  const page = await signedIn(stage, 'operator')
  await form(page, stage.url)
  await tickets(page, stage.url)
}

async function context(stage: Stage): Promise<BrowserContext> {
  const made = await stage.browser.newContext({
    viewport: { width: WIDTH, height: HEIGHT },
    locale: 'pt-BR',
    timezoneId: 'America/Sao_Paulo',
    colorScheme: 'light',
    reducedMotion: 'reduce',
  })
  await made.clock.setFixedTime(NOW)
  return made
}

/** Signs in through SOE/WEB and ends where it is led. */
async function signedIn(stage: Stage, role: DemonstrationRole): Promise<Page> {
  const page = await (await context(stage)).newPage()
  await page.goto(`${stage.url}/entrar`)
  await page.getByRole('button', { name: 'Login SOE' }).click()
  await identify(page, role)
  return page
}

async function identify(page: Page, role: DemonstrationRole): Promise<void> {
  const account = DEMONSTRATION_ACCOUNTS.find((one) => one.role === role)
  await page.getByLabel('CPF').fill(account?.cpf ?? '')
  await page.getByLabel('Senha').fill(DEMONSTRATION_PASSWORD)
  await page.getByRole('button', { name: 'Entrar', exact: true }).click()
}

interface Clip {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Keeps a picture of the page's top, or of a part of the page. */
async function take(page: Page, name: string, clip: Partial<Clip> = {}): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  const whole = { x: 0, y: 0, width: WIDTH, height: HEIGHT, scale: 1, ...clip }
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
    clip: whole,
    captureBeyondViewport: true,
  })
  const bytes = Buffer.from(data, 'base64')
  writeFileSync(join(PICTURES, `${name}.webp`), bytes)
  console.log(`${name}.webp ${Math.round(bytes.length / 1024)} kB`)
}

async function entering(stage: Stage): Promise<void> {
  const page = await (await context(stage)).newPage()
  await page.goto(`${stage.url}/entrar`)
  await take(page, 'entrar', { height: 420 })
  await page.getByRole('button', { name: 'Login SOE' }).click()
  await page.getByLabel('CPF').fill('111.444.777-35')
  await take(page, 'soe-entrar', { height: 484 })
  await identify(page, 'operatorWithout')
  await take(page, 'entrada-recusada', { height: 460 })
}

async function form(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/`)
  await page.getByText('Atendimento', { exact: true }).click()
  await take(page, 'menu', { height: 260 })
  await page.goto(`${url}/abrir-chamado/instituicoes-financeiras`)
  await page.getByLabel('Desbloqueio para Cancelamento de Gravame').check()
  await page.getByLabel('Veículo com Furto/Roubo').check()
  await page.locator('#q-placa').fill('ABC1C34')
  await page.locator('#q-chassi').fill('9BWZZZ377VT004251')
  await attach(page, 'requerimento')
  const vehicle = page.locator('#s-veiculo')
  await vehicle.evaluate((section) => section.scrollIntoView())
  const top = await vehicle.evaluate((section) => section.getBoundingClientRect().top + window.scrollY)
  await take(page, 'formulario', { y: top - 16, height: 1180 })
  await page.locator('#q-placa').fill('ABC12')
  await page.getByRole('button', { name: 'Enviar', exact: true }).click()
  await page.getByRole('alert').first().waitFor()
  await take(page, 'formulario-erros', { height: 1100 })
}

async function attach(page: Page, document: string): Promise<void> {
  const buffer = plainPdf(['Requerimento de desbloqueio', 'Placa ABC1C34', 'Documento de demonstração do EPROD'])
  const name = 'requerimento-abc1c34.pdf'
  const box = page.locator(`input[type=file][name$="${document}"]`)
  await box.setInputFiles({ name, mimeType: 'application/pdf', buffer })
  await page.locator(`[data-document=${document}] [data-file]`, { hasText: name }).waitFor()
}

async function tickets(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/`)
  await take(page, 'inicio', { height: 1000 })
  await page.goto(`${url}/pesquisar?q=IYX2C84`)
  await take(page, 'pesquisa', { height: 380 })
  await open(page, url, 'IYX2C84')
  await take(page, 'pendente', { height: 1000 })
  await open(page, url, 'JAB7F30')
  await take(page, 'solucionado', { height: 1000 })
  await open(page, url, 'IZA4B21')
  await take(page, 'fechado', { height: 560 })
  await page.goto(`${url}/chamados`)
  await take(page, 'lista', { height: 760 })
}

/** The ticket of a plate, found as a person would. */
async function open(page: Page, url: string, plate: string): Promise<void> {
  await page.goto(`${url}/pesquisar?q=${plate}`)
  await page.locator('.board a[href^="/chamados/"]').first().click()
  await page.getByRole('heading', { level: 1 }).filter({ hasText: plate }).waitFor()
}

await main()
