// Finding: the guide's Figure 13a and 13b on a closed ticket, and a nested search built, saved, shared and opened by a
// colleague; with scripts and without. Columns and rows that are ticked, in passing; suggestions.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../tests/support/browser.ts'
import { startTestSite, type TestSite } from '../tests/support/site.ts'
import { CPF, expectAccessible, type Person, person } from './journey.ts'

let site: TestSite
let browser: Browser
/** The demonstration's closed ticket. */
const CLOSED = { id: '24151', plate: 'IZA4B21', otherPlate: 'IZA4121' }

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startTestSite(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const part = (page: Page, place: string, name: 'campo' | 'op' | 'valor') => page.locator(`[id="r${place}.${name}"]`)
const idsOn = async (page: Page): Promise<string[]> =>
  (await page.locator('tbody th.id').allTextContents()).map((text) => text.replace(/\D/g, ''))

/** Arrows A, B, C and D of the guide's Figure 12. */
const removeRule = (page: Page, place: string) => page.getByRole('button', { name: `Remover a regra ${place}` }).click()
const addTo = (page: Page, what: 'regra' | 'grupo', group = '') =>
  page.getByRole('button', { name: group ? `${what} no grupo ${group}` : what, exact: true }).click()
const search = (page: Page) => page.locator('.crit-go').click()

interface Rule {
  readonly place: string
  readonly field: string
  readonly op: string
  readonly value?: string
  /** A value chosen from a list. */
  readonly option?: string
}

/** Fills a rule as fast as hands can be; what is typed before the page has followed is kept. */
async function rule(page: Page, js: boolean, { place, field, op, value, option }: Rule) {
  await part(page, place, 'campo').selectOption({ label: field })
  if (!js) await page.getByRole('button', { name: 'Atualizar campos' }).click()
  await part(page, place, 'op')
    .locator('option', { hasText: new RegExp(`^${op}$`) })
    .waitFor({ state: 'attached' })
  await part(page, place, 'op').selectOption({ label: op })
  if (option) await page.locator(`select[id="r${place}.valor"]`).selectOption({ label: option })
  else await page.locator(`input[id="r${place}.valor"]`).fill(value ?? '')
}

async function listTickets(page: Page): Promise<void> {
  await page.goto('/')
  await page.locator('nav summary', { hasText: 'Atendimento' }).click()
  await page.locator('nav a', { hasText: 'Listar Chamados' }).click()
  await page.locator('.chip', { hasText: 'Status é Não fechado' }).waitFor()
}

/** The default filter taken away and a rule added: what both figures begin with. */
async function beginAnew(page: Page): Promise<void> {
  await listTickets(page)
  await removeRule(page, '1')
  await page.getByText('Sem critérios').waitFor()
  await addTo(page, 'regra')
  await part(page, '1', 'campo').waitFor()
}

describe.each([true, false])('with scripts: %s', (js) => {
  let operator: Person
  beforeAll(async () => {
    operator = await person(browser, site.url, CPF.operator, { js })
  })
  afterAll(() => operator?.context.close())

  it('Figure 13a: a closed ticket by Características - ID, in any spelling', async () => {
    const { page } = operator
    await listTickets(page)
    expect(await idsOn(page)).not.toContain(CLOSED.id)
    await beginAnew(page)
    expect(
      await part(page, '1', 'campo').locator('optgroup[label="Características"] option').first().textContent(),
    ).toBe('ID')
    await rule(page, js, { place: '1', field: 'ID', op: 'é', value: '24.151' })
    await search(page)
    await page.locator('.chip', { hasText: `ID é ${CLOSED.id}` }).waitFor()
    expect(await idsOn(page)).toEqual([CLOSED.id])
    await page.locator('tbody .badge', { hasText: 'Fechado' }).waitFor()
    if (js) await expectAccessible(page)
  })

  it('Figure 13b: the same by its plate in the title', async () => {
    const { page } = operator
    await beginAnew(page)
    await rule(page, js, { place: '1', field: 'Título', op: 'contém', value: CLOSED.plate.toLowerCase() })
    await search(page)
    await page.locator('.chip', { hasText: 'Título contém' }).waitFor()
    expect(await idsOn(page)).toEqual([CLOSED.id])
    await page.locator('tbody a', { hasText: CLOSED.plate }).click()
    await page.waitForURL(new RegExp(`/chamados/${CLOSED.id}$`))
  })

  it('a nested search is built, saved, shared, and opened by a colleague who may only read', async () => {
    const { page } = operator
    const name = `Furtos por decidir ${js ? 'um' : 'dois'}`
    await beginAnew(page)
    await rule(page, js, { place: '1', field: 'Título', op: 'contém', value: 'furto' })
    await addTo(page, 'grupo')
    await part(page, '2.1', 'campo').waitFor()
    await rule(page, js, { place: '2.1', field: 'Status', op: 'é', option: 'Fechado' })
    await addTo(page, 'regra', '2')
    await part(page, '2.2', 'campo').waitFor()
    await page.locator('[name="r2.2.lig"]').selectOption({ label: 'OU' })
    await rule(page, js, { place: '2.2', field: 'Placa', op: 'é', value: 'IVB1D55' })
    await search(page)
    await page.locator('.chip', { hasText: 'Status é Fechado OU Características - Placa é “IVB1D55”' }).waitFor()
    const found = await idsOn(page)
    expect(found).toContain(CLOSED.id)
    expect(found.length).toBeGreaterThan(1)
    if (js) await expectAccessible(page)
    await page.getByRole('button', { name: 'Salvar pesquisa' }).click()
    await page.getByLabel('Nome').fill(name)
    await page.getByRole('radio', { name: 'Banco Exemplo S.A.' }).check()
    await page.getByRole('button', { name: 'Salvar', exact: true }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    expect(await idsOn(page)).toEqual(found)

    const reader = await person(browser, site.url, CPF.reader, { js })
    await reader.page.goto('/chamados')
    await reader.page.getByRole('link', { name: 'Pesquisas', exact: true }).click()
    const line = reader.page.locator('.saved li', { hasText: name })
    expect(await line.locator('.cnt').textContent()).toContain(String(found.length))
    if (js) await expectAccessible(reader.page)
    await line.getByRole('link', { name, exact: true }).click()
    await reader.page.getByRole('heading', { level: 1, name }).waitFor()
    expect(await idsOn(reader.page)).toEqual(found)
    await reader.context.close()
  })

  it('columns are chosen and sorts added; ticked rows become a list of their own', async () => {
    const { page } = operator
    await page.goto('/chamados?status=todos')
    await page.getByRole('link', { name: 'Exibição' }).click()
    await page.getByRole('checkbox', { name: 'Prazo' }).check()
    await page.getByRole('button', { name: 'Mover Última atualização para antes' }).click()
    await page.locator('.cols li', { hasText: 'Prazo' }).getByRole('button', { name: 'Mover Prazo' }).first().waitFor()
    await page.getByRole('button', { name: 'Salvar e ver a lista' }).click()
    await page.locator('thead', { hasText: 'Prazo' }).waitFor()
    if (js) {
      await page.locator('thead a', { hasText: 'Status' }).click({ modifiers: ['Shift'] })
      await page.locator('thead sup').waitFor()
      expect(new URL(page.url()).searchParams.get('ordem')).toBe('-atualizacao,status')
    }
    await page.getByRole('link', { name: 'Selecionar' }).click()
    const boxes = page.locator('tbody input[type=checkbox]')
    await boxes.first().check()
    await boxes.nth(1).check()
    if (js) {
      await page.locator('.mass', { hasText: '2 marcados' }).waitFor()
      await page.locator('thead a', { hasText: 'Título' }).click()
      await page.waitForURL(/ordem=titulo/)
    } else await page.getByRole('button', { name: 'Manter os marcados' }).click()
    expect(await page.locator('tbody input:checked').count()).toBe(2)
    await page.getByRole('button', { name: 'Listar só os marcados' }).click()
    await page.locator('.chip', { hasText: 'ID é um de' }).waitFor()
    expect(await idsOn(page)).toHaveLength(2)
  })
})

it('Pesquisar suggests while one types, by the keyboard alone', async () => {
  const { page, context } = await person(browser, site.url, CPF.operator)
  await page.goto('/')
  await page.keyboard.press('/')
  const box = page.getByRole('combobox', { name: 'Pesquisar por placa' })
  await page.keyboard.type(CLOSED.otherPlate.slice(0, 5))
  const option = page.getByRole('option', { name: CLOSED.plate })
  await option.waitFor()
  expect(await box.getAttribute('aria-expanded')).toBe('true')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await option.waitFor({ state: 'hidden' })
  await page.keyboard.press('ArrowDown')
  expect(await box.getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'))
  await page.keyboard.press('Enter')
  await page.waitForURL(new RegExp(`/chamados/${CLOSED.id}$`))
  await page.keyboard.press('/')
  await page.keyboard.type('furto')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Resultado para “furto”' }).waitFor()
  await context.close()
})
