// Without a mouse: a request opened, answered with a file and approved, and a question of a form moved, by keys alone.
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DEMONSTRATION_PASSWORD } from '#shared/kit/demonstration.ts'
import { openBrowser } from '../tests/support/browser.ts'
import { startTestSite, type TestSite } from '../tests/support/site.ts'
import { CPF, newWindow } from './journey.ts'
import { boxOf, JUSTIFICATION, pdf } from './theft-request.ts'

let site: TestSite
let browser: Browser
beforeAll(async () => {
  ;[site, browser] = await Promise.all([startTestSite(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** Far more than the fields and links of any page. */
const TABS = 150

const focused = (place: Locator): Promise<boolean> => place.evaluate((node) => node === document.activeElement)

/** Goes on by the Tab key until the place has the focus, and sees that it shows. */
async function reach(page: Page, place: Locator): Promise<void> {
  for (let tab = 0; tab < TABS; tab += 1) {
    await page.keyboard.press('Tab')
    if (!(await focused(place))) continue
    expect(await place.evaluate((node) => node.matches(':focus-visible'))).toBe(true)
    return
  }
  throw new Error(`${place} is out of reach of the Tab key`)
}

async function press(page: Page, place: Locator, key = 'Enter'): Promise<void> {
  await reach(page, place)
  await page.keyboard.press(key)
}

async function type(page: Page, place: Locator, text: string): Promise<void> {
  await reach(page, place)
  await page.keyboard.type(text)
}

/** One of several: the Tab key leads to the group, arrows lead on to the choice. */
async function choose(page: Page, name: string, value: string): Promise<void> {
  await reach(page, page.locator(`[name="${name}"]`).first())
  const wanted = page.locator(`[name="${name}"][value="${value}"]`)
  for (await page.keyboard.press('Space'); !(await wanted.isChecked()); ) await page.keyboard.press('ArrowDown')
}

async function send(page: Page, box: Locator, name: string): Promise<void> {
  await reach(page, box)
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')])
  await chooser.setFiles(pdf(name))
  await page.locator('[data-file]', { hasText: name }).waitFor()
}

async function signIn(page: Page, cpf: string): Promise<void> {
  // Choosers are caught from now on: begun with a key press, catching may come too late for it.
  page.on('filechooser', () => {})
  await page.goto('/entrar')
  await press(page, page.getByRole('button', { name: 'Login SOE' }))
  await page.getByLabel('CPF').waitFor()
  await type(page, page.getByLabel('CPF'), cpf)
  await type(page, page.getByLabel('Senha'), DEMONSTRATION_PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL(({ pathname }) => pathname === '/')
}

it('an operator opens a request', async () => {
  const { page, context } = await newWindow(browser, site.url)
  await signIn(page, CPF.operator)
  await press(page, page.locator('main').getByRole('link', { name: 'Abrir chamado' }))
  await press(page, page.getByRole('link', { name: 'Instituições Financeiras' }))
  await page.waitForURL(/\/rascunhos\//)
  await press(page, page.getByLabel('Desbloqueio para Cancelamento de Gravame'), 'Space')
  await choose(page, 'caso', '01')
  await type(page, page.locator('[name=placa]'), 'ABC1234')
  await choose(page, 'estatutario', 'sim')
  await choose(page, 'emitido', 'nao')
  await type(page, page.locator('[name=bo-numero]'), '4821/2026')
  await type(page, page.locator('[name=bo-uf]'), 'RS')
  await type(page, page.locator('[name=fato-data]'), '09/03/2026')
  await choose(page, 'recuperado', 'nao')
  await choose(page, 'indenizado', 'nao')
  await type(page, page.locator('[name=justificativa]'), JUSTIFICATION)
  await send(page, boxOf(page, 'requerimento'), 'requerimento.pdf')
  await send(page, boxOf(page, 'bo'), 'boletim.pdf')
  await press(page, page.locator('[name=declaro][value=sim]'), 'Space')
  await press(page, page.getByRole('button', { name: 'Enviar', exact: true }))
  await page.getByText('sua solicitação já foi aberta junto à equipe do Reconet').waitFor()
  await context.close()
})

it('an operator answers with text and file, and approves a solution', async () => {
  const { page, context } = await newWindow(browser, site.url)
  await signIn(page, CPF.operator)
  await press(page, page.getByRole('link', { name: /IYX2C84/ }))
  await type(page, page.getByLabel('Texto'), 'Segue o contrato inteiro, com a página de assinaturas.')
  await send(page, page.locator('#acompanhamento input[name="arquivo:contrato"]'), 'contrato.pdf')
  await press(page, page.getByRole('button', { name: 'Enviar resposta' }))
  await page.locator('.badge', { hasText: 'Processando (Atribuído)' }).first().waitFor()
  await press(page, page.getByRole('link', { name: 'Início', exact: true }).first())
  await press(page, page.getByRole('link', { name: /JAB7F30/ }))
  await press(page, page.getByRole('button', { name: 'Aprovar a solução' }))
  await page.locator('.badge', { hasText: 'Fechado' }).first().waitFor()
  await context.close()
})

it('a manager moves a question up its list, and the focus goes with it', async () => {
  const { page, context } = await newWindow(browser, site.url)
  await signIn(page, CPF.supervisor)
  await page.goto('/admin/formularios/instituicoes-financeiras')
  await press(page, page.getByRole('button', { name: 'Nova versão a partir desta' }))
  await page.waitForURL(/\/2$/)
  const keys = () => page.locator('[data-item=pergunta]').evaluateAll((all) => all.map((one) => one.dataset.key))
  const before = await keys()
  const at = before.indexOf('renavam')
  await press(page, page.locator('[data-key=renavam]').getByRole('button', { name: /^Subir/ }))
  for (const steps of [1, 2]) {
    await expect.poll(keys).toEqual(before.toSpliced(at, 1).toSpliced(at - steps, 0, 'renavam'))
    await page.keyboard.press('Enter')
  }
  await context.close()
})
