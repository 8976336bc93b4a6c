// The builder of searches on a slow line and with several values: no click and no value is lost, and Voltar leaves the list.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../tests/support/browser.ts'
import { startTestSite, type TestSite } from '../tests/support/site.ts'
import { CPF, expectAccessible, person } from './journey.ts'

let site: TestSite
let browser: Browser
beforeAll(async () => {
  ;[site, browser] = await Promise.all([startTestSite(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const LATE_MS = 700
const part = (page: Page, place: string, name: string) => page.locator(`[id="r${place}.${name}"]`)
const idle = (page: Page) => page.locator('#lista:not([aria-busy])').waitFor()

/** A list whose every answer comes late. */
async function slowList(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.route('**/chamados?*', async (route) => {
    await new Promise((done) => setTimeout(done, LATE_MS))
    await route.continue()
  })
}

describe('on a slow line', () => {
  it('what is clicked while the builder follows is done after it, in order', async () => {
    const { page, context } = await person(browser, site.url, CPF.operator)
    await slowList(page, '/chamados?status=todos')
    await page.getByRole('button', { name: 'regra', exact: true }).click()
    await page.getByRole('button', { name: 'grupo', exact: true }).click()
    await part(page, '2.1', 'campo').waitFor()
    expect(await part(page, '1', 'campo').count()).toBe(1)
    await idle(page)
    await part(page, '1', 'valor').fill('primeira')
    await page.getByRole('button', { name: 'regra', exact: true }).click()
    await part(page, '2.1', 'valor').fill('no grupo')
    await part(page, '3', 'campo').waitFor()
    expect(await part(page, '2.1', 'valor').inputValue()).toBe('no grupo')
    await part(page, '3', 'valor').fill('última')
    await page.getByRole('button', { name: 'Remover a regra 1' }).click()
    await page.getByRole('button', { name: 'Remover o grupo 2' }).click()
    await expect.poll(async () => await part(page, '1', 'valor').inputValue(), { timeout: 10_000 }).toBe('última')
    expect(await page.locator('.crit-rule').count()).toBe(1)
    await context.close()
  })

  it('Voltar leaves the list, however often it was changed in between', async () => {
    const { page, context } = await person(browser, site.url, CPF.operator)
    await page.goto('/preferencias')
    await slowList(page, '/chamados?status=todos')
    await page.getByRole('button', { name: 'regra', exact: true }).click()
    await part(page, '1', 'campo').waitFor()
    for (const field of ['ID', 'Status', 'Categoria']) {
      await part(page, '1', 'campo').selectOption({ label: field })
      await idle(page)
    }
    await page.goBack()
    await page.waitForURL('**/preferencias')
    await context.close()
  })
})

describe('several values', () => {
  it('are typed into one box and stay there through + regra and Pesquisar', async () => {
    const { page, context } = await person(browser, site.url, CPF.operator)
    await page.goto('/chamados?r1.campo=id&r1.op=e&r1.valor=24151')
    await part(page, '1', 'op').selectOption({ label: 'é um de' })
    await page.locator('textarea[id="r1.valor"]').fill('24151, 24152')
    await page.getByRole('button', { name: 'regra', exact: true }).click()
    await part(page, '2', 'campo').waitFor()
    expect(await part(page, '1', 'valor').inputValue()).toBe('24151\n24152')
    await page.locator('.crit-go').click()
    await page.locator('.chip', { hasText: 'ID é um de 24151, 24152' }).waitFor()
    await part(page, '2', 'campo').selectOption({ label: 'Caso' })
    await part(page, '2', 'op').locator('option', { hasText: 'é um de' }).waitFor({ state: 'attached' })
    await part(page, '2', 'op').selectOption({ label: 'é um de' })
    const boxes = page.locator('[id="r2.valor"] input')
    await boxes.nth(0).check()
    await boxes.nth(1).check()
    await expectAccessible(page)
    await page.locator('.crit-go').click()
    await page.locator('.chip', { hasText: 'Caso é um de' }).waitFor()
    expect(await page.locator('[id="r2.valor"] input:checked').count()).toBe(2)
    await context.close()
  })

  it('and what joins them can be read in English too', async () => {
    const { page, context } = await person(browser, site.url, CPF.operator)
    await context.addCookies([{ name: 'idioma', value: 'en', url: site.url }])
    await page.goto(
      '/chamados?r1.campo=id&r1.op=e&r1.valor=24151&r2.lig=e-nao&r2.campo=acompanhamento&r2.op=contem&r2.valor=contrato',
    )
    const fits = await part(page, '2', 'lig').evaluate((select) => {
      const style = getComputedStyle(select)
      const pen = document.createElement('canvas').getContext('2d')
      if (!pen) return false
      pen.font = style.font
      const text = pen.measureText('AND NOT').width
      return text + Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.paddingRight) <= select.clientWidth
    })
    expect(fits).toBe(true)
    await context.close()
  })
})

describe('a date counted from now', () => {
  it.each([true, false])('takes any number of days (scripts: %s)', async (js) => {
    const { page, context } = await person(browser, site.url, CPF.operator, { js })
    await page.goto('/chamados?status=todos&r1.campo=abertura&r1.op=depois&r1.valor=')
    await part(page, '1', 'valor').selectOption('contado')
    if (!js) await page.getByRole('button', { name: 'Atualizar campos' }).click()
    await part(page, '1', 'quanto').fill('45')
    await part(page, '1', 'unidade').selectOption({ label: 'dias atrás' })
    await page.getByRole('button', { name: 'Pesquisar', exact: true }).last().click()
    await page.getByText('Data de abertura depois hoje − 45 dias', { exact: true }).waitFor()
    expect(await part(page, '1', 'quanto').inputValue()).toBe('45')
    if (js) await expectAccessible(page)
    await part(page, '1', 'valor').selectOption('hoje-7d')
    await page.getByRole('button', { name: 'Pesquisar', exact: true }).last().click()
    await page.getByText('Data de abertura depois hoje − 7 dias', { exact: true }).waitFor()
    await context.close()
  })
})
