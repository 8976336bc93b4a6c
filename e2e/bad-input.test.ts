// Bad input in the form of a request: a sentence at the field and in the summary, and nothing typed or uploaded is lost.
// Sessions that end, double clicks and tabs: lost-and-found.test.ts. Rights and stale tickets: refusals.test.ts.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plainPdf } from '#shared/kit/plain-pdf.ts'
import { openBrowser } from '../tests/support/browser.ts'
import { startTestSite, type TestSite } from '../tests/support/site.ts'
import { CPF, expectAccessible, type Person, person } from './journey.ts'
import { answerTheft, boxOf, JUSTIFICATION, openTheftForm, pdf, sendButton } from './theft-request.ts'

let site: TestSite
let browser: Browser
let operator: Person
const MEGABYTE = 1024 * 1024

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startTestSite(), openBrowser()])
  operator = await person(browser, site.url, CPF.operator)
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** Sends the form and waits for the page that says what is wrong. */
async function sendAndBeRefused(page: Page): Promise<void> {
  const [answer] = await Promise.all([
    page.waitForResponse((one) => one.request().method() === 'POST' && /\/rascunhos\/[^/]+$/.test(one.url())),
    sendButton(page).click(),
  ])
  expect(answer.status()).toBe(422)
  await page.locator('.sum:focus').waitFor()
}

/** The sentence stands in the summary and at the field; the summary's link leads the focus there. */
async function expectFault(page: Page, fault: { field: string; says: string; typed?: string }): Promise<void> {
  const { field, says, typed } = fault
  const link = page.locator(`.sum a[href="#${field}"]`)
  expect(await link.textContent()).toContain(says)
  expect(await page.locator(`#${field}-erro`).textContent()).toContain(says)
  expect(await page.locator(`#${field}`).getAttribute('aria-invalid')).toBe('true')
  await link.click()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe(field)
  if (typed !== undefined) expect(await page.locator(`#${field}`).inputValue()).toBe(typed)
}

describe('identifiers', () => {
  it('a wrong plate, chassis and RENAVAM are each named, and what was typed stays', async () => {
    const { page } = operator
    await openTheftForm(page)
    await answerTheft(page, 'AB12345')
    await page.locator('[name=chassi]').fill('9BWZZZ377VT00425O')
    await page.locator('[name=renavam]').fill('12345678901')
    await sendAndBeRefused(page)
    await expectFault(page, { field: 'q-placa', says: 'três letras e depois números', typed: 'AB12345' })
    await expectFault(page, { field: 'q-chassi', says: 'não usa a letra O', typed: '9BWZZZ377VT00425O' })
    await expectFault(page, { field: 'q-renavam', says: 'dígito verificador do RENAVAM', typed: '12345678901' })
    expect(await page.locator('[name=justificativa]').inputValue()).toBe(JUSTIFICATION)
    expect(await page.locator('[name=declaro][value=sim]').isChecked()).toBe(true)
    await expectAccessible(page)
  })

  it('wrong check digits of a CPF and of a CNPJ are each named', async () => {
    const { page } = operator
    await page.getByRole('button', { name: 'Trocar: mostrar todas as opções' }).click()
    await page.locator('[name=caso][value="05"]').check()
    await page.locator('[name=devedor-lancado]').fill('111.444.777-36')
    await page.locator('[name=devedor-correto]').fill('11.222.333/0001-82')
    await sendAndBeRefused(page)
    await expectFault(page, {
      field: 'q-devedor-lancado',
      says: 'Os dígitos verificadores do CPF não conferem',
      typed: '111.444.777-36',
    })
    await expectFault(page, {
      field: 'q-devedor-correto',
      says: 'Os dígitos verificadores do CNPJ não conferem',
      typed: '11.222.333/0001-82',
    })
  })
})

