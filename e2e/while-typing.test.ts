// What happens to a draft while somebody types in it: judged at once, kept from other pages, colleagues and lines that fail.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../tests/support/browser.ts'
import { startTestSite, type TestSite } from '../tests/support/site.ts'
import { COLLEAGUE, CPF, expectAccessible, person } from './journey.ts'
import { draftAnswers, openTheftForm, readyToSend, sendButton } from './theft-request.ts'

let site: TestSite
let browser: Browser
beforeAll(async () => {
  ;[site, browser] = await Promise.all([startTestSite(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const typedText = 'Escrito enquanto outra coisa acontecia; não pode se perder.'

describe('while one types', () => {
  it('a wrong answer is told when its field is left, and no more once it is mended', async () => {
    const { page, context } = await person(browser, site.url, CPF.lender)
    await openTheftForm(page)
    const plate = page.locator('[name=placa]')
    const told = page.locator('[data-question=placa] .errm')
    await plate.fill('AB112')
    await page.locator('[name=chassi]').focus()
    await told.waitFor()
    expect(await plate.getAttribute('aria-invalid')).toBe('true')
    expect(await plate.getAttribute('aria-describedby')).toContain('q-placa-erro')
    await expectAccessible(page)
    await plate.fill('ABC1D23')
    await page.locator('[name=chassi]').focus()
    await told.waitFor({ state: 'detached' })
    expect(await plate.getAttribute('aria-invalid')).toBeNull()
    await context.close()
  })

  it('what is missing is told by Enviar, and taken from field and summary when it is there', async () => {
    const { page, context } = await person(browser, site.url, CPF.lender)
    await openTheftForm(page)
    await sendButton(page).click()
    await page.locator('.sum a[href="#q-placa"]').waitFor()
    await page.locator('[name=placa]').fill('ABC1D23')
    await page.locator('[name=chassi]').focus()
    await page.locator('.sum a[href="#q-placa"]').waitFor({ state: 'detached' })
    expect(await page.locator('[data-question=placa] .errm').count()).toBe(0)
    expect(await page.locator('.sum li').count()).toBeGreaterThan(3)
    await context.close()
  })

  it('of two pages on one draft neither writes over the other unseen: whoever comes later is told, and decides', async () => {
    const { page, context } = await person(browser, site.url, CPF.lender)
    const draft = await openTheftForm(page)
    await page.getByText(/Rascunho salvo às/).waitFor()
    const other = await context.newPage()
    await other.goto(draft)
    await page.locator('[name=justificativa]').fill('Escrito na primeira página, com o motivo inteiro do pedido.')
    await expect.poll(async () => (await draftAnswers(site, draft)).justificativa).toContain('primeira')
    await other.locator('[name=justificativa]').fill('Escrito na segunda página, sem ter visto a primeira.')
    await other.locator('[name=chassi]').focus()
    await other.locator('[data-question=justificativa] .errm', { hasText: 'Escrito na primeira página' }).waitFor()
    expect((await draftAnswers(site, draft)).justificativa).toContain('primeira')
    await other.getByRole('button', { name: 'Salvar rascunho' }).click()
    await other.locator('.sum', { hasText: 'Escrito na primeira página' }).waitFor()
    expect((await draftAnswers(site, draft)).justificativa).toContain('segunda')
    await context.close()
  })

  it('what a colleague throws away stays with whoever types in it, as a new draft', async () => {
    const mine = await person(browser, site.url, CPF.lender)
    const draft = await openTheftForm(mine.page)
    await mine.page.getByText(/Rascunho salvo às/).waitFor()
    const colleague = await person(browser, site.url, COLLEAGUE)
    await colleague.page.goto(draft)
    await colleague.page.locator('summary', { hasText: 'Descartar este rascunho' }).click()
    await colleague.page.getByRole('button', { name: 'Descartar', exact: true }).click()
    await colleague.page.getByText('Rascunho descartado.').waitFor()
    await mine.page.locator('[name=justificativa]').fill(typedText)
    await mine.page.getByText(/descartou este rascunho em .* O que está nesta página não se perdeu/).waitFor()
    await mine.page.getByRole('button', { name: 'Salvar rascunho' }).click()
    await mine.page.getByText('O rascunho tinha sido descartado em outra página').waitFor()
    expect(await mine.page.locator('[name=justificativa]').inputValue()).toBe(typedText)
    await mine.page.goto(draft)
    await mine.page.getByRole('heading', { name: 'Este rascunho foi descartado' }).waitFor()
    await expectAccessible(mine.page)
    await Promise.all([mine.context.close(), colleague.context.close()])
  })

  it('while the line is away, Enviar leaves the page where it is; when it is back, it sends', async () => {
    const { page, context } = await person(browser, site.url, CPF.lender)
    const draft = await readyToSend(page, 'ABC1H34')
    await expect.poll(async () => (await draftAnswers(site, draft)).placa).toBe('ABC1H34')
    await context.setOffline(true)
    await page.locator('[name=justificativa]').fill(typedText)
    await sendButton(page).click()
    await page.getByText('Sem conexão com o EPROD: nada foi enviado ainda.').waitFor()
    expect(await page.locator('[name=justificativa]').inputValue()).toBe(typedText)
    await context.setOffline(false)
    await sendButton(page).click()
    await page.waitForURL(/\/chamados\/\d+/)
    await context.close()
  })

  it('of many cases the chosen one alone is left; the others come back by one button', async () => {
    const { page, context } = await person(browser, site.url, CPF.lender)
    await openTheftForm(page)
    const other = page.getByLabel('Fraude ou inclusão indevida')
    expect(await other.isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Trocar: mostrar todas as opções' }).click()
    await other.check()
    await page.getByLabel('Veículo com Furto/Roubo').waitFor({ state: 'hidden' })
    // Whoever goes through them by keys sees them all.
    await page.getByRole('button', { name: 'Trocar: mostrar todas as opções' }).click()
    await page.keyboard.press('ArrowDown')
    expect(await page.getByLabel('Veículo com Furto/Roubo').isVisible()).toBe(true)
    await expectAccessible(page)
    await context.close()
  })

  it('going back after a refused and then an accepted Enviar leads to the ticket', async () => {
    const { page, context } = await person(browser, site.url, CPF.lender)
    await readyToSend(page, 'ABC1I34')
    await page.locator('[name=justificativa]').fill('curta')
    await sendButton(page).click()
    await page.locator('.sum').waitFor()
    await page.locator('[name=justificativa]').fill(typedText)
    await sendButton(page).click()
    await page.waitForURL(/\/chamados\/\d+/)
    const ticket = new URL(page.url()).pathname
    await page.goBack()
    await page.waitForURL((url) => url.pathname === ticket)
    await context.close()
  })
})
