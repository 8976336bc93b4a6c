// Every page as it looks: axe at 0 in light and dark, nothing sideways at 320, 390 and 1366 px, a silent console, and no
// Portuguese left in English. What the pages do stands in the other journeys.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../tests/support/browser.ts'
import { startTestSite, type TestSite } from '../tests/support/site.ts'
import { axeOf, CPF, fillIn, newWindow, type Person, person } from './journey.ts'
import { openTheftForm } from './theft-request.ts'

const WIDTHS = [320, 390, 1366] as const
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** The demonstration's tickets, one of each status. */
const TICKETS = { new: 24156, processing: 24154, pending: 24153, solved: 24152, closed: 24151 } as const

/** What a page of another status than 200 is expected to leave in the console. */
const EXPECTED = /Failed to load resource: the server responded with a status of 404/

let site: TestSite
let browser: Browser
let operator: Person
let analyst: Person
let guest: Person
let master: Person
let administrator: Person
let auditor: Person
let draft = ''
const said: string[] = []

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startTestSite(), openBrowser()])
  guest = await newWindow(browser, site.url)
  operator = await person(browser, site.url, CPF.operator)
  analyst = await person(browser, site.url, CPF.analyst)
  // Before anything is granted: the confirmation of classes has something to ask.
  await site.database.owner.pool.query(`update soe.account_class set granted_at = now() - interval '13 months'`)
  master = await newWindow(browser, site.url)
  await master.page.goto('/soe/operadores')
  await fillIn(master.page, CPF.master)
  administrator = await newWindow(browser, site.url)
  await administrator.page.goto('/soe/administracao')
  await fillIn(administrator.page, CPF.administrator)
  await administrator.page.goto('/entrar')
  await administrator.page.getByRole('button', { name: 'Login SOE' }).click()
  await administrator.page.waitForURL(`${site.url}/`)
  auditor = await person(browser, site.url, CPF.auditor)
  draft = await openTheftForm(operator.page)
  await operator.page.getByText(/Rascunho salvo às/).waitFor()
  for (const { page } of [guest, operator, analyst, master, administrator, auditor]) listen(page)
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** Chromium tells broken policies (CSP, Trusted Types) in the console too. */
function listen(page: Page): void {
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !EXPECTED.test(message.text()))
      said.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => said.push(`${page.url()}: ${error.message}`))
}

const OPEN_PAGES = ['/entrar', '/ajuda', '/privacidade', '/acessibilidade', '/preferencias', '/soe/ajuda']
const OPERATORS = [
  '/?visao=pessoal',
  '/?visao=grupo',
  '/?visao=global',
  '/abrir-chamado',
  '/chamados',
  '/chamados?status=todos',
  '/chamados/exibicao',
  '/chamados/pesquisas',
  '/chamados/pesquisas/nova?consulta=status%3Dnovo',
  '/pesquisar?q=IZA4B21',
  '/pesquisar?q=AAA0A00',
  '/preferencias',
  '/nao-existe',
  ...Object.values(TICKETS).map((id) => `/chamados/${id}`),
  `/chamados/${TICKETS.pending}/historico`,
]
const ANALYSTS = [
  '/',
  '/atendimento?aba=meus',
  '/atendimento?aba=novos',
  '/atendimento?aba=pendentes',
  '/chamados',
  '/chamados?status=todos&selecionar=linhas',
  '/chamados/pesquisas/nova?consulta=status%3Dnovo',
  ...Object.values(TICKETS).map((id) => `/chamados/${id}`),
  `/chamados/${TICKETS.pending}/historico`,
]

const MASTERS = ['/soe/operadores', '/soe/operadores/eu', '/soe/operadores/novo', '/soe/confirmacao', '/soe/auditoria']
const ADMINISTRATION = ['relogio', 'prazos', 'arquivos', 'sessoes', 'jobs'].map((page) => `/admin/${page}`)
const AUDITORS = ['/', '/admin/auditoria', '/admin/auditoria?o=leituras']
const ADMINISTRATORS = ['instituicoes', 'instituicoes/1', 'aplicacoes/nova', 'entradas'].map(
  (page) => `/soe/administracao/${page}`,
)

