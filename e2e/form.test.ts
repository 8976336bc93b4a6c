// The form with its scripts: fields come and go, what is typed is saved, files go at once with their progress.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser } from '../tests/support/browser.ts'
import { startTestSite, type TestSite } from '../tests/support/site.ts'
import { axeOf } from './journey.ts'

let site: TestSite
let browser: Browser
beforeAll(async () => {
  site = await startTestSite()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

/** Saving waits for a pause in typing. */
const PATIENT = { timeout: 15_000, interval: 300 }

const pdf = (text: string) => ({ mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`) })

async function openForm(): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${site.url}/entrar`)
  await page.getByRole('button', { name: 'Login SOE' }).click()
  await page.locator('[name=cpf]').fill('111.444.777-35')
  await page.locator('[name=senha]').fill('demonstracao')
  await page.keyboard.press('Enter')
  await page.waitForURL(`${site.url}/`)
  await page.goto(`${site.url}/abrir-chamado/instituicoes-financeiras`)
  await page.getByLabel('Desbloqueio para Cancelamento de Gravame').check()
  await page.getByLabel('Veículo com Furto/Roubo').check()
  return page
}

it('fields and documents appear and go as options are chosen', async () => {
  const page = await openForm()
  const report = page.locator('[data-document=laudo-recuperacao]')
  expect(await page.getByLabel('Número do BO').isVisible()).toBe(true)
  expect(await report.isVisible()).toBe(false)
  await page.getByRole('group', { name: 'Veículo recuperado?' }).getByLabel('Sim').check()
  expect(await report.isVisible()).toBe(true)
  await page.getByRole('button', { name: 'Trocar: mostrar todas as opções' }).click()
  await page.getByLabel('Prazo de cancelamento no SNG expirado').check()
  expect(await report.isVisible()).toBe(false)
  expect(await page.getByLabel('Número do BO').isVisible()).toBe(false)
  expect(await page.getByLabel('Número do apontamento').isVisible()).toBe(true)
  await page.locator('#q-chassi').fill('9BWZZZ377VT004251')
  expect(await page.locator('[data-question=placa] .opt').textContent()).toBe('(opcional)')
  await page.context().close()
})

it('what is typed is saved without a button, and is there on another machine', async () => {
  const page = await openForm()
  await page.getByLabel('Justificativa').fill('Texto que não pode se perder de modo nenhum.')
  await page.getByText(/Rascunho salvo às \d\d:\d\d/).waitFor()
  await page.waitForFunction(() => performance.getEntriesByType('resource').some((one) => one.name.endsWith('/salvar')))
  const other = await page.context().newPage()
  await expect
    .poll(async () => {
      await other.goto(page.url())
      return await other.getByLabel('Justificativa').inputValue()
    }, PATIENT)
    .toBe('Texto que não pode se perder de modo nenhum.')
  await page.context().close()
})

it('a file is sent when chosen, may be replaced and removed; a wrong one is named and nothing else is lost', async () => {
  const page = await openForm()
  const row = page.locator('[data-document=requerimento]')
  await page.locator('#d-requerimento').setInputFiles({ name: 'primeiro.pdf', ...pdf('1') })
  await row.locator('[data-file] .nm', { hasText: 'primeiro.pdf' }).waitFor()
  expect(await page.locator('[data-step=documentos] [data-text]').textContent()).toBe('1 de 2 enviados')
  await page.locator('#d-requerimento').setInputFiles({ name: 'segundo.pdf', ...pdf('2') })
  await row.locator('[data-file] .nm', { hasText: 'segundo.pdf' }).waitFor()
  expect(await row.locator('[data-file]').count()).toBe(1)
  await page
    .locator('#d-contrato')
    .setInputFiles({ name: 'contrato.pdf', mimeType: 'application/pdf', buffer: Buffer.from('texto') })
  await page.getByText('diz ser PDF, mas é um arquivo de texto').waitFor()
  await page
    .locator('#d-outro')
    .setInputFiles({ name: 'vazio.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) })
  await page.getByText('está vazio (0 bytes)').waitFor()
  expect((await axeOf(page).analyze()).violations).toEqual([])
  await row.getByRole('button', { name: 'Remover segundo.pdf' }).click()
  await row.locator('[data-file]').waitFor({ state: 'detached' })
  await page.reload()
  expect(await page.locator('[data-document=requerimento] [data-file]').count()).toBe(0)
  await page.context().close()
})

it('two tabs of one draft lose nothing of each other', async () => {
  const page = await openForm()
  await page.getByText(/Rascunho salvo às/).waitFor()
  const other = await page.context().newPage()
  await other.goto(page.url())
  await page.getByLabel('Número do BO').fill('111')
  await other.getByLabel('Justificativa').fill('Da outra aba')
  await expect
    .poll(async () => {
      const third = await page.context().newPage()
      await third.goto(page.url())
      const both = [
        await third.getByLabel('Número do BO').inputValue(),
        await third.getByLabel('Justificativa').inputValue(),
      ]
      await third.close()
      return both
    }, PATIENT)
    .toEqual(['111', 'Da outra aba'])
  await page.context().close()
})

it('sending with faults leads to the summary, whose links lead to the fields; axe finds nothing', async () => {
  const page = await openForm()
  await page.getByRole('button', { name: 'Enviar' }).click()
  await page.getByRole('heading', { name: /Faltam corrigir \d+ pontos/ }).waitFor()
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('sum')
  await page.getByRole('link', { name: 'Preencha o campo “Número do BO”.' }).click()
  expect(page.url()).toContain('#q-bo-numero')
  expect((await axeOf(page).analyze()).violations).toEqual([])
  await page.context().close()
})

it('the page stays within its first load: 80 kB in at most 6 requests', async () => {
  const page = await openForm()
  const draft = page.url()
  const context = await browser.newContext({ storageState: await page.context().storageState() })
  const fresh = await context.newPage()
  const session = await context.newCDPSession(fresh)
  await session.send('Network.enable')
  let bytes = 0
  let requests = 0
  session.on('Network.loadingFinished', (event) => {
    bytes += event.encodedDataLength
    requests += 1
  })
  await fresh.goto(draft, { waitUntil: 'load' })
  console.log(`form page: ${requests} requests, ${Math.round(bytes / 1000)} kB`)
  expect(requests).toBeLessThanOrEqual(6)
  expect(bytes).toBeLessThanOrEqual(80_000)
  await context.close()
  await page.context().close()
})
