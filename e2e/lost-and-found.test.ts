// Nothing typed or sent is lost and nothing is filed twice: double click, back, tabs, colleagues, sessions that end.
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser } from '../tests/support/browser.ts'
import { startTestSite, type TestSite } from '../tests/support/site.ts'
import { COLLEAGUE, CPF, fillIn, person } from './journey.ts'
import {
  answerTheft,
  boxOf,
  draftAnswers,
  openTheftForm,
  pdf,
  readyToSend,
  sendButton,
  sendDocuments,
} from './theft-request.ts'

let site: TestSite
let browser: Browser
let before = 0

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startTestSite(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})
beforeEach(async () => {
  before = await tickets()
})

async function tickets(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from eprod.ticket`.execute(site.database.owner.db)
  return rows[0]?.n ?? 0
}

async function endSessions(): Promise<void> {
  await sql`update eprod.session set ended_at = now() where ended_at is null`.execute(site.database.owner.db)
}

/** Back in through *Login SOE* as somebody who has to give a password. */
async function enterAgain(page: Page, cpf: string): Promise<void> {
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Login SOE' }).click()
  await fillIn(page, cpf)
}

/**
 * Two clicks on *Enviar* before the answer to the first is there: the answers are held until both clicks are done, since a
 * second click that came late would fall on whatever lies under it on the next page and lead away from it.
 */
async function clickTwice(page: Page, draft: string): Promise<void> {
  const clicked = Promise.withResolvers<void>()
  await page.route(draft, async (route) => {
    if (route.request().method() !== 'POST') return await route.continue()
    const answer = await route.fetch({ maxRedirects: 0 })
    await clicked.promise
    // The second post took the place of the first: nobody waits for its answer any more.
    await route.fulfill({ response: answer }).catch(() => {})
  })
  // The button's place is taken once it stands still: a line of saving above it moves it on a slow machine.
  await sendButton(page).dblclick({ noWaitAfter: true })
  clicked.resolve()
  // The way to the page is begun twice: a wait for its address would fail with the first, which the second breaks off.
  await expect.poll(() => new URL(page.url()).pathname).toMatch(/^\/chamados\/\d+/)
  await page.waitForLoadState()
}

const typedText = 'Escrito depois de a sessão ter terminado; não pode se perder.'

describe('filing once', () => {
  it('a double click on Enviar opens one ticket, with scripts and without', async () => {
    const { page, context } = await person(browser, site.url, CPF.operator)
    await clickTwice(page, await readyToSend(page, 'ABC1A34'))
    expect(await tickets()).toBe(before + 1)
    const draft = await readyToSend(page, 'ABC1B34')
    const off = await browser.newContext({
      baseURL: site.url,
      javaScriptEnabled: false,
      storageState: await context.storageState(),
    })
    const plain = await off.newPage()
    await plain.goto(draft)
    await clickTwice(plain, draft)
    expect(await tickets()).toBe(before + 2)
    await Promise.all([off.close(), context.close()])
  })

  it('the same post sent twice at one time opens one ticket, and both are led to it', async () => {
    const { page, context } = await person(browser, site.url, CPF.operator)
    const draft = await readyToSend(page, 'ABC1C34')
    await page.getByText(/Rascunho salvo às/).waitFor()
    const send = async () =>
      await context.request.post(draft, { headers: { origin: site.url }, form: { acao: 'enviar' }, maxRedirects: 0 })
    await page.getByRole('button', { name: 'Salvar rascunho' }).click()
    await page.getByText('Rascunho salvo. Você pode continuar depois').waitFor()
    const answers = await Promise.all([send(), send()])
    const places = answers.map((one) => new URL(one.headers().location ?? '', site.url).pathname)
    expect(places[0]).toMatch(/^\/chamados\/\d+$/)
    expect(places[1]).toBe(places[0])
    expect(await tickets()).toBe(before + 1)
    await context.close()
  })

  it('going back after filing leads to the ticket, not to a second one', async () => {
    const { page, context } = await person(browser, site.url, CPF.operator)
    await readyToSend(page, 'ABC1E34')
    await sendButton(page).click()
    await page.waitForURL(/\/chamados\/\d+/)
    const ticket = new URL(page.url()).pathname
    await page.goBack()
    if (page.url().includes('/rascunhos/')) await sendButton(page).click()
    await page.waitForURL((url) => url.pathname === ticket)
    expect(await tickets()).toBe(before + 1)
    await context.close()
  })

  it('of two tabs on one draft one opens the ticket; what the other had beyond it goes on as a draft', async () => {
    const { page, context } = await person(browser, site.url, CPF.operator)
    const draft = await readyToSend(page, 'ABC1F34')
    const other = await context.newPage()
    await page.getByRole('button', { name: 'Salvar rascunho' }).click()
    await page.getByText('Rascunho salvo. Você pode continuar depois').waitFor()
    await other.goto(draft)
    await sendButton(page).click()
    await page.waitForURL(/\/chamados\/\d+/)
    await other.locator('[name=justificativa]').fill('Texto que só esta aba tem, com a data do fato corrigida.')
    await sendButton(other).click()
    await other.getByText('Esta solicitação já foi enviada').waitFor()
    expect(await other.locator('[name=justificativa]').inputValue()).toContain('Texto que só esta aba tem')
    expect(await other.locator('[name=placa]').inputValue()).toBe('ABC1F34')
    expect(await tickets()).toBe(before + 1)
    await context.close()
  })
})

describe('a shared draft', () => {
  it('what one operator typed and sent is there for a colleague in another browser, and for no other institution', async () => {
    const mine = await person(browser, site.url, CPF.lender)
    const draft = await openTheftForm(mine.page)
    await mine.page.locator('[name=justificativa]').fill('Começado por Patrícia, a terminar por um colega.')
    await boxOf(mine.page, 'requerimento').setInputFiles(pdf('requerimento.pdf'))
    await mine.page.locator('[data-document=requerimento] [data-file]').waitFor()
    await expect
      .poll(async () => (await draftAnswers(site, draft)).justificativa)
      .toBe('Começado por Patrícia, a terminar por um colega.')
    await mine.context.close()
    const colleague = await person(browser, site.url, COLLEAGUE)
    await colleague.page.goto('/abrir-chamado')
    await colleague.page.locator(`a[href="${draft}"]`).click()
    await answerTheft(colleague.page, 'ABC1G34')
    await sendDocuments(colleague.page)
    await sendButton(colleague.page).click()
    await colleague.page.waitForURL(/\/chamados\/\d+/)
    const stranger = await person(browser, site.url, CPF.operator)
    expect((await stranger.context.request.get(draft)).status()).toBe(404)
    expect(await tickets()).toBe(before + 1)
    await Promise.all([colleague.context.close(), stranger.context.close()])
  })
})

describe('a session that ends before Enviar', () => {
  for (const js of [true, false]) {
    it(`keeps text and file for the same person and no other, with scripts ${js ? 'on' : 'off'}`, async () => {
      const { page, context } = await person(browser, site.url, CPF.lender, { js })
      const draft = await draftWithCase(page, js)
      await endSessions()
      await page.locator('[name=justificativa]').fill(typedText)
      await page.locator('[name=bo-numero]').fill('909/2026')
      await boxOf(page, 'requerimento').setInputFiles(pdf('requerimento.pdf'))
      if (js) await page.locator('[data-document=requerimento] .errm', { hasText: 'Sua sessão terminou' }).waitFor()
      await sendButton(page).click()
      await page.waitForURL(/\/entrar/)
      await page.getByText('O que você enviou está guardado por uma hora').waitFor()
      const entry = page.url()
      await enterAgain(page, COLLEAGUE)
      await page.waitForURL((url) => url.pathname === draft)
      expect(new URL(page.url()).search).toBe('')
      expect(await page.locator('[name=justificativa]').inputValue()).toBe('')
      expect(await page.locator('[data-document=requerimento] [data-file]').count()).toBe(0)
      await page.goto(entry)
      await enterAgain(page, CPF.lender)
      await page.waitForURL((url) => url.pathname === draft)
      await page.getByText('recuperamos o que você tinha enviado').waitFor()
      expect(await page.locator('[name=justificativa]').inputValue()).toBe(typedText)
      expect(await page.locator('[name=bo-numero]').inputValue()).toBe('909/2026')
      await page.locator('[data-document=requerimento] [data-file]', { hasText: 'requerimento.pdf' }).waitFor()
      expect(await tickets()).toBe(before)
      await context.close()
    })
  }

  it('after thirty idle minutes it is the same; after an hour what was kept is gone', async () => {
    const { page, context } = await person(browser, site.url, CPF.lender, { js: false })
    const draft = await draftWithCase(page, false)
    move(31)
    await page.locator('[name=justificativa]').fill(typedText)
    await sendButton(page).click()
    await page.getByText('O que você enviou está guardado por uma hora').waitFor()
    move(61)
    await enterAgain(page, CPF.lender)
    await page.waitForURL((url) => url.pathname === draft)
    expect(await page.locator('[name=justificativa]').inputValue()).toBe('')
    await context.close()
  })
})

/** An own draft with its case chosen, and nothing typed. */
async function draftWithCase(page: Page, js: boolean): Promise<string> {
  if (js) return await openTheftForm(page)
  await page.goto('/abrir-chamado/instituicoes-financeiras')
  await page.locator('[name=tipo]').check()
  await page.getByRole('button', { name: 'Atualizar campos' }).click()
  await page.locator('[name=caso][value="01"]').check()
  await page.getByRole('button', { name: 'Atualizar campos' }).click()
  await page.locator('[name=placa]').waitFor()
  return new URL(page.url()).pathname
}

function move(minutes: number): void {
  site.clock.now = new Date(site.clock.now.getTime() + minutes * 60_000)
}
