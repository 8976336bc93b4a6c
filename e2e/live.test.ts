// Live pages in a real browser: a second window changes within a second, the bell counts, what is typed stays, the stream ends
// with the session, and the mail is there to be read.
import pg from 'pg'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plainPdf } from '#shared/kit/plain-pdf.ts'
import { openBrowser } from '../tests/support/browser.ts'
import { startTestSite, type TestSite } from '../tests/support/site.ts'
import { CPF, expectAccessible, type Person, person } from './journey.ts'

let browser: Browser
let site: TestSite
let operator: Person
let analyst: Person
const WITHIN_MS = 1000

beforeAll(async () => {
  ;[browser, site] = await Promise.all([openBrowser(), startTestSite()])
  operator = await person(browser, site.url, CPF.operator)
  analyst = await person(browser, site.url, CPF.analyst)
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** A ticket in work: its address in both windows. */
async function open(): Promise<string> {
  const { rows } = await site.database.owner.pool.query(
    `select t.id from eprod.ticket t join eprod.person p on p.id = t.requester_id
      where t.status = 'processing' and p.cpf = '11144477735' limit 1`,
  )
  const path = `/chamados/${rows[0].id}`
  const listening = operator.page.waitForResponse((answer) => answer.url().endsWith('/eventos'))
  await operator.page.goto(path)
  await listening
  await analyst.page.goto(path)
  return path
}

async function write(text: string): Promise<void> {
  const { page } = analyst
  const panel = page.locator('details', { hasText: 'Acompanhamento' }).first()
  if ((await panel.count()) > 0 && (await panel.getAttribute('open')) === null)
    await panel.locator('summary').first().click()
  const form = page.locator('form[action$="/acompanhamentos"]').first()
  await form.locator('textarea').fill(text)
  await sendBy(page, form.locator('button[type=submit]').last())
}

/** Presses, and waits for the page that says that it was done. */
async function sendBy(page: Page, button: Locator): Promise<void> {
  const done = page.waitForResponse((answer) => /feito=/.test(answer.url()) && answer.status() === 200)
  await button.click()
  await done
  await page.waitForLoadState()
}

describe('a page left open', () => {
  it('shows a follow-up of another window within a second, and the bell counts it', async () => {
    const said: string[] = []
    operator.page.on('console', (message) => said.push(message.text()))
    await open()
    await write('Recebemos o ofício do juízo.')
    await operator.page.getByText('Recebemos o ofício do juízo.').waitFor({ timeout: WITHIN_MS })
    expect(said).toEqual([])
    await expectAccessible(operator.page)
    await operator.page.goto('/chamados')
    await analyst.page.goto(analyst.page.url().replace(/\?.*/, ''))
    await write('Falta conferir a placa.')
    await operator.page.locator('[data-unread]:not([hidden])').waitFor()
    await operator.page.locator('[data-bell]').click()
    await operator.page.getByRole('heading', { name: 'Avisos' }).waitFor()
    expect(await operator.page.locator('.bell-list .unread').count()).toBeGreaterThan(0)
    await expectAccessible(operator.page)
    await operator.page.getByRole('button', { name: 'Marcar todos como lidos' }).click()
    await operator.page.locator('[data-unread]').waitFor({ state: 'hidden' })
  })

  it('keeps what is being typed and says that there is something new', async () => {
    await open()
    const text = operator.page.locator('form[action$="/acompanhamentos"] textarea').first()
    await text.fill('Estou escrevendo a resposta')
    await write('Uma pergunta a mais.')
    await operator.page.locator('[data-live-notice]').waitFor()
    expect(await text.inputValue()).toBe('Estou escrevendo a resposta')
    await expectAccessible(operator.page)
  })

  it('goes on showing what happens when a part was opened or a link is in focus, and keeps both', async () => {
    await open()
    const { page } = operator
    const answers = page.locator('details.answers')
    await answers.locator('summary').click()
    expect(await answers.getAttribute('open')).toBeNull()
    await write('Chegou o laudo.')
    await page.getByText('Chegou o laudo.').waitFor({ timeout: WITHIN_MS })
    expect(await answers.getAttribute('open')).toBeNull()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY')
  })

  it('brings in what is new on demand, and what was typed and sent by then goes on from there', async () => {
    const path = await open()
    const { page } = analyst
    const [solution, note] = [page.locator('#solve-texto'), page.locator('#note-texto')]
    await page.locator('#solucionar > summary').click()
    await page.locator('#nota > summary').click()
    await note.fill('Conferir com o setor jurídico.')
    await page.locator('#solucionar [value=denied]').check()
    await page
      .locator('#solucionar input[type=file]')
      .setInputFiles({ name: 'parecer.pdf', mimeType: 'application/pdf', buffer: plainPdf(['parecer']) })
    await page.locator('#solucionar [data-file]').waitFor()
    await solution.fill('O boletim 4821/2026 não confere com o registro da placa; o bloqueio continua.')
    await operator.page.locator('form[action$="/acompanhamentos"] textarea').first().fill('Um fato novo do banco.')
    await sendBy(operator.page, operator.page.locator('form[action$="/acompanhamentos"] button[type=submit]').last())
    await page.locator('[data-live-notice]').waitFor()
    expect(await page.getByText('Um fato novo do banco.').count()).toBe(0)
    await page.getByRole('button', { name: 'Mostrar o que mudou' }).click()
    await page.getByText('Um fato novo do banco.').waitFor({ timeout: WITHIN_MS })
    await page.locator('[data-live-notice]').waitFor({ state: 'hidden' })
    expect(await note.inputValue()).toBe('Conferir com o setor jurídico.')
    expect(await solution.inputValue()).toContain('4821/2026')
    expect(await page.locator('#solucionar [data-file]').count()).toBe(1)
    expect(await page.locator('#solucionar').getAttribute('open')).not.toBeNull()
    await expectAccessible(page)
    await sendBy(page, page.locator('#solucionar button[type=submit]').last())
    expect(await page.getByText('parecer.pdf').count()).toBeGreaterThan(0)
    await operator.page.goto(path)
    const { page: bank } = operator
    await bank.locator('#responder textarea').fill('Recuso: o boletim certo é outro.')
    await sendBy(bank, bank.locator('#responder .btn.bad'))
  })

  it('has read nothing for anybody who has not moved a hand since it was shown', async () => {
    const path = await open()
    await site.database.owner.pool.query('delete from eprod.notification')
    await operator.page.reload()
    const unread = async () => {
      const { rows } = await site.database.owner.pool.query(
        `select count(*)::int as n from eprod.notification n join eprod.person p on p.id = n.person_id
          where p.cpf = '11144477735' and n.read_at is null and n.ticket_id = $1`,
        [path.split('/')[2]],
      )
      return rows[0].n as number
    }
    await write('Ninguém viu ainda.')
    await operator.page.getByText('Ninguém viu ainda.').waitFor({ timeout: WITHIN_MS })
    await operator.page.locator('[data-unread]:not([hidden])').waitFor()
    expect(await unread()).toBe(1)
    await operator.page.mouse.move(320, 320)
    await operator.page.locator('[data-unread]').waitFor({ state: 'hidden' })
    expect(await unread()).toBe(0)
  })

  it('brings the mail, in text and in HTML, to whoever follows the ticket', async () => {
    await operator.page.goto('/dev/mail')
    await operator.page
      .getByText('operador@', { exact: false })
      .or(operator.page.getByText('@example.com'))
      .first()
      .waitFor()
    expect(await operator.page.content()).toContain('Novo acompanhamento')
  })

  it('shows the list that was searched for, though what it asked for before comes later', async () => {
    await open()
    const { page } = operator
    const listening = page.waitForResponse((answer) => answer.url().endsWith('/eventos'))
    await page.goto('/chamados')
    await listening
    const [asked, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let held = false
    await page.route(/\/chamados(\?.*)?$/, async (route) => {
      if (route.request().headers()['x-quiet'] === undefined) return await route.continue()
      // Whatever is asked for after it stays away: it would show the right list again, and nobody would have seen the wrong one.
      if (held) return await route.abort()
      held = true
      asked.resolve()
      await letGo.promise
      await route.continue()
    })
    await write('Aviso que muda a lista.')
    await asked.promise
    await page.getByRole('button', { name: 'Remover a regra 1' }).click()
    await page.getByText('Sem critérios').waitFor()
    letGo.resolve()
    await page.waitForTimeout(1000)
    expect(await page.getByText('Sem critérios').count()).toBe(1)
    await page.unroute(/\/chamados(\?.*)?$/)
  })

  it('asks for what happened while the house did not hear the database', async () => {
    await open()
    const admin = new pg.Client({ connectionString: site.database.urls.admin })
    await admin.connect()
    const { rows } = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and query like 'listen eprod_live%'`,
      [site.database.name],
    )
    await admin.end()
    expect(rows).toHaveLength(1)
    await write('Escrito enquanto ninguém ouvia.')
    await operator.page.getByText('Escrito enquanto ninguém ouvia.').waitFor({ timeout: 5000 })
  })

  it('leaves the stream to another tab when its own session has ended', async () => {
    const path = await open()
    const later = await operator.page.context().newPage()
    const refused = operator.page.waitForResponse(
      (answer) => answer.url().endsWith('/eventos') && answer.status() === 401,
    )
    await site.database.owner.pool.query(
      `update eprod.session set ended_at = now() where ended_at is null and person_id = (select id from eprod.person where cpf = '11144477735' limit 1)`,
    )
    await refused
    await later.goto('/entrar')
    await later.getByRole('button', { name: 'Login SOE' }).click()
    await later.getByRole('link', { name: 'Sair' }).or(later.getByText('Visão Pessoal')).first().waitFor()
    const streams = later.waitForResponse((answer) => answer.url().endsWith('/eventos') && answer.status() === 200)
    await later.goto(path)
    await streams
    await write('Para a aba que entrou depois.')
    await later.getByText('Para a aba que entrou depois.').waitFor({ timeout: 5000 })
    await later.close()
  })

  it('ends its stream with the session', async () => {
    const ended = operator.page.evaluate(
      async () =>
        await new Promise<string>((tell) => {
          const stream = new EventSource('/eventos')
          let opened = false
          stream.onmessage = () => (opened = true)
          stream.onerror = () => tell(opened ? 'ended' : 'never opened')
        }),
    )
    await operator.page.waitForResponse((answer) => answer.url().endsWith('/eventos'))
    await site.database.owner.pool.query(
      `update eprod.session set ended_at = now() where person_id = (select id from eprod.person where cpf = '11144477735' limit 1)`,
    )
    expect(await ended).toBe('ended')
  })
})
