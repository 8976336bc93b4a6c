// A request of the case *Veículo com Furto/Roubo* as a person fills it in. What becomes of it stands in the journeys.
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { plainPdf } from '#shared/kit/plain-pdf.ts'
import type { TestSite } from '../tests/support/site.ts'

/** A real PDF of one page that says its own name. */
export const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: plainPdf([name, 'ABC1234']) })

/** The documents the case asks for when an attorney signs, and the files sent for them. */
const DOCUMENTS = [
  ['requerimento', 'requerimento.pdf'],
  ['procuracao', 'procuracao.pdf'],
  ['bo', 'boletim.pdf'],
] as const

export const JUSTIFICATION = 'Veículo furtado antes da emissão do documento com o gravame do contrato.'

/** Opens a new form and chooses the case; needs scripts. Returns the address of its draft. */
export async function openTheftForm(page: Page): Promise<string> {
  await page.goto('/abrir-chamado/instituicoes-financeiras')
  await page.waitForURL(/\/rascunhos\//)
  await page.getByText('Desbloqueio para Cancelamento de Gravame').click()
  // Whoever opens the draft elsewhere from now on finds its case chosen.
  const saved = page.waitForResponse(
    (one) => one.url().endsWith('/salvar') && (one.request().postData() ?? '').includes('caso='),
  )
  await page.getByText('Veículo com Furto/Roubo').click()
  await page.locator('[name=placa]').waitFor()
  await saved
  return new URL(page.url()).pathname
}

/** Types the answers of the case; its fields must be there. */
export async function answerTheft(page: Page, plate: string): Promise<void> {
  await page.locator('[name=placa]').fill(plate)
  await page.locator('[name=estatutario][value=nao]').check()
  await page.locator('[name=emitido][value=nao]').check()
  await page.locator('[name=bo-numero]').fill('4821/2026')
  await page.locator('[name=bo-uf]').selectOption('RS')
  await page.locator('[name=fato-data]').fill('2026-03-09')
  await page.locator('[name=recuperado][value=nao]').check()
  await page.locator('[name=indenizado][value=nao]').check()
  await page.locator('[name=justificativa]').fill(JUSTIFICATION)
  await page.locator('[name=declaro][value=sim]').check()
}

/** The box of a document's file. */
export const boxOf = (page: Page, document: string) => page.locator(`input[type=file][name="arquivo:${document}"]`)

/** Chooses a file for each document and waits until it is there; needs scripts. */
export async function sendDocuments(page: Page): Promise<void> {
  for (const [document, name] of DOCUMENTS) {
    await boxOf(page, document).setInputFiles(pdf(name))
    await page.locator(`[data-document=${document}] [data-file]`, { hasText: name }).waitFor()
  }
}

/** A form filled in and its files sent, ready for *Enviar*; needs scripts. Returns the address of its draft. */
export async function readyToSend(page: Page, plate: string): Promise<string> {
  const draft = await openTheftForm(page)
  await answerTheft(page, plate)
  await sendDocuments(page)
  return draft
}

export const sendButton = (page: Page) => page.getByRole('button', { name: 'Enviar', exact: true })

/** What the server has of a draft. */
export async function draftAnswers({ database }: TestSite, draft: string): Promise<Record<string, string>> {
  const { rows } = await sql<{ answers: Record<string, string> }>`
    select answers from eprod.draft where id = ${draft.split('/').at(-1)}::uuid`.execute(database.owner.db)
  return rows[0]?.answers ?? {}
}
