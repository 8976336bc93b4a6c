// A master user from nothing to a request of its institution: classes to itself, an operator invited, who sets a password,
// enrols one-time codes and files a ticket; then the class is taken and the open session ends.
import { TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser } from '../tests/support/browser.ts'
import { startTestSite, type TestSite } from '../tests/support/site.ts'
import { CPF, enter, expectAccessible, fillIn, newWindow, type Person } from './journey.ts'
import { readyToSend, sendButton } from './theft-request.ts'

/** Invented, with right check digits. */
const JOANA = { cpf: '987.654.321-00', name: 'Joana Prado Ribas', email: 'joana.ribas@example.com' }
const PASSWORD = 'girafa azul come trevo'
const ENDS_WITHIN_MS = 5000

let site: TestSite
let browser: Browser
let master: Person
let joana: Person
beforeAll(async () => {
  ;[site, browser] = await Promise.all([startTestSite(), openBrowser()])
  master = await newWindow(browser, site.url)
  joana = await newWindow(browser, site.url)
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const row = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) })
const home = (page: Page) => page.getByRole('navigation', { name: 'Visões' }).or(page.locator('.views')).first()

it('a master without classes is refused, led to its own page, gives itself 122 and 151, and enters', async () => {
  const { page } = master
  await enter(page, CPF.master)
  await page.getByText('Falta a classe 122').first().waitFor()
  await page.getByRole('link', { name: 'Atribuir as classes no SOE/WEB' }).click()
  await page.getByRole('heading', { name: 'Helena Prates Vidal' }).waitFor()
  for (const name of ['122', '151']) {
    await row(page, name).getByRole('button', { name: 'Dar a classe' }).click()
    await row(page, name).getByText('Tem a classe').waitFor()
  }
  await page.getByRole('link', { name: 'Ir para o EPROD' }).click()
  await page.getByRole('button', { name: 'Login SOE' }).click()
  await home(page).waitFor()
})

it('it invites an operator, whose link arrives by mail', async () => {
  const { page } = master
  await page.goto('/soe/operadores')
  await page.getByRole('link', { name: 'Convidar operador' }).click()
  await page.getByLabel('CPF').fill(JOANA.cpf)
  await page.getByLabel('Nome').fill(JOANA.name)
  await page.getByLabel('E-mail').fill(JOANA.email)
  for (const name of ['122 ·', '151 ·']) await page.getByLabel(name).check()
  await page.getByRole('button', { name: 'Enviar convite' }).click()
  await page.getByText('o convite foi enviado por e-mail').waitFor()
  const letter = joana.page.getByRole('row', { name: JOANA.email }).getByRole('link')
  await expect.poll(async () => (await joana.page.goto('/dev/mail')) && letter.count(), { timeout: 10_000 }).toBe(1)
  await letter.click()
  await joana.page.getByRole('link', { name: '/soe/convite/' }).click()
})

it('the operator sets its password and enrols one-time codes', async () => {
  const { page } = joana
  await page.locator('#nova').fill(PASSWORD)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Criar a senha' }).click()
  await page.getByRole('heading', { name: 'Senha criada' }).waitFor()
  await page.goto('/soe/conta')
  await fillIn(page, JOANA.cpf, PASSWORD)
  await page.locator('summary', { hasText: 'Cadastrar o aplicativo' }).click()
  await page.locator('#codigos-senha').fill(PASSWORD)
  await page.locator('details[open]').getByRole('button').click()
  const code = page.locator('code.code').first()
  const secret = ((await code.textContent()) ?? '').replaceAll(' ', '')
  const shown = () => new TOTP({ secret }).generate({ timestamp: site.clock.now.getTime() })
  await page.getByLabel('Código de seis dígitos').fill(shown())
  await page.getByRole('button', { name: 'Confirmar o código' }).click()
  await page.getByRole('heading', { name: 'Códigos de recuperação' }).waitFor()

  await joana.context.clearCookies()
  // The next code: each counts once.
  site.clock.now = new Date(site.clock.now.getTime() + 30_000)
  await enter(page, JOANA.cpf, PASSWORD)
  await page.getByRole('heading', { name: 'Segundo fator' }).waitFor()
  await page.locator('#codigo').fill(shown())
  await page.getByRole('button', { name: 'Continuar' }).click()
  await home(page).waitFor()
})

it('it files a ticket', async () => {
  const { page } = joana
  await readyToSend(page, 'IZA7C45')
  await sendButton(page).click()
  await page.getByText('sua solicitação já foi aberta junto à equipe do Reconet').waitFor()
})

it('when the master takes class 122 away, the open session ends within five seconds and says what is missing', async () => {
  const { page } = master
  await page.goto('/soe/operadores?q=joana')
  await page.getByRole('link', { name: JOANA.name }).click()
  await row(page, '122').getByRole('button', { name: 'Retirar' }).click()
  await row(page, '122').getByText('Não tem esta classe').waitFor()
  const home = () => joana.context.request.get('/', { maxRedirects: 0 })
  await expect.poll(async () => (await home()).status(), { timeout: ENDS_WITHIN_MS }).toBe(303)
  await joana.page.goto('/chamados')
  await joana.page.getByRole('button', { name: 'Login SOE' }).click()
  await joana.page.getByText('mas falta a classe 122').waitFor()
  await joana.page.getByText('Helena Prates Vidal').waitFor()
  await page.reload()
  await page.getByRole('cell', { name: 'Classe retirada' }).waitFor()
})
