// What leaves of a list as a file: all of it in its order, with a proof at the end, only one's own, nothing that runs, logged.
import { strFromU8, unzipSync } from 'fflate'
import { sql } from 'kysely'
import { extractText } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defused } from '#shared/kit/csv.ts'
import { cellOf } from '#tickets/rules/export-cells.ts'
import { pdf } from '#tickets/web/export/pdf.ts'
import {
  BANK,
  type DraftSite,
  errorsIn,
  OTHER_BANK,
  type Person,
  startDraftSite,
} from '../../../../tests/support/draft-site.ts'
import { castOf, newTicket } from '../../../../tests/support/tickets.ts'

let site: DraftSite
let operator: Person
let stranger: Person
let analyst: Person
/** More than a page of the list. */
const TICKETS = 27
const ids: number[] = []
const PATH = '/chamados/exportar'
const FORMULA = '=HYPERLINK("http://example.com";"clique")'

beforeAll(async () => {
  site = await startDraftSite()
  const cast = await castOf(site.database)
  operator = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  stranger = await site.person({ cpf: '71460238001', cnpj: OTHER_BANK, classes: [122, 151] })
  analyst = await site.person({ cpf: '93541134780', cnpj: '03847655000198', classes: [901] })
  for (let n = 0; n < TICKETS; n += 1) ids.push(await newTicket(site.database, cast.operator, site.clock.now))
  // A name that would run in a spreadsheet.
  await sql`select set_config('eprod.maintenance', 'on', false)`.execute(site.database.owner.db)
  await sql`update eprod.person set name = ${FORMULA} where id = ${cast.operator.personId}`.execute(
    site.database.owner.db,
  )
})
afterAll(() => site?.close())

