// Second factors, passkeys and the end of sessions as a person lives them in a browser.
import { TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMONSTRATION_PASSWORD } from '#shared/kit/demonstration.ts'
import { openBrowser } from '../tests/support/browser.ts'
import { startTestSite, type TestSite } from '../tests/support/site.ts'
import { CPF, enter, expectAccessible, fillIn, newWindow, person } from './journey.ts'

let site: TestSite
let browser: Browser
beforeAll(async () => {
  ;[site, browser] = await Promise.all([startTestSite(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** Opens the own account of SOE/WEB. */
async function openAccount(page: Page, cpf: string): Promise<void> {
  await page.goto('/soe/conta')
  await fillIn(page, cpf)
  await page.getByRole('heading', { name: 'Minha conta' }).waitFor()
}

async function openPart(page: Page, title: string, password: string): Promise<void> {
  const part = page.locator('details', { has: page.locator('summary', { hasText: title }) })
  await part.locator('summary').click()
  await part.locator(password).fill(DEMONSTRATION_PASSWORD)
  await part.getByRole('button').click()
}

/** The code an authenticator with the secret on the page shows. */
async function codeOn(page: Page): Promise<string> {
  const secret = ((await page.locator('code.code').first().textContent()) ?? '').replaceAll(' ', '')
  return new TOTP({ secret }).generate({ timestamp: site.clock.now.getTime() })
}

describe('the authenticator app', () => {
  it('is set up in the own account and asked for at the next entry, without scripts too', async () => {
    const { page, context } = await newWindow(browser, site.url)
    await openAccount(page, CPF.operator)
    await expectAccessible(page)
    await openPart(page, 'Cadastrar o aplicativo', '#codigos-senha')
    await page.getByRole('heading', { name: 'Cadastrar o aplicativo autenticador' }).waitFor()
    await expectAccessible(page)
    const secret = ((await page.locator('code.code').first().textContent()) ?? '').replaceAll(' ', '')
    await page.getByLabel('Código de seis dígitos').fill(await codeOn(page))
    await page.getByRole('button', { name: 'Confirmar o código' }).click()
    await page.getByRole('heading', { name: 'Códigos de recuperação' }).waitFor()
    await expectAccessible(page)
    const recovery = await page.locator('.codes code').allTextContents()
    expect(recovery).toHaveLength(10)
    await context.close()

    const plain = await newWindow(browser, site.url, { js: false })
    await enter(plain.page, CPF.operator)
    await plain.page.getByRole('heading', { name: 'Segundo fator' }).waitFor()
    site.clock.now = new Date(site.clock.now.getTime() + 60_000)
    await plain.page.locator('#codigo').fill(new TOTP({ secret }).generate({ timestamp: site.clock.now.getTime() }))
    await plain.page.getByRole('button', { name: 'Continuar' }).click()
    await plain.page.getByRole('heading', { name: 'Visão Pessoal' }).or(plain.page.locator('.views')).first().waitFor()
    await plain.page.goto('/abrir-chamado/instituicoes-financeiras')
    expect(new URL(plain.page.url()).pathname).toMatch(/^\/(abrir-chamado|rascunhos)/)
    await plain.context.close()

    const lost = await newWindow(browser, site.url)
    await enter(lost.page, CPF.operator)
    await expectAccessible(lost.page)
    await lost.page.locator('#codigo').fill('000000')
    await lost.page.getByRole('button', { name: 'Continuar' }).click()
    await lost.page.getByRole('alert').getByText('O código não confere').waitFor()
    await expectAccessible(lost.page)
    await lost.page.locator('#codigo').fill(recovery[0] ?? '')
    await lost.page.getByRole('button', { name: 'Continuar' }).click()
    await lost.page.locator('.views').first().waitFor()
    await lost.context.close()
    site.clock.now = new Date()
  })
})

describe('a passkey', () => {
  it('is made in the own account and lets in without a password', async () => {
    const { page, context } = await newWindow(browser, site.url)
    const devices = await context.newCDPSession(page)
    await devices.send('WebAuthn.enable')
    await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await openAccount(page, CPF.lender)
    await page.locator('summary', { hasText: 'Cadastrar uma chave de acesso' }).click()
    await page.getByLabel('Nome da chave').fill('Notebook do trabalho')
    await page.locator('#passkey-senha').fill(DEMONSTRATION_PASSWORD)
    await page.locator('details[open]').getByRole('button').click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Criar a chave de acesso' }).click()
    await page.getByRole('heading', { name: 'Códigos de recuperação' }).waitFor()
    await page.goto('/soe/conta')
    await page.getByText('Notebook do trabalho').first().waitFor()
    await context.clearCookies()

    await page.goto('/entrar')
    await page.getByRole('button', { name: 'Login SOE' }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Entrar com chave de acesso' }).click()
    await page.locator('.views').first().waitFor()

    await context.clearCookies()
    await enter(page, CPF.lender)
    await page.getByRole('button', { name: 'Usar chave de acesso' }).click()
    await page.locator('.views').first().waitFor()
    await context.close()
  })

  it('is not offered where there is no script', async () => {
    const { page, context } = await newWindow(browser, site.url, { js: false })
    await page.goto('/entrar')
    await page.getByRole('button', { name: 'Login SOE' }).click()
    await page.getByLabel('Senha').waitFor()
    expect(await page.getByRole('button', { name: 'Entrar com chave de acesso' }).isVisible()).toBe(false)
    await context.close()
  })
})

describe('the end of a session', () => {
  it('comes within five seconds when a class is taken, and entering again says which is missing', async () => {
    const { page, context } = await person(browser, site.url, CPF.reader)
    await page.locator('.views').first().waitFor()
    await site.database.owner.pool.query(
      `delete from soe.account_class where class = 122 and account_id = (select id from soe.account where cpf = '86288366757')`,
    )
    await expect
      .poll(async () => (await context.request.get('/', { maxRedirects: 0 })).status(), { timeout: 5000 })
      .toBe(303)
    await page.goto('/chamados')
    await page.getByRole('button', { name: 'Login SOE' }).click()
    await page.getByText('Falta a classe 122').first().waitFor()
    await context.close()
  })

  it('is announced before it comes, and Continuar puts it off', async () => {
    const { page, context } = await person(browser, site.url, CPF.analyst)
    await page.locator('main h1').first().waitFor()
    const [limit] = (await context.cookies()).filter((one) => one.name === 'eprod_prazo')
    const [ends] = (limit?.value ?? '').split('.')
    await context.addCookies([{ name: 'eprod_prazo', value: `${ends}.110`, url: site.url }])
    await page.reload()
    const dialog = page.getByRole('dialog', { name: 'Sua sessão está para terminar' })
    await dialog.waitFor()
    await expectAccessible(page)
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.url().endsWith('/sessao')),
      dialog.getByRole('button', { name: 'Continuar' }).click(),
    ])
    expect(answer.status()).toBe(200)
    await dialog.waitFor({ state: 'hidden' })
    await context.addCookies([{ name: 'eprod_prazo', value: limit?.value ?? '', url: site.url }])
    await page.goto('/sessao')
    await page.getByText('SOE/WEB avisa o EPROD').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Continuar' }).first().click()
    await page.getByText('A sessão continua.').waitFor()
    await context.close()
  })
})