/** One load for each page; width and colour scheme change in place. */
async function expectGoodLooks(page: Page, path: string): Promise<void> {
  await page.setViewportSize({ width: 1366, height: 900 })
  await page.goto(path)
  // Closed parts are looked at open; menus lie over the page and are left.
  await page.evaluate(() => {
    for (const one of document.querySelectorAll<HTMLDetailsElement>('main details')) one.open = true
  })
  const faults: string[] = []
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    if (wide > width) faults.push(`${width} px: scrolls sideways to ${wide}`)
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    // Between the schemes only colours differ.
    const axe = axeOf(page)
    const { violations } = await (colorScheme === 'light'
      ? axe.withTags(TAGS)
      : axe.withRules(['color-contrast'])
    ).analyze()
    for (const one of violations) {
      faults.push(`${colorScheme} ${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)
    }
  }
  await page.emulateMedia({ colorScheme: null })
  expect(faults, path).toEqual([])
}

describe('in Portuguese', () => {
  it.each(OPEN_PAGES)('anyone at %s', async (path) => {
    await expectGoodLooks(guest.page, path)
  })

  it('anyone at the sign-in of SOE/WEB', async () => {
    const { page } = guest
    await page.goto('/entrar')
    await page.getByRole('button', { name: 'Login SOE' }).click()
    await page.getByLabel('Senha').waitFor()
    await expectGoodLooks(page, page.url())
  })

  it.each(OPERATORS)('an operator at %s', async (path) => {
    await expectGoodLooks(operator.page, path)
  })

  it('an operator at a form with its case chosen', async () => {
    await expectGoodLooks(operator.page, draft)
  })

  it.each(ANALYSTS)('an analyst at %s', async (path) => {
    await expectGoodLooks(analyst.page, path)
  })

  it.each(MASTERS)('a master at %s', async (path) => {
    await expectGoodLooks(master.page, path)
  })

  it.each(ADMINISTRATORS)('the administrator of SOE/WEB at %s', async (path) => {
    await expectGoodLooks(administrator.page, path)
  })

  it.each(ADMINISTRATION)('the administrator of EPROD at %s', async (path) => {
    await expectGoodLooks(administrator.page, path)
  })

  it.each(AUDITORS)('an auditor at %s', async (path) => {
    await expectGoodLooks(auditor.page, path)
  })

  it('each ticket of the demonstration stands in the status it is looked at for', async () => {
    const names = ['Novo', 'Processando (Atribuído)', 'Pendente', 'Solucionado', 'Fechado']
    for (const [at, id] of Object.values(TICKETS).entries()) {
      await operator.page.goto(`/chamados/${id}`)
      expect((await operator.page.locator('.head .badge').first().textContent())?.trim()).toBe(names[at])
    }
  })
})

/** Words that only stand in Portuguese texts of the shell, buttons and labels; what people wrote may hold them. */
const PORTUGUESE =
  /\b(não|você|chamado|chamados|enviar|salvar|escolher|escolha|abrir|voltar|pesquisar|atualizar|entrar|sair|recusar|aprovar|solucionar|pedir|nota privada|prazo|arquivo|arquivos|opcional|obrigatório|aberto|fechado|anexar|remover|assumir|devolver|histórico|técnico|grupo|motivo)\b/iu

describe('in English', () => {
  beforeAll(async () => {
    for (const { context } of [operator, analyst, master, administrator, auditor]) await speakEnglish(context)
  })

  it.each([...OPERATORS, 'draft'])('an operator at %s', async (path) => {
    await expectEnglish(operator.page, path === 'draft' ? draft : path)
  })

  it.each(ANALYSTS)('an analyst at %s', async (path) => {
    await expectEnglish(analyst.page, path)
  })

  it.each(MASTERS)('a master at %s', async (path) => {
    await expectEnglish(master.page, path)
  })

  it.each(ADMINISTRATORS)('the administrator of SOE/WEB at %s', async (path) => {
    await expectEnglish(administrator.page, path)
  })

  it.each(ADMINISTRATION)('the administrator of EPROD at %s', async (path) => {
    await expectEnglish(administrator.page, path)
  })

  it.each(AUDITORS)('an auditor at %s', async (path) => {
    await expectEnglish(auditor.page, path)
  })

  it('a form and a ticket of each side have no fault either', async () => {
    await expectGoodLooks(operator.page, draft)
    await expectGoodLooks(operator.page, `/chamados/${TICKETS.solved}`)
    await expectGoodLooks(analyst.page, `/chamados/${TICKETS.new}`)
  })
})

async function speakEnglish(context: BrowserContext): Promise<void> {
  await context.addCookies([{ name: 'idioma', value: 'en', url: site.url }])
}

/** Title, headings, buttons, labels, legends, hints, tabs, column heads: none in Portuguese. */
async function expectEnglish(page: Page, path: string): Promise<void> {
  await page.goto(path)
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  const texts = await page.evaluate(() => {
    const shown = 'h2, h3, button, label, legend, th, dt, summary, .views a, .hint, .btn, .badge, nav a, .foot a'
    const named = [...document.querySelectorAll('[aria-label], [placeholder], [title]')].flatMap((one) =>
      ['aria-label', 'placeholder', 'title'].map((name) => one.getAttribute(name) ?? ''),
    )
    return [document.title, ...[...document.querySelectorAll(shown)].map((one) => one.textContent ?? ''), ...named]
  })
  const left = texts.filter((text) => PORTUGUESE.test(text))
  expect(left, path).toEqual([])
}

it('no page broke a policy or said an error in the console', () => {
  expect(said).toEqual([])
})
