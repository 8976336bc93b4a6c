// The builder of searches as pages show it: no value is lost by it, no field is searched by an operator of another, what the
// usual filters leave out is told, and whom one may name.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BANK, type DraftSite, OTHER_BANK, type Person, startDraftSite } from '../../../tests/support/draft-site.ts'
import { type Cast, castOf, newTicket } from '../../../tests/support/tickets.ts'

let site: DraftSite
let cast: Cast
let operator: Person
let stranger: Person
let analyst: Person
let auditor: Person
const STAFF = '03847655000198'
const ids: number[] = []

beforeAll(async () => {
  site = await startDraftSite()
  // Whom one may choose is kept for a minute by the process, which in tests serves one database after the other.
  site.clock.now = new Date(site.clock.now.getTime() + 5 * 3_600_000)
  cast = await castOf(site.database)
  operator = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  stranger = await site.person({ cpf: '71460238001', cnpj: OTHER_BANK, classes: [122, 151] })
  analyst = await site.person({ cpf: '93541134780', cnpj: STAFF, classes: [901] })
  auditor = await site.person({ cpf: '12345678909', cnpj: STAFF, classes: [905] })
  for (let n = 0; n < 4; n += 1) ids.push(await newTicket(site.database, cast.operator, site.clock.now))
})
afterAll(() => site?.close())

const rule = (n: number, field: string, op: string, ...values: (string | number)[]): [string, string][] => [
  [`r${n}.campo`, field],
  [`r${n}.op`, op],
  ...values.map((value): [string, string] => [`r${n}.valor`, String(value)]),
]
const list = (person: Person, ...pairs: [string, string][]) => person.get(`/chamados?${new URLSearchParams(pairs)}`)
const rowsOf = (body: string): number[] =>
  [...body.matchAll(/<th scope="row"[^>]*>.*?\/chamados\/(\d+)/gs)].map(([, id]) => Number(id)).sort((a, b) => a - b)
/** What the form of the builder sends: every field with its values. */
const sent = (body: string): [string, string][] => {
  const form = /<form class="card filters".*?<\/form>/s.exec(body)?.[0] ?? ''
  const texts = [
    ...form.matchAll(/<(?:input|textarea)[^>]* name="(r[\d.]+\.valor)"[^>]*?(?: value="([^"]*)")?[^>]*>([^<]*)/g),
  ]
  return texts
    .filter(([tag]) => !tag.includes('type="checkbox"') || tag.includes(' checked'))
    .map(([, name = '', value, text = '']): [string, string] => [name, value ?? text])
}

describe('several values', () => {
  it('stand in the builder, all of them, and are searched by again', async () => {
    const three = ids.slice(0, 3)
    const first = await list(operator, ...rule(1, 'id', 'um-de', ...three))
    expect(rowsOf(first.body)).toEqual(three)
    expect(sent(first.body)).toEqual([['r1.valor', three.join('\n')]])
    const again = await list(operator, ['status', 'todos'], ...rule(1, 'id', 'um-de', three.join('\r\n')))
    expect(rowsOf(again.body)).toEqual(three)
    const added = await list(operator, ...rule(1, 'id', 'um-de', three.join('\r\n')), ['acao', 'regra:'])
    expect(new URL(added.location, 'http://e').searchParams.getAll('r1.valor')).toEqual(three.map(String))
    const kept = await list(operator, ...rule(1, 'id', 'um-de', three.join('\r\n')), ['acao', 'guardar'])
    expect(
      new URLSearchParams(new URL(kept.location, 'http://e').searchParams.get('consulta') ?? '')
        .getAll('r1.valor')
        .join(),
    ).toContain(String(three[2]))
  })

  it.each([', ', ';', ' ', '\n'])('are told apart by %j', async (by) => {
    expect(rowsOf((await list(operator, ...rule(1, 'id', 'um-de', ids.join(by)))).body)).toEqual(ids)
  })

  it('of the ticked rows survive Pesquisar and Salvar', async () => {
    const body = new URLSearchParams({ lista: 'status=todos', acao: 'ver' })
    for (const id of ids.slice(1)) body.append('chamado', String(id))
    const { location } = await operator.raw('/chamados/selecao', 'application/x-www-form-urlencoded', body.toString(), {
      origin: 'http://localhost:3000',
    })
    const only = await operator.get(location)
    expect(rowsOf(only.body)).toEqual(ids.slice(1))
    const [[, value = ''] = []] = sent(only.body)
    expect(rowsOf((await list(operator, ['status', 'todos'], ...rule(1, 'id', 'um-de', value))).body)).toEqual(
      ids.slice(1),
    )
  })

  it('of a list are boxes, those chosen ticked', async () => {
    const { body } = await list(operator, ...rule(1, 'status', 'um-de', 'novo', 'pendente'))
    expect(sent(body)).toEqual([
      ['r1.valor', 'novo'],
      ['r1.valor', 'pendente'],
    ])
    expect(rowsOf(body)).toEqual(ids)
  })
})

describe('without scripts', () => {
  it('a field changed and searched by at once has its own first operator', async () => {
    const { location } = await list(operator, ['status', 'todos'], ...rule(1, 'id', 'contem', ids[0]!))
    expect(location).toBe(`/chamados?r1.campo=id&r1.op=e&r1.valor=${ids[0]}`)
    expect(rowsOf((await operator.get(location)).body)).toEqual([ids[0]])
  })

  it('an address that no builder sends is still told its fault', async () => {
    expect((await list(operator, ...rule(1, 'id', 'contem', ids[0]!))).status).toBe(422)
  })
})

