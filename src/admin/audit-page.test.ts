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
const firstFile = theftFiles[0]?.[1]
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
  await administrator.post('/admin/arquivos', { limite: '21', parados: '7', rascunhos: '90', reserva: '20' })
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
    expect(told).toContain(`Arquivo aberto | ${number} | arquivo 1: ${firstFile}`)
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

  it('leaves as a file that a spreadsheet of Brazil opens, in the page’s words and hours, with every fact as it is kept', async () => {
    const { body, headers } = await auditor.post('/admin/auditoria?evento=take', {})
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    const [head, line] = body.split('\r\n')
    expect(head).toBe('\uFEFFRegistro;Quando;Quem;CPF;Instituição;O que;Em quê;Número;Detalhes;Como gravado')
    expect(body.trim().split('\r\n').at(-1)).toBe('Fim do arquivo: 1 registros')
    expect(line).toMatch(
      new RegExp(
        `^\\d+;23-11-2026 17:54:00;Pessoa 93541134780;\\*{3}\\.411\\.347-\\*{2};.*;Atribuição a si;Chamado;${ticket};Novo → Processando .Atribuído. · técnico Pessoa 93541134780;"?{`,
      ),
    )
    expect(await seen('evento=export')).toEqual([
      'Exportação | Exportação: auditoria | linhas: 1 · critérios: Mudanças, O que: Atribuição a si',
    ])
  })
})

describe('the search of the audit', () => {
  it('folds accents and case, and finds people by CPF and by institution', async () => {
    await site.database.owner.pool.query(`update eprod.person set name = 'Lúcia Farias' where cpf = '11144477735'`)
    const opened = async (query: string) => (await seen(`evento=open&${query}`)).length
    expect(await opened('pessoa=LUCIA')).toBe(1)
    expect(await opened('cpf=111.444.777-35')).toBe(1)
    expect(await opened('cpf=93541134780')).toBe(0)
    const bank = await site.database.owner.pool.query(`select name from eprod.institution where cnpj = $1`, [BANK])
    expect(await opened(`instituicao=${encodeURIComponent(bank.rows[0].name.toLowerCase())}`)).toBe(1)
    expect(await opened(`instituicao=${BANK}`)).toBe(1)
    expect(await opened(`instituicao=${STAFF}`)).toBe(0)
    expect(await opened(`instituicao=${BANK}&pessoa=outra`)).toBe(0)
    // A search for a CPF leaves it masked in its own record, which stays.
    await auditor.post('/admin/auditoria?cpf=111.444.777-35&evento=open', {})
    expect((await seen('evento=export'))[0]).toContain('CPF: ***.444.777-**')
  })

  it('finds the tries of whoever was refused, by CPF and by institution, though nobody of that name has entered', async () => {
    const told = { why: 'no-classes', cpf: '52998224725', masked: '***.982.247-**', cnpj: BANK }
    await site.database.entry.pool.query('select eprod.refuse_entry($1, now())', [JSON.stringify(told)])
    const line = `Entrada recusada | Entrada: ${BANK} | porque: sem a classe 122`
    for (const query of ['cpf=529.982.247-25', `instituicao=${BANK}&evento=entry-refused`, 'evento=entry-refused'])
      expect(await seen(query)).toEqual([line])
    const { body } = await auditor.get('/admin/auditoria?cpf=529.982.247-25')
    expect(body).toContain('Quem nunca entrou no EPROD')
    expect(body).toContain('***.982.247-**')
  })

  it.each([
    ['de=2026-13-45', 'de'],
    ['ate=ontem', 'ate'],
    ['cpf=111.444.777-36', 'cpf'],
    ['chamado=abc', 'chamado'],
  ])('%s is said at its field, and neither listed nor exported', async (query, field) => {
    for (const { status, body } of [
      await auditor.get(`/admin/auditoria?${query}`),
      await auditor.post(`/admin/auditoria?${query}`, {}),
    ]) {
      expect(status).toBe(422)
      expect(body).toContain(`id="${field}-erro"`)
      expect(rowsOf(body)).toEqual([])
    }
  })

  it('takes days as people write them', async () => {
    expect(await seen('evento=open&de=23/11/2026&ate=23-11-2026')).toHaveLength(1)
    expect(await seen('evento=open&de=24/11/2026')).toHaveLength(0)
  })
})

