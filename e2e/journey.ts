// What journeys share: a person's browser window, signing in through SOE/WEB, and the accessibility check of a page.
import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { DEMONSTRATION_PASSWORD } from '#shared/kit/demonstration.ts'

/** Accounts of the demonstration by what they are (product, section 7). */
export const CPF = {
  master: '529.982.247-25',
  operator: '111.444.777-35',
  without: '390.533.447-05',
  reader: '862.883.667-57',
  lender: '714.602.380-01',
  analyst: '935.411.347-80',
  secondAnalyst: '248.438.034-80',
  supervisor: '853.513.468-93',
  administrator: '168.995.350-09',
  auditor: '123.456.789-09',
} as const

/** The second operator of the institution that has two: the lender's. */
export const COLLEAGUE = '153.509.460-56'

export interface Person {
  readonly page: Page
  readonly context: BrowserContext
}

/** A window of its own, with nothing of another person's. `js: false`: scripts off. */
export async function newWindow(
  browser: Browser,
  url: string,
  given: { js?: boolean; width?: number } = {},
): Promise<Person> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'pt-BR',
    javaScriptEnabled: given.js ?? true,
    viewport: { width: given.width ?? 1366, height: 900 },
    // Colours on their way to others are no colours to judge.
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(10_000)
  return { context, page: await context.newPage() }
}

/** From the entry page through SOE/WEB; ends wherever that leads. */
export async function enter(page: Page, cpf: string, password = DEMONSTRATION_PASSWORD): Promise<void> {
  await page.goto('/entrar')
  await page.getByRole('button', { name: 'Login SOE' }).click()
  await fillIn(page, cpf, password)
}

/** Answers SOE/WEB's own page. */
export async function fillIn(page: Page, cpf: string, password = DEMONSTRATION_PASSWORD): Promise<void> {
  await page.getByLabel('CPF').fill(cpf)
  await page.getByLabel('Senha').fill(password)
  await page.getByRole('button', { name: 'Entrar', exact: true }).click()
}

/** A signed-in person in a window of its own. */
export async function person(
  browser: Browser,
  url: string,
  cpf: string,
  given: { js?: boolean; width?: number } = {},
): Promise<Person> {
  const opened = await newWindow(browser, url, given)
  await enter(opened.page, cpf)
  // A page asked for meanwhile would cut the way back from SOE/WEB short.
  await opened.page.waitForURL(({ pathname }) => !pathname.startsWith('/soe/'))
  return opened
}

/** Axe on a page. Otherwise it opens an empty page for each result, for frames of other origins: there are none. */
export const axeOf = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode(true)

/** axe finds nothing against WCAG 2.2 AA, and nothing scrolls sideways. Needs scripts on. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await axeOf(page)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  const found = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)
  expect(found, page.url()).toEqual([])
  const [width, view] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
  expect(width, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(view ?? 0)
}