async function file(person: Person, query: string, fields: Record<string, string>) {
  return await person.ask(
    'POST',
    `${PATH}?${query}`,
    { 'content-type': 'application/x-www-form-urlencoded', 'accept-encoding': 'identity' },
    Buffer.from(new URLSearchParams(fields).toString()),
  )
}
const csv = async (person: Person, query: string, quais = 'todos') => {
  const { body, headers, status } = await file(person, query, { quais, formato: 'csv' })
  expect(status).toBe(200)
  expect(headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(body.codePointAt(0)).toBe(0xfeff)
  const lines = body.slice(1).trimEnd().split('\r\n')
  return { heads: lines[0]!.split(';'), rows: lines.slice(1, -1), end: lines.at(-1) }
}

describe('as CSV', () => {
  it('brings every page in the order of the list, and ends with their number', async () => {
    const { heads, rows, end } = await csv(operator, 'status=todos&ordem=id')
    expect(heads.slice(0, 3)).toEqual(['ID', 'Título', 'Status'])
    expect(rows.map((row) => Number(row.split(';')[0]))).toEqual(ids)
    expect(end).toBe(`Fim do arquivo: ${TICKETS} chamados`)
    const turned = await csv(operator, 'status=todos&ordem=-id')
    expect(turned.rows.map((row) => Number(row.split(';')[0]))).toEqual([...ids].reverse())
  })

  it('brings one page alone: the one that is shown', async () => {
    const first = await csv(operator, 'status=todos&ordem=id', 'pagina')
    expect(first.rows.map((row) => Number(row.split(';')[0]))).toEqual(ids.slice(0, 25))
    expect(first.end).toBe('Fim do arquivo: 25 chamados')
    const next = /href="(\/chamados\?[^"]*depois[^"]*)"/.exec(
      (await operator.get('/chamados?status=todos&ordem=id')).body,
    )?.[1]
    const query = next!.replaceAll('&amp;', '&').split('?')[1]!
    expect((await csv(operator, query, 'pagina')).rows.map((row) => Number(row.split(';')[0]))).toEqual(ids.slice(25))
  })

  it('brings what meets the criteria, nothing of others, and says so of nothing', async () => {
    const search = `r1.campo=id&r1.op=um-de&r1.valor=${ids[1]}&r1.valor=${ids[4]}`
    expect((await csv(operator, search)).rows).toHaveLength(2)
    expect((await csv(analyst, search)).rows).toHaveLength(2)
    for (const query of [search, 'status=todos']) {
      const { rows, end } = await csv(stranger, query)
      expect(rows).toEqual([])
      expect(end).toBe('Fim do arquivo: 0 chamados')
    }
  })

  it('defuses what a spreadsheet would run', async () => {
    const { rows } = await csv(operator, 'status=todos')
    expect(rows.every((row) => row.includes(`"'=HYPERLINK(""http`))).toBe(true)
    for (const text of ['=1', '+1', '-1', '@a', '\t=1', '  =1', '＝1']) expect(defused(text)).toBe(`'${text}`)
    for (const text of ['ABC1C34', '24151', 'a=b', '']) expect(defused(text)).toBe(text)
  })
})

it('as XLSX is a sheet with as many rows, dates as dates and no formula', async () => {
  const { bytes } = await file(operator, 'status=todos&ordem=id', { quais: 'todos', formato: 'xlsx' })
  const parts = unzipSync(new Uint8Array(bytes))
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']!)
  expect(sheet.match(/<row>/g)).toHaveLength(TICKETS + 2)
  expect(sheet).not.toContain('<f>')
  expect(sheet).toContain('=HYPERLINK(&quot;http')
  expect(sheet).toContain(`<c><v>${ids[0]}</v></c>`)
  // 23-11-2026 17:54 in São Paulo.
  expect(sheet).toContain('<c s="2"><v>46349.745833</v></c>')
  expect(sheet).toContain(`Fim do arquivo: ${TICKETS} chamados`)
  expect(Object.keys(parts)).toContain('[Content_Types].xml')
})

it('as PDF has the rows and their number', async () => {
  const { bytes } = await file(operator, 'status=todos&ordem=id', { quais: 'todos', formato: 'pdf' })
  const { text } = await extractText(new Uint8Array(bytes), { mergePages: true })
  expect(text).toContain(`Fim do arquivo: ${TICKETS} chamados`)
  expect(text).toContain(String(ids[0]))
  expect(text).toContain(String(ids.at(-1)))
  // The part of a title that tells it from others is not cut off.
  expect(text.match(/\(\d+\)/g)).toHaveLength(TICKETS)
})

it('as PDF writes a letter its fonts do not have as the number of it, and says so', async () => {
  const { db } = site.database.owner
  const named = (name: string) =>
    sql`update eprod.person set name = ${name} where name in (${FORMULA}, 'Łukasz “José” ≥ 😀')`.execute(db)
  await named('Łukasz “José” ≥ 😀')
  const { bytes } = await file(operator, 'status=todos', { quais: 'todos', formato: 'pdf' })
  const { text } = await extractText(new Uint8Array(bytes), { mergePages: true })
  expect(text.replace(/\s+/g, ' ')).toContain('[U+0141]ukasz “José” [U+2265] [U+1F600]')
  expect(text).toContain('Letras que este PDF não tem')
  await named(FORMULA)
})

it('as PDF is of any length, its pages leaving while it is written', async () => {
  const row = (n: number) => [n, `Título do chamado ${n}`, 'x'.repeat(100)]
  async function* batches() {
    for (let n = 0; n < 2400; n += 150) yield Array.from({ length: 150 }, (_, at) => row(n + at))
  }
  const end = (count: number) => `Fim: ${count}`
  const table = { title: 'T', lang: 'pt-BR', heads: ['ID', 'Título', 'Texto'], batches: batches(), end, strange: '' }
  const pieces: Buffer[] = []
  for await (const piece of pdf(table)) pieces.push(piece)
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(40_000)
  const { text, totalPages } = await extractText(new Uint8Array(Buffer.concat(pieces)), { mergePages: false })
  expect(totalPages).toBeGreaterThan(40)
  const whole = text.join(' ')
  expect(whole.match(/Título do chamado \d+/g)).toHaveLength(2400)
  expect(whole).toContain('Fim: 2400')
  expect(whole.replace(/\s/g, '')).toContain('x'.repeat(100))
})

it('each export is in the journal with its number of rows; what was searched for is in the part that can be erased', async () => {
  await csv(operator, `r1.campo=id&r1.op=e&r1.valor=${ids[2]}`)
  const { rows } = await sql<{
    public_part: object
    private_part: { path: string }
    staff_only: boolean
    actor_id: number
  }>`
    select public_part, private_part, staff_only, actor_id from eprod.journal_entry where thing = 'export'
      and actor_id = ${operator.personId} order by seq desc limit 1`.execute(site.database.owner.db)
  expect(rows).toMatchObject([
    { public_part: { format: 'csv', rows: 1 }, staff_only: false, actor_id: operator.personId },
  ])
  expect(rows[0]!.private_part.path).toContain(`r1.valor=${ids[2]}`)
})

it('the page of choices names the criteria; a foreign page may not ask for a file, nor may anyone signed out', async () => {
  const { body } = await operator.get(`${PATH}?status=fechado`)
  expect(body).toContain('Status é Fechado')
  expect((await operator.get('/chamados')).body).toContain('/chamados/exportar?')
  const asked = await operator.raw(`${PATH}?status=todos`, 'application/x-www-form-urlencoded', 'formato=csv', {
    origin: 'https://example.com',
  })
  expect(asked.status).toBe(403)
  const other = await site.person({ cpf: '52998224725', cnpj: BANK, classes: [122] })
  await other.expire()
  expect((await file(other, 'status=todos', { formato: 'csv' })).status).toBe(401)
})

it.each([
  ['a fault of the search', 'r1.campo=nada&r1.op=e&r1.valor=1', { quais: 'todos', formato: 'csv' }, '“nada”'],
  ['a parameter of no list', 'status=todos&xyz=1', { quais: 'todos', formato: 'csv' }, '“xyz”'],
  ['an unknown format', 'status=todos', { quais: 'todos', formato: 'exe' }, 'Escolha CSV, XLSX ou PDF'],
  ['no format', 'status=todos', { quais: 'todos', formato: '' }, 'Escolha CSV, XLSX ou PDF'],
  ['an unknown range', 'status=todos', { quais: 'x', formato: 'pdf' }, 'só os desta página'],
  ['an unknown field', 'status=todos', { quais: 'todos', formato: 'pdf', tudo: '1' }, '“tudo”'],
] as [string, string, Record<string, string>, string][])(
  '%s shows the page with it, and sends nothing',
  async (_what, query, fields, said) => {
    const answer = await file(operator, query, fields)
    expect(answer.status).toBe(422)
    expect(answer.headers['content-type']).toContain('text/html')
    expect(errorsIn(answer.body)).not.toEqual([])
    expect(answer.body).toContain(said)
    expect(answer.body).toContain('Exportar a lista')
  },
)

it('what the page of choices does not know of its address is 422', async () => {
  expect((await operator.get(`${PATH}?status=todos&xyz=1`)).status).toBe(422)
})

it('a cell is the value of its column', () => {
  const at = new Date('2026-11-23T20:54:00Z')
  const row = { id: 7, status: 'closed', updatedAt: at, openedAt: at, closedAt: null, dueAt: null, title: 'T' }
  const names = { closed: 'Fechado' }
  const cell = (column: Parameters<typeof cellOf>[1]) => cellOf(row as never, column, names as never)
  expect((['id', 'title', 'status', 'updated', 'closed'] as const).map(cell)).toEqual([7, 'T', 'Fechado', at, null])
})

it('a reason sent in several lines is one line: of the ticket, of the file, and a row of it is a row', async () => {
  const id = ids[3]!
  const { rows: types } = await sql<{ id: number }>`select id from eprod.waiting_type limit 1`.execute(
    site.database.owner.db,
  )
  const asked = await analyst.post(`/chamados/${id}/pendencia`, {
    tipo: String(types[0]!.id),
    motivo: "Boletim ilegível\r\n=cmd|'/c calc'!A0",
    texto: 'Envie o boletim legível.',
  })
  expect(asked.status).toBe(303)
  const { rows } = await csv(operator, `r1.campo=id&r1.op=e&r1.valor=${id}`)
  expect(rows).toHaveLength(1)
  expect(rows[0]).toContain(";Boletim ilegível =cmd|'/c calc'!A0;")
})

it('the name of a file is of the day in São Paulo, and of the kept search while the list is as it was kept', async () => {
  // 22h of the 23rd in São Paulo.
  site.clock.now = new Date('2026-11-24T01:00:00Z')
  const late = await site.person({ cpf: '86288366757', cnpj: BANK, classes: [122] })
  const named = async (query: string, format = 'csv') =>
    (await file(late, query, { quais: 'todos', formato: format })).headers['content-disposition']
  const kept = await late.post('/chamados/pesquisas/nova', {
    consulta: 'status=fechado',
    nome: 'Não pagos: “março”',
    partilha: 'privada',
    chave: '00000000-0000-4000-8000-000000000001',
  })
  const query = kept.location.split('?')[1]!
  expect(await named('status=todos', 'xlsx')).toBe('attachment; filename="chamados-23-11-2026.xlsx"')
  expect(await named(query)).toBe('attachment; filename="chamados-nao-pagos-marco-23-11-2026.csv"')
  expect(await named(`${query}&ordem=-id`)).toBe('attachment; filename="chamados-23-11-2026.csv"')
})
