// What bad input and missing rights get: a sentence that says what is wrong and how to mend it, and nothing lost.

import { sql } from 'kysely'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plainPdf } from '#shared/kit/plain-pdf.ts'
import { openBrowser } from '../tests/support/browser.ts'
import { startTestSite, type TestSite } from '../tests/support/site.ts'
import { CPF, enter, expectAccessible, fillIn, newWindow, person } from './journey.ts'

let site: TestSite
let browser: Browser
const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: plainPdf([name]) })

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startTestSite(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const endSessions = () =>
  sql`update eprod.session set ended_at = now() where ended_at is null`.execute(site.database.owner.db)

describe('entering', () => {
  it('without class 122 says which class is missing and who can mend it', async () => {
    for (const cpf of [CPF.without, CPF.master]) {
      const { page, context } = await newWindow(browser, site.url)
      await enter(page, cpf)
      await page.getByText('122').first().waitFor()
      await page
        .getByText(/master|Helena/i)
        .first()
        .waitFor()
      await expectAccessible(page)
      await context.close()
    }
  })

  it('with a wrong password says the same as with an unknown CPF', async () => {
    const said: (string | null)[] = []
    for (const cpf of [CPF.operator, '987.654.321-00']) {
      const { page, context } = await newWindow(browser, site.url)
      await enter(page, cpf, 'errada errada')
      await page.locator('.sum').waitFor()
      said.push(await page.locator('.sum').textContent())
      await context.close()
    }
    expect(said[0]).toBe(said[1])
  })

  it('with class 122 alone reads, and is told that writing takes class 151', async () => {
    const { page, context } = await person(browser, site.url, CPF.reader)
    await page.goto('/chamados/24152')
    await page.getByText('classe 151').first().waitFor()
    expect(await page.getByRole('button', { name: 'Aprovar a solução' }).count()).toBe(0)
    await expectAccessible(page)
    const answer = await context.request.post('/chamados/24152/aprovacao', { headers: { origin: site.url }, form: {} })
    expect(answer.status()).toBe(403)
    expect(await answer.text()).toContain('151')
    await context.close()
  })
})

describe('writes from elsewhere', () => {
  it('are refused whatever cookie they carry', async () => {
    const { context } = await person(browser, site.url, CPF.operator)
    for (const headers of [
      { origin: 'https://example.org' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site', origin: site.url },
    ]) {
      const answer = await context.request.post('/chamados/24152/aprovacao', {
        headers: headers as Record<string, string>,
        form: {},
      })
      expect(answer.status(), JSON.stringify(headers)).toBe(403)
    }
    const { rows } = await sql<{ status: string }>`select status from eprod.ticket where id = 24152`.execute(
      site.database.owner.db,
    )
    expect(rows[0]?.status).toBe('solved')
    await context.close()
  })
})

describe('a session that ends before Recusar a solução', () => {
  it('keeps text and file for the same person, and shows them to nobody else', async () => {
    const { page, context } = await person(browser, site.url, CPF.operator)
    await page.goto('/chamados/24152')
    await page.locator('#refuse-texto').fill('O retorno ainda acusa o bloqueio.')
    await page.locator('#refuse-arquivos').setInputFiles(pdf('retorno-de-hoje.pdf'))
    await endSessions()
    await page.getByRole('button', { name: 'Recusar a solução' }).click()
    await page.waitForURL(/\/entrar/)
    await expectAccessible(page)
    const other = await person(browser, site.url, CPF.reader)
    expect(new URL(other.page.url()).search).not.toContain('retomar')
    await other.context.close()
    await page.getByRole('button', { name: 'Login SOE' }).click()
    // SOE/WEB's own session may still live; EPROD's has ended.
    if (page.url().includes('/soe/')) await fillIn(page, CPF.operator)
    await page.waitForURL(/\/chamados\/24152/)
    expect(await page.locator('#refuse-texto').inputValue()).toBe('O retorno ainda acusa o bloqueio.')
    await page.locator('[data-file] .nm', { hasText: 'retorno-de-hoje.pdf' }).waitFor()
    await page.getByRole('button', { name: 'Recusar a solução' }).click()
    await page.locator('.head .badge', { hasText: 'Processando' }).waitFor()
    await page.locator('.tl').getByText('retorno-de-hoje.pdf').waitFor()
    await context.close()
  })
})

describe('a stale page', () => {
  it('keeps what the analyst wrote when the ticket changed meanwhile', async () => {
    const first = await person(browser, site.url, CPF.analyst)
    const second = await person(browser, site.url, CPF.secondAnalyst)
    for (const { page } of [first, second]) {
      await page.goto('/chamados/24156')
      await page.locator('summary', { hasText: 'Solucionar' }).click()
      await page
        .locator('label')
        .filter({ hasText: /^Deferido$/ })
        .click()
      await page
        .getByLabel('Fundamentação')
        .fill('Boletim 100452/2026 conferido com a placa IXT3H02; bloqueio levantado.')
    }
    await first.page.getByRole('button', { name: 'Enviar a solução' }).click()
    await first.page.locator('.head .badge', { hasText: 'Solucionado' }).waitFor()
    const [refused] = await Promise.all([
      second.page.waitForResponse((one) => one.url().endsWith('/solucao')),
      second.page.getByRole('button', { name: 'Enviar a solução' }).click(),
    ])
    expect(refused.status()).toBe(409)
    await second.page.getByText('O chamado mudou enquanto você escrevia').waitFor()
    expect(await second.page.locator('#sobra-texto').inputValue()).toContain('conferido com a placa IXT3H02')
    await Promise.all([first.context.close(), second.context.close()])
  })

  it('refuses a ready sentence alone as a solution', async () => {
    const { page, context } = await person(browser, site.url, CPF.analyst)
    await page.goto('/chamados/24157')
    await page.locator('summary', { hasText: 'Solucionar' }).click()
    await page
      .locator('label')
      .filter({ hasText: /^Indeferido$/ })
      .click()
    await page
      .getByLabel('Fundamentação')
      .fill('Não foi possível efetuar o desbloqueio com a documentação apresentada.')
    await page.getByRole('button', { name: 'Enviar a solução' }).click()
    await page.getByRole('alert').getByText('art. 57').waitFor()
    await expectAccessible(page)
    await context.close()
  })
})