describe('a search that finds nothing', () => {
  it('tells what the filter of the profile leaves out, and leads to it', async () => {
    const asked = [...rule(1, 'status', 'e', 'fechado'), ...rule(2, 'id', 'e', ids[0]!)]
    const { body } = await list(operator, ...asked)
    expect(body).toContain('1 chamado atende às outras regras, mas não a “Status é Fechado”.')
    const path = /href="(\/chamados\?[^"]*)">\s*Ver sem esse filtro/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(rowsOf((await operator.get(path)).body)).toEqual([ids[0]])
    expect((await list(stranger, ...asked)).body).not.toContain('atende às outras regras')
  })

  it('by words tells how words are looked for; a rule of empty words alone is no rule', async () => {
    expect((await list(operator, ...rule(1, 'acompanhamento', 'contem', 'docum'))).body).toContain(
      'Procura palavras inteiras',
    )
    const empty = await list(operator, ...rule(1, 'acompanhamento', 'contem', 'de'))
    expect(empty.status).toBe(422)
    expect(empty.body).toContain('“de” tem só palavras que a pesquisa não considera')
  })
})

it('staff without a team begin with all teams', async () => {
  const { body } = await auditor.get('/chamados')
  expect(body).toContain('Status é Não solucionado')
  expect(body).not.toContain('Meus grupos</b>')
  expect(rowsOf(body)).toEqual(ids)
})

it('says of two fields of one name which is meant', async () => {
  const { body } = await list(operator, ...rule(1, 'placa', 'contem', 'tst'), ...rule(2, 'form.placa', 'contem', 'tst'))
  expect(body).toContain('<b>Características - Placa contém “tst”</b>')
  expect(body).toContain('<b>Formulário - Placa contém “tst”</b>')
})

it('tells that a kept search was changed', async () => {
  const { rows } = await sql<{ id: number }>`
    insert into eprod.saved_search (owner_id, institution_id, name, shared, query, request_key, changed_at)
    values (${operator.personId}, ${operator.institutionId}, 'Novos', 'private', 'status=novo', gen_random_uuid(), now()) returning id`.execute(
    site.database.owner.db,
  )
  const { id } = rows[0]!
  expect((await operator.get(`/chamados?status=novo&pesquisa=${id}&ordem=id`)).body).toContain('<h1>Novos</h1>')
  expect((await operator.get(`/chamados?status=fechado&pesquisa=${id}`)).body).toContain('<h1>Novos (alterada)</h1>')
})

describe('whom one may name', () => {
  const choices = (body: string) => [...body.matchAll(/<option value="(\d+)"[^>]*>([^<]*)/g)].map(([, , name]) => name)

  it('staff: requesters and authors of institutions', async () => {
    const { body } = await list(analyst, ...rule(1, 'requerente', 'e', cast.operator.personId))
    expect(rowsOf(body)).toEqual(ids)
    expect(choices(body)).toContainEqual(expect.stringMatching(/^Pessoa 11144477735 \(.+\)$/))
    expect((await list(analyst, ...rule(1, 'acompanhamento-autor', 'e', cast.operator.personId))).status).toBe(200)
  })

  it('operators: who of DETRAN-RS wrote on their tickets, their own people, nobody of others', async () => {
    const authors = (person: number) => list(operator, ...rule(1, 'acompanhamento-autor', 'e', person))
    await sql`insert into eprod.follow_up (ticket_id, institution_id, kind, author_id, body, created_at)
      values (${ids[0] ?? ''}, ${operator.institutionId}, 'follow-up', ${analyst.personId}, 'Recebido.', now())`.execute(
      site.database.owner.db,
    )
    // Whom one may choose is read anew each minute.
    site.clock.now = new Date(site.clock.now.getTime() + 61_000)
    expect((await authors(analyst.personId)).status).toBe(200)
    expect((await authors(operator.personId)).status).toBe(200)
    expect((await authors(stranger.personId)).status).toBe(422)
    expect((await list(operator, ...rule(1, 'requerente', 'e', stranger.personId))).status).toBe(422)
  })

  it('beyond what a list holds by number or name in full, and still nobody of others', async () => {
    await sql`insert into eprod.person (institution_id, cpf, name, email, side)
      select i.id, lpad((i.id * 1000 + n)::text, 11, '8'), 'Pessoa ' || n, 'x@example.com', 'institution'
        from eprod.institution i cross join generate_series(1, 501) n where i.side = 'institution'`.execute(
      site.database.owner.db,
    )
    site.clock.now = new Date(site.clock.now.getTime() + 61_000)
    const by = (person: Person, ...values: (string | number)[]) =>
      list(person, ...rule(1, 'requerente', 'um-de', ...values))
    const byNumber = await by(operator, cast.operator.personId)
    expect(rowsOf(byNumber.body)).toEqual(ids)
    const [[, shown = ''] = []] = sent(byNumber.body)
    expect(shown).toBe('Pessoa 11144477735')
    for (const value of [shown, 'PESSOA 11144477735', 'ninguém\r\npessoa 11144477735'])
      expect(rowsOf((await by(operator, value)).body), value).toEqual(ids)
    const [[, staffShown = ''] = []] = sent((await by(analyst, cast.operator.personId)).body)
    expect(staffShown).toMatch(/^Pessoa 11144477735 \(/)
    expect(rowsOf((await by(analyst, staffShown)).body)).toEqual(ids)
    expect(rowsOf((await by(analyst, shown)).body)).toEqual(ids)
    const other = await by(operator, stranger.personId)
    const nobody = await by(operator, 999_999_999)
    expect([other.status, nobody.status]).toEqual([422, 422])
    expect((await by(operator, 'Pessoa 7')).status).toBe(200)
    expect(rowsOf((await by(stranger, shown)).body)).toEqual([])
  })
})
