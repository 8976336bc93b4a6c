// The same with scripts off: opening with three real PDFs, faults that lose nothing, refusing with a file, approving.
import { sql } from 'kysely'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plainPdf } from '#shared/kit/plain-pdf.ts'
import { openBrowser } from '../tests/support/browser.ts'
import { startTestSite, type TestSite } from '../tests/support/site.ts'
import { CPF, type Person, person } from './journey.ts'

let site: TestSite
let browser: Browser
let operator: Person
const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: plainPdf([name]) })

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startTestSite(), openBrowser()])
  operator = await person(browser, site.url, CPF.operator, { js: false })
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

describe('with scripts off', () => {
  it('opens a request; a fault keeps everything typed and every file', async () => {
    const { page } = operator
    await page.locator('nav summary', { hasText: 'Atendimento' }).click()
    await page.locator('nav a', { hasText: 'Abrir chamado' }).click()
    await page.getByRole('link', { name: /Instituições Financeiras/ }).click()
    await page.locator('[name=tipo][value=desbloqueio]').check()
    await page.getByRole('button', { name: 'Atualizar campos' }).click()
    await page.locator('[name=caso][value="01"]').check()
    await page.getByRole('button', { name: 'Atualizar campos' }).click()
    await page.locator('[name=placa]').fill('AB11234')
    expect(await page.locator('input[name="arquivo:procuracao"]').isVisible()).toBe(false)
    await page.locator('[name=estatutario][value=nao]').check()
    await page.getByRole('button', { name: 'Atualizar campos' }).click()
    await page.locator('input[name="arquivo:procuracao"]').waitFor()
    await page.locator('[name=emitido][value=nao]').check()
    await page.locator('[name=bo-numero]').fill('77/2026')
    await page.locator('[name=bo-uf]').selectOption('RS')
    await page.locator('[name=fato-data]').fill('2026-03-09')
    await page.locator('[name=recuperado][value=nao]').check()
    await page.locator('[name=indenizado][value=nao]').check()
    await page.locator('[name=justificativa]').fill('Veículo furtado antes da emissão do documento com o gravame.')
    await page.locator('[name=declaro][value=sim]').check()
    await page.locator('input[type=file][name="arquivo:requerimento"]').setInputFiles(pdf('requerimento.pdf'))
    await page.locator('input[type=file][name="arquivo:bo"]').setInputFiles({
      name: 'bo.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('isto não é um PDF'),
    })
    await page.getByRole('button', { name: 'Enviar', exact: true }).click()
    const summary = page.locator('.sum')
    await summary.waitFor()
    const faults = (await summary.textContent()) ?? ''
    expect(faults).toMatch(/placa/i)
    expect(faults).toMatch(/Procuração/)
    expect(faults).toMatch(/bo\.pdf|Boletim/)
    expect(await page.locator('[name=bo-numero]').inputValue()).toBe('77/2026')
    expect(await page.locator('[name=declaro][value=sim]').isChecked()).toBe(true)
    await page.getByText('requerimento.pdf').first().waitFor()
    await page.locator('[name=placa]').fill('ABC2D34')
    await page.locator('input[type=file][name="arquivo:procuracao"]').setInputFiles(pdf('procuracao.pdf'))
    await page.locator('input[type=file][name="arquivo:bo"]').setInputFiles(pdf('bo.pdf'))
    await page.getByRole('button', { name: 'Enviar', exact: true }).click()
    await page.waitForURL(/\/chamados\/\d+/)
    expect(await page.locator('.tl .files a').count()).toBe(3)
  })

  it('leads from the filed draft to its ticket, and files no second one', async () => {
    const { page, context } = operator
    const ticket = new URL(page.url()).pathname
    const { rows } = await sql<{ id: string }>`select id from eprod.draft where filed_as is not null
      order by updated_at desc limit 1`.execute(site.database.owner.db)
    const draft = `/rascunhos/${rows[0]?.id}`
    await page.goto(draft)
    expect(new URL(page.url()).pathname).toBe(ticket)
    const again = await context.request.post(draft, {
      headers: { origin: site.url },
      form: { acao: 'enviar' },
      maxRedirects: 0,
    })
    expect([again.status(), again.headers().location]).toEqual([303, ticket])
  })

  it('refuses a solution with text and file in one step', async () => {
    const { page } = operator
    await page.goto('/')
    await page.getByRole('link', { name: /JAB7F30/ }).click()
    await page.locator('#refuse-texto').fill('O retorno do SNG ainda acusa o bloqueio; segue a tela de hoje.')
    await page.locator('#refuse-arquivos').setInputFiles(pdf('tela-de-hoje.pdf'))
    await page.getByRole('button', { name: 'Recusar a solução' }).click()
    await page.locator('.head .badge', { hasText: 'Processando (Atribuído)' }).waitFor()
    await page.locator('.tl').getByText('tela-de-hoje.pdf').waitFor()
  })

  it('follows up with a file and approves what the analyst solves', async () => {
    const { page } = operator
    await page.locator('#follow-up-texto').fill('Segue também a tela de ontem.')
    await page.locator('#follow-up-arquivos').setInputFiles(pdf('tela-de-ontem.pdf'))
    await page.getByRole('button', { name: 'Enviar acompanhamento' }).click()
    await page.getByText('Acompanhamento enviado.').waitFor()
    await page.locator('.tl .files a', { hasText: 'tela-de-ontem.pdf' }).waitFor()
    const ticket = new URL(page.url()).pathname
    const analyst = await person(browser, site.url, CPF.analyst, { js: false })
    await analyst.page.goto(ticket)
    await analyst.page.locator('summary', { hasText: 'Solucionar' }).click()
    await analyst.page.getByRole('radio', { name: 'Deferido', exact: true }).check()
    await analyst.page
      .getByLabel('Fundamentação')
      .fill('As telas de ontem e de hoje mostram o bloqueio da placa JAB7F30; ele foi levantado.')
    await analyst.page.getByRole('button', { name: 'Enviar a solução' }).click()
    await analyst.page.locator('.head .badge', { hasText: 'Solucionado' }).waitFor()
    await analyst.context.close()
    await page.goto(ticket)
    await page.getByRole('button', { name: 'Aprovar a solução' }).click()
    await page.locator('.head .badge', { hasText: 'Fechado' }).waitFor()
    await page.getByRole('button', { name: 'Abrir novo a partir deste' }).waitFor()
  })

  it('chooses the dark theme and English', async () => {
    const { page } = operator
    await page.goto('/preferencias')
    await page.locator('[name=tema][value=dark]').last().check()
    await page.getByRole('button', { name: 'Salvar preferências' }).click()
    await page.goto('/chamados')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.getByRole('button', { name: 'Switch to English' }).click()
    await page.getByRole('link', { name: 'Home' }).first().waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
  })
})
