// The guide's six steps as one journey of two people, in a real browser: opens, asks, answers, solves, refuses, solves again,
// approves; closed stays closed, and is found again.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plainPdf } from '#shared/kit/plain-pdf.ts'
import { openBrowser } from '../tests/support/browser.ts'
import { startTestSite, type TestSite } from '../tests/support/site.ts'
import { CPF, expectAccessible, type Person, person } from './journey.ts'

let site: TestSite
let browser: Browser
let operator: Person
let analyst: Person
let id = ''

const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: plainPdf([name, 'ABC1234']) })
const PLATE = 'ABC1234'

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startTestSite(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

async function seesStatus(page: Page, status: string): Promise<void> {
  await page.locator('.head .badge', { hasText: status }).waitFor()
}

describe('the guide, step by step', () => {
  it('step 2: both enter through Login SOE', async () => {
    operator = await person(browser, site.url, CPF.operator)
    expect(new URL(operator.page.url()).pathname).toBe('/')
    await operator.page.getByRole('link', { name: 'Visão Pessoal' }).waitFor()
    await expectAccessible(operator.page)
    analyst = await person(browser, site.url, CPF.analyst)
    await expectAccessible(analyst.page)
  })

  it('step 3: the operator opens a request with three real PDFs and gets its number', async () => {
    const { page } = operator
    await page.getByText('Atendimento', { exact: false }).first().click()
    await page.locator('nav a', { hasText: 'Abrir chamado' }).click()
    await expectAccessible(page)
    await page.getByRole('link', { name: /Instituições Financeiras/ }).click()
    await page.getByText('Desbloqueio para Cancelamento de Gravame').click()
    await page.getByText('Veículo com Furto/Roubo').click()
    await page.locator('[name=placa]').fill(PLATE)
    await page.locator('[name=estatutario][value=nao]').check()
    await page.locator('[name=emitido][value=nao]').check()
    await page.locator('[name=bo-numero]').fill('4821/2026')
    await page.locator('[name=bo-uf]').selectOption('RS')
    await page.locator('[name=fato-data]').fill('2026-03-09')
    await page.locator('[name=recuperado][value=nao]').check()
    await page.locator('[name=indenizado][value=nao]').check()
    await page
      .locator('[name=justificativa]')
      .fill('Veículo furtado antes da emissão do documento com o gravame do contrato.')
    for (const [document, name] of [
      ['requerimento', 'requerimento.pdf'],
      ['procuracao', 'procuracao.pdf'],
      ['bo', 'boletim.pdf'],
    ] as const) {
      await page.locator(`input[type=file][name="arquivo:${document}"]`).setInputFiles(pdf(name))
      await page.getByText(name).first().waitFor()
    }
    await page.locator('[name=declaro][value=sim]').check()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Enviar', exact: true }).click()
    await page.waitForURL(/\/chamados\/\d+/)
    id = /\/chamados\/(\d+)/.exec(page.url())?.[1] ?? ''
    await page.getByText('sua solicitação já foi aberta junto à equipe do Reconet').waitFor()
    await seesStatus(page, 'Novo')
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      `Instituições Financeiras - Desbloqueio para Cancelamento de Gravame - Veículo com Furto/Roubo - ${PLATE} - (${id})`,
    )
    expect(await page.locator('.tl .files a').count()).toBe(3)
    await expectAccessible(page)
  })

  it('the analyst takes it from the queue, reads a document and asks for another', async () => {
    const { page, context } = analyst
    await page.goto('/atendimento?aba=novos')
    await expectAccessible(page)
    await page
      .locator('tr', { hasText: `(${id})` })
      .getByRole('button', { name: /Assumir/ })
      .click()
    await page.goto(`/chamados/${id}`)
    await seesStatus(page, 'Processando (Atribuído)')
    const file = await context.request.get(`/chamados/${id}/documentos/1`)
    expect(file.headers()['content-type']).toBe('application/pdf')
    expect((await file.body()).equals(plainPdf(['requerimento.pdf', 'ABC1234']))).toBe(true)
    await page.getByText('Pedir informação').click()
    await page.getByLabel('Tipo de espera').selectOption({ label: 'Aguardando documento (incompleto)' })
    await page.getByLabel('Motivo', { exact: false }).first().fill('Procuração sem assinaturas')
    await page
      .getByLabel('O que a instituição precisa fazer')
      .fill('Envie a procuração completa, com a página de assinaturas.')
    await page.getByLabel('Procuração ou prova de poderes').selectOption({ label: 'Sem assinatura' })
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Pedir e deixar Pendente' }).click()
    await seesStatus(page, 'Pendente')
  })

  it('step 5b: the operator sees what is asked and until when, and answers with a file', async () => {
    const { page } = operator
    await page.goto('/')
    await page.locator('section, div').filter({ hasText: 'Procuração sem assinaturas' }).first().waitFor()
    await page.goto(`/chamados/${id}`)
    await page.getByText('Falta a sua resposta').waitFor()
    await page.getByText('Sem assinatura').first().waitFor()
    await expectAccessible(page)
    await page.getByLabel('Texto').fill('Segue a procuração completa.')
    await page.locator('#follow-up-arquivos').setInputFiles(pdf('procuracao-completa.pdf'))
    await page.getByRole('button', { name: 'Enviar resposta' }).click()
    await seesStatus(page, 'Processando (Atribuído)')
    await page.locator('.tl').getByText('procuracao-completa.pdf').waitFor()
  })

  it('the analyst solves with a text of this case', async () => {
    const { page } = analyst
    await page.goto(`/chamados/${id}`)
    await page.locator('summary', { hasText: 'Solucionar' }).click()
    await page.locator('label', { hasText: 'Indeferido' }).click()
    await page
      .getByLabel('Fundamentação')
      .fill('Falta o carimbo no boletim 4821/2026, apresentado sem a página do registro da ocorrência.')
    await page.getByRole('button', { name: 'Enviar a solução' }).click()
    await seesStatus(page, 'Solucionado')
    await expectAccessible(page)
  })

  it('step 5: the operator refuses with a file in the same step; without a reason nothing is lost', async () => {
    const { page } = operator
    await page.goto(`/chamados/${id}`)
    await page.getByText('Confira a solução e responda').waitFor()
    await page.getByLabel('Novos documentos ou evidências').setInputFiles(pdf('boletim-completo.pdf'))
    await page.getByRole('button', { name: 'Recusar a solução' }).click()
    await page.getByRole('alert').getByText('Escreva por que a solução não atende').waitFor()
    await page.locator('[data-file] .nm', { hasText: 'boletim-completo.pdf' }).waitFor()
    await expectAccessible(page)
    await page.getByLabel('Comentário').fill('O boletim completo, com a página do registro, segue anexo.')
    await page.getByRole('button', { name: 'Recusar a solução' }).click()
    await seesStatus(page, 'Processando (Atribuído)')
    await page.locator('.tl').getByText('boletim-completo.pdf').waitFor()
  })

  it('the analyst solves again and the operator approves: the ticket is closed', async () => {
    await analyst.page.goto(`/chamados/${id}`)
    await analyst.page.locator('summary', { hasText: 'Solucionar' }).click()
    await analyst.page
      .locator('label')
      .filter({ hasText: /^Deferido$/ })
      .click()
    await analyst.page
      .getByLabel('Fundamentação')
      .fill('Boletim 4821/2026 completo e conferido; o bloqueio da placa ABC1234 foi levantado.')
    await analyst.page.getByRole('button', { name: 'Enviar a solução' }).click()
    await seesStatus(analyst.page, 'Solucionado')
    const { page } = operator
    await page.goto(`/chamados/${id}`)
    await page.getByRole('button', { name: 'Aprovar a solução' }).click()
    await seesStatus(page, 'Fechado')
    await page.getByRole('heading', { name: 'Chamado fechado' }).waitFor()
    await expectAccessible(page)
  })

  it('a closed ticket stays closed, whoever asks', async () => {
    for (const who of [operator, analyst]) {
      await who.page.goto(`/chamados/${id}`)
      expect(await who.page.locator('form[action^="/chamados/"]:not([action$="/copia"])').count()).toBe(0)
      for (const post of ['acompanhamentos', 'aprovacao', 'recusa', 'solucao', 'pendencia', 'atribuicao']) {
        const answer = await who.context.request.post(`/chamados/${id}/${post}`, {
          headers: { origin: site.url },
          form: { texto: 'x', acao: 'assumir' },
        })
        expect([403, 409], `${post} answers ${answer.status()}`).toContain(answer.status())
      }
      await who.page.goto(`/chamados/${id}`)
      await seesStatus(who.page, 'Fechado')
    }
  })

  it('step 4: searching finds it under Fechados by both spellings of the plate', async () => {
    const { page } = operator
    for (const spelling of ['ABC1234', 'abc1c34', 'abc-1234']) {
      await page.goto(`/pesquisar?q=${spelling}`)
      await page.getByRole('heading', { name: /Fechados/ }).waitFor()
      await page
        .locator('a', { hasText: `(${id})` })
        .first()
        .waitFor()
    }
    await expectAccessible(page)
  })

  it('step 6: Listar Chamados hides it until the status filter is changed', async () => {
    const { page } = operator
    await page.goto('/chamados')
    expect(await page.locator('a', { hasText: `(${id})` }).count()).toBe(0)
    await page.goto('/chamados?status=todos')
    await page
      .locator('a', { hasText: `(${id})` })
      .first()
      .waitFor()
    const heads = await page.locator('thead th').allTextContents()
    expect(heads).toHaveLength(14)
    await expectAccessible(page)
  })

  it('Abrir novo a partir deste copies the answers into a draft and links both', async () => {
    const { page } = operator
    await page.goto(`/chamados/${id}`)
    await page.getByRole('button', { name: 'Abrir novo a partir deste' }).click()
    await page.waitForURL(/\/rascunhos\//)
    expect(await page.locator('[name=placa]').inputValue()).toBe(PLATE)
    expect(await page.locator('[name=declaro][value=sim]').isChecked()).toBe(false)
  })

  it('another institution finds nothing of it: page, history, file and search', async () => {
    const other = await person(browser, site.url, CPF.lender)
    for (const path of [`/chamados/${id}`, `/chamados/${id}/historico`, `/chamados/${id}/documentos/1`]) {
      expect((await other.context.request.get(path)).status(), path).toBe(404)
    }
    await other.page.goto(`/pesquisar?q=${PLATE}`)
    expect(await other.page.locator('a', { hasText: `(${id})` }).count()).toBe(0)
    await other.context.close()
  })
})