it('the staff’s reading of lists, searches by a person’s number and receipts are told apart, with the number masked', async () => {
  const analyst = await site.person({ cpf: '24843803480', cnpj: STAFF, classes: [901] })
  const ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  const read = [
    '/',
    '/chamados?status=todos',
    '/pesquisar?q=111.444.777-35',
    '/pesquisar/sugestoes?q=11222333000181',
    '/pesquisar?q=ABC1234',
    `/chamados/${ticket}/comprovante`,
    `/chamados/${ticket}/comprovante.pdf`,
  ]
  for (const path of read) expect((await analyst.get(path)).status).toBe(200)
  expect((await ana.get('/pesquisar?q=111.444.777-35')).status).toBe(200)
  const number = `${ticket.slice(0, -3)}\u00A0${ticket.slice(-3)}`
  await expect
    .poll(async () => (await seen('o=leituras&cpf=248.438.034-80')).reverse())
    .toEqual([
      'Lista lida | Lista: página inicial | ',
      'Lista lida | Lista: chamados | ',
      'Pesquisa por CPF ou CNPJ | Pesquisa: ***.444.777-** | ',
      'Pesquisa por CPF ou CNPJ | Pesquisa: 11.222.333/0001-81 | ',
      `Comprovante lido | ${number} | `,
      `Comprovante baixado em PDF | ${number} | `,
    ])
  expect(await seen('o=leituras&cpf=111.444.777-35&evento=search')).toEqual([])
  expect(await seen('o=leituras&evento=list&cpf=123.456.789-09')).toContain('Lista lida | Lista: auditoria | ')
})

it('what a day of the calendar was stands in words', async () => {
  const { rows } = await site.database.owner.pool.query(
    `select id from eprod.calendar_day where name = 'Dia do Servidor Público'`,
  )
  const administrator = await site.person({ cpf: '16899535009', cnpj: STAFF, classes: [904] })
  const typed = {
    corrigir: String(rows[0].id),
    tipo: 'holiday',
    nome: 'Servidor',
    fonte: 'Decreto 1',
    de: '2027-10-29',
    ate: '',
  }
  await administrator.post('/admin/prazos/dias', typed)
  const [told] = await seen('evento=change-days')
  expect(told).toMatch(/antes: \(tipo: ponto facultativo, de: 2027-10-28, .*nome: Dia do Servidor Público/)
  expect(told).toContain('tipo: feriado')
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

it('what was exported, and what a removed search asked, stand as a sentence, CPFs in them masked', async () => {
  const ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  const asked = new URLSearchParams({
    'r1.campo': 'titulo',
    'r1.op': 'contem',
    'r1.valor': 'dono 111.444.777-35',
    'r2.lig': 'e',
    'r2.campo': 'requerente',
    'r2.op': 'e',
    'r2.valor': String(ana.personId),
  })
  const form = 'application/x-www-form-urlencoded'
  const send = (query: string) => ana.raw(`/chamados/exportar?${query}`, form, 'formato=csv&quais=todos')
  expect((await send(String(asked))).status).toBe(200)
  const [told] = await seen('evento=export')
  expect(told).toContain('critérios: Título contém “dono ***.444.777-**” E Requerente é Pessoa ***.444.777-**')
  expect((await auditor.post('/admin/auditoria?evento=export', {})).body).not.toContain('111.444.777-35')
  await send('status=fechado')
  expect((await seen('evento=export'))[0]).toContain('critérios: Status é Fechado')
  await sql`insert into eprod.journal_entry (thing, thing_id, institution_id, actor_id, event, at, public_part, private_part)
    select 'search', '7', p.institution_id, p.id, 'remove-search', now(), '{}', '{"name": "Do mês", "path": "status=pendente"}'
      from eprod.person p where p.id = ${ana.personId}`.execute(site.database.owner.db)
  expect((await seen('evento=remove-search'))[0]).toMatch(/critérios: Status é Pendente · nome: Do mês/)
})

it('what a change was from and to stands in words, as long as it is not erased, and what covers a text does not', async () => {
  const ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  await ana.post(`/chamados/${ticket}/email`, { acao: 'corrigir', email: 'novo@fora.example.com' })
  const [corrected] = await seen('evento=correct-email')
  expect(corrected).toMatch(/antes: .*@.* · depois: novo@fora\.example\.com/)
  await site.database.owner.pool.query(`update eprod.person set email = 'a.b@example.com' where id = $1`, [
    ana.personId,
  ])
  const [changed] = await seen('evento=change-person')
  expect(changed).toMatch(/antes: \(nome: .*, e-mail: .*\) · depois: \(nome: .*, e-mail: a\.b@example\.com\)/)
  const [opened] = await seen('evento=open')
  expect(opened).toContain('placa: ABC1C34')
  expect(opened).not.toMatch(/[0-9a-f]{64}/)
  await site.database.owner.db.transaction().execute(async (tx) => {
    await sql`select set_config('eprod.maintenance', 'on', true)`.execute(tx)
    await sql`update eprod.journal_entry set private_part = null, salt = null where event = 'correct-email'`.execute(tx)
  })
  expect(await seen('evento=correct-email')).toEqual([expect.not.stringContaining('novo@')])
})
