// /admin/auditoria as an auditor reads it: in words, by the kind of event, and as a file for a spreadsheet.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  BANK,
  type DraftSite,
  draftOf,
  type Person,
  startDraftSite,
  theft,
  theftFiles,
} from '../../tests/support/draft-site.ts'

const STAFF = '03847655000198'
let site: DraftSite
let auditor: Person
let ticket: string
beforeAll(async () => {
  site = await startDraftSite()
  const ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  const analyst = await site.person({ cpf: '93541134780', cnpj: STAFF, classes: [901] })
  const administrator = await site.person({ cpf: '16899535009', cnpj: STAFF, classes: [904] })
  auditor = await site.person({ cpf: '12345678909', cnpj: STAFF, classes: [905] })
  const filed = await ana.post(await draftOf(ana), { ...theft, acao: 'enviar' }, theftFiles)
  ticket = /\d+/.exec(filed.location)?.[0] ?? ''
  await analyst.post(`/chamados/${ticket}/atribuicao`, { acao: 'assumir' })
  await analyst.get(`/chamados/${ticket}/documentos/1`)
  await administrator.post('/admin/arquivos', { limite: '21', parados: '7', rascunhos: '90' })
})
afterAll(() => site.close())

/** The cells of the table, row by row, without their marks. */
const rowsOf = (body: string): string[][] =>
  [...body.matchAll(/<tr><td[ >].*?<\/tr>/gs)].map(([row]) =>
    [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell]) => (cell ?? '').replace(/<[^>]+>/g, '').trim()),
  )
const seen = async (query: string): Promise<string[]> =>
  rowsOf((await auditor.get(`/admin/auditoria?${query}`)).body).map((cells) => cells.slice(3).join(' | '))

describe('the audit', () => {
  it('says that a letter’s link was followed where nobody was signed in, and for which address', async () => {
    const { db } = site.database.owner
    const at = '2026-11-23T21:00:00Z'
    await sql`insert into eprod.mail_address (institution_id, address, first_at)
      select id, 'setor@fora.example.com', ${at} from eprod.institution where cnpj = ${BANK}`.execute(db)
    await sql`update eprod.mail_address set stopped_at = ${at} where address = 'setor@fora.example.com'`.execute(db)
    const { body } = await auditor.get('/admin/auditoria?evento=stop-address')
    const [row] = rowsOf(body)
    expect(row?.[1]).toBe('Quem seguiu o link de um e-mail')
    expect(row?.at(-1)).toContain('endereço: setor@fora.example.com')
  })

  it('tells what happened to what in words, with the names of settings, statuses and people', async () => {
    const number = `${ticket.slice(0, -3)}\u00A0${ticket.slice(-3)}`
    const told = await seen('')
    expect(told).toContain(`Atribuição a si | ${number} | Novo → Processando (Atribuído) · técnico Pessoa 93541134780`)
    expect(told).toContain(`Arquivo aberto | ${number} | arquivo 1`)
    expect(told).toContain(
      'Configuração alterada | Configuração: tamanho máximo de um arquivo, em bytes | antes: 20971520 · depois: 22020096',
    )
    expect(told.join()).not.toMatch(/\b(session|setting|sign-in|followUp|processing)\b/)
  })

  it('is narrowed by the kind of event, chosen from those there are', async () => {
    const { body } = await auditor.get('/admin/auditoria')
    expect(body).toMatch(/<option value="open-file">Arquivo aberto<\/option>/)
    expect(await seen('evento=open-file')).toHaveLength(1)
    expect(body).not.toContain('value="ticket-page"')
    expect((await auditor.get('/admin/auditoria?o=leituras')).body).toContain('value="ticket-page"')
  })

  it('leaves as a file that a spreadsheet of Brazil opens, with every fact as it is kept', async () => {
    const { body, headers } = await auditor.post('/admin/auditoria?evento=take', {})
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    const [head, line] = body.split('\r\n')
    expect(head).toBe('\uFEFFRegistro;Quando;Quem;CPF;Instituição;O que;Em quê;Número;Detalhes')
    expect(body.trim().split('\r\n').at(-1)).toBe('Fim do arquivo: 1 registros')
    expect(line).toMatch(
      new RegExp(`;Pessoa 93541134780;\\*{3}\\.411\\.347-\\*{2};.*;Atribuição a si;Chamado;${ticket};`),
    )
    expect(await seen('evento=export')).toEqual([
      expect.stringMatching(/^Exportação \| Exportação: auditoria \| linhas: 1 · critérios: /),
    ])
  })
})

it('a CPF is shown in full with whose it is, the search stays, and the record names the person', async () => {
  const { body } = await auditor.get('/admin/auditoria?evento=take')
  const [, action = '', person = ''] =
    /<form method="post" action="(\/admin\/auditoria\/cpf[^"]*)".*?name="pessoa" value="(\d+)"/s.exec(body) ?? []
  const shown = await auditor.post(action.replaceAll('&amp;', '&'), { pessoa: person })
  expect(shown.body).toContain('CPF de Pessoa 93541134780: 935.411.347-80.')
  expect(shown.body).toContain('<option value="take" selected')
  expect(await seen('evento=show-cpf')).toEqual(['CPF mostrado | Pessoa: Pessoa 93541134780 | '])
})

it('/admin leads to the first page of the person’s classes, and is nothing to an institution', async () => {
  expect((await auditor.get('/admin')).location).toBe('/admin/auditoria')
  const reader = await site.person({ cpf: '86288366757', cnpj: BANK, classes: [122] })
  expect((await reader.get('/admin')).status).toBe(404)
})