describe('files', () => {
  it('a missing document is named, and its link leads to its box', async () => {
    const { page } = operator
    await openTheftForm(page)
    await answerTheft(page, 'ABC1234')
    await boxOf(page, 'requerimento').setInputFiles(pdf('requerimento.pdf'))
    await page.locator('[data-document=requerimento] [data-file]').waitFor()
    await sendAndBeRefused(page)
    expect(await page.locator('.sum a').count()).toBe(2)
    await expectFault(page, { field: 'd-procuracao', says: 'Anexe o documento “Procuração' })
    await expectFault(page, { field: 'd-bo', says: 'Anexe o documento “Boletim de Ocorrência”' })
    expect(await page.locator('[data-document=requerimento] [data-file]').textContent()).toContain('requerimento.pdf')
  })

  it('the limit is told before choosing; an empty, a false and a too large file are named at once', async () => {
    const { page } = operator
    const row = page.locator('[data-document=bo]')
    await row.getByText('até 20 MB').waitFor()
    // From disk: handing a large file to the browser piece by piece can take longer than it is waited for.
    const folder = await mkdtemp(join(tmpdir(), 'eprod-bad-input-'))
    for (const [name, content, says] of [
      ['vazio.pdf', Buffer.alloc(0), 'O arquivo “vazio.pdf” está vazio (0 bytes)'],
      ['falso.pdf', Buffer.from('isto não é um PDF'), 'O arquivo “falso.pdf” diz ser PDF, mas é um arquivo de texto'],
      ['enorme.pdf', tooLarge(), 'O arquivo “enorme.pdf” passa do limite de 20 MB'],
    ] as const) {
      await writeFile(join(folder, name), content)
      await boxOf(page, 'bo').setInputFiles(join(folder, name))
      await row.locator('.errm', { hasText: says }).waitFor()
    }
    expect(await row.locator('[data-file]').count()).toBe(0)
    await rm(folder, { recursive: true })
  })

  it('the server refuses the same files with the form, by plain multipart, and keeps the right one beside them', async () => {
    const { page, context } = operator
    const path = new URL(page.url()).pathname
    for (const [name, buffer, says] of [
      ['vazio.pdf', Buffer.alloc(0), 'está vazio (0 bytes)'],
      ['falso.pdf', Buffer.from('isto não é um PDF'), 'diz ser PDF'],
      ['enorme.pdf', tooLarge(), 'passa do limite de 20 MB'],
    ] as const) {
      const answer = await context.request.post(path, {
        headers: { origin: site.url },
        multipart: {
          acao: 'enviar',
          'arquivo:bo': { name, mimeType: 'application/pdf', buffer },
          'arquivo:procuracao': pdf('procuracao.pdf'),
        },
      })
      const html = await answer.text()
      expect(answer.status(), name).toBe(422)
      expect(html).toContain(`O arquivo “${name}” ${says}`)
      expect(html).not.toContain('Anexe o documento “Boletim')
    }
    await page.reload()
    expect(await page.locator('[data-document=procuracao] [data-file]').count()).toBe(1)
    expect(await page.locator('[data-document=bo] [data-file]').count()).toBe(0)
  })

  it('shows how far a file is on a slow line, lets it be cancelled, and waits for it before sending', async () => {
    const { page, context } = operator
    const line = await context.newCDPSession(page)
    await line.send('Network.enable')
    const slow = { offline: false, latency: 20, downloadThroughput: MEGABYTE, uploadThroughput: 0.6 * MEGABYTE }
    await line.send('Network.emulateNetworkConditions', slow)
    const row = page.locator('[data-document=bo]')
    const scan = { ...pdf('digitalizado.pdf'), buffer: Buffer.concat([plainPdf(['BO']), Buffer.alloc(3 * MEGABYTE)]) }
    await boxOf(page, 'bo').setInputFiles(scan)
    await row.getByText(/3[,.]\d MB · [1-9]\d?% · cerca de \d+ segundo/).waitFor()
    await page.waitForFunction(() => {
      const meter = document.querySelector<HTMLProgressElement>('[data-document=bo] progress')
      return meter !== null && meter.value > 20 && meter.value < 100
    })
    await row.getByRole('button', { name: /Cancelar/ }).click()
    await row.locator('progress').waitFor({ state: 'detached' })
    expect(await row.locator('[data-file]').count()).toBe(0)
    await boxOf(page, 'bo').setInputFiles(scan)
    await row.locator('progress').waitFor()
    await sendButton(page).click()
    await page.getByText('Os arquivos ainda estão sendo enviados').waitFor()
    await page.waitForURL(/\/chamados\/\d+/, { timeout: 30_000 })
    await page.locator('.tl .files a', { hasText: 'digitalizado.pdf' }).waitFor()
    await line.detach()
  })
})

/** A real PDF of one byte more than 20 MB. */
function tooLarge(): Buffer {
  const start = plainPdf(['enorme'])
  return Buffer.concat([start, Buffer.alloc(20 * MEGABYTE + 1 - start.length)])
}
