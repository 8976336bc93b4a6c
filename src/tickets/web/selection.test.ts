// What is done with the ticked rows of a list: each ticket by its own rules, its outcome told, the same post twice once.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DraftSite, type Person, startDraftSite } from '../../../tests/support/draft-site.ts'
import { type Cast, castOf, newTicket } from '../../../tests/support/tickets.ts'

let site: DraftSite
let cast: Cast
let operator: Person
let analyst: Person
let supervisor: Person
let auditor: Person
const STAFF = '03847655000198'
const PATH = '/chamados/selecao'

beforeAll(async () => {
  site = await startDraftSite()
  cast = await castOf(site.database)
  operator = await site.person({ cpf: '11144477735', cnpj: '11222333000181', classes: [122, 151] })
  analyst = await site.person({ cpf: '93541134780', cnpj: STAFF, classes: [901] })
  supervisor = await site.person({ cpf: '85351346893', cnpj: STAFF, classes: [902] })
  auditor = await site.person({ cpf: '12345678909', cnpj: STAFF, classes: [905] })
})
afterAll(() => site?.close())

const opened = () => newTicket(site.database, cast.operator, site.clock.now)

async function post(person: Person, ids: readonly number[], fields: Record<string, string>) {
  const body = new URLSearchParams({ lista: 'status=todos', ...fields })
  for (const id of ids) body.append('chamado', String(id))
  return await person.raw(PATH, 'application/x-www-form-urlencoded', body.toString(), {
    origin: 'http://localhost:3000',
  })
}
/** Number and sentence of each line. */
const told = (body: string): Record<string, string> =>
  Object.fromEntries(
    [...body.matchAll(/href="\/chamados\/(\d+)">.*?<\/svg>\s*([^<]*)/gs)].map(([, id = '', said = '']) => [
      id,
      said.trim(),
    ]),
  )
async function assignees(ids: readonly number[]): Promise<(number | null)[]> {
  const { rows } = await sql<{ assignee_id: number | null }>`
    select assignee_id from eprod.ticket where id = any(${[...ids]}::bigint[]) order by id`.execute(
    site.database.owner.db,
  )
  return rows.map((row) => row.assignee_id)
}
const entries = async (id: number): Promise<number> =>
  (
    await sql<{
      n: number
    }>`select count(*) as n from eprod.journal_entry where thing = 'ticket' and thing_id = ${String(id)}`.execute(
      site.database.owner.db,
    )
  ).rows[0]?.n ?? 0

describe('an analyst', () => {
  it('takes those that can be taken; what one is refused stops no other, and each is told', async () => {
    const ids = [await opened(), await opened()]
    const gone = 999_999_999
    const answer = await post(analyst, [...ids, gone], { acao: 'assumir' })
    expect(answer.status).toBe(200)
    expect(told(answer.body)).toEqual({
      [ids[0]!]: 'Assumido por você.',
      [ids[1]!]: 'Assumido por você.',
      [gone]: 'O endereço não existe ou o chamado não pertence à sua instituição.',
    })
    expect(answer.body).toContain('2 de 3 chamados alterados.')
    expect(await assignees(ids)).toEqual([analyst.personId, analyst.personId])
  })

  it('who sends the same twice changes nothing the second time', async () => {
    const id = await opened()
    await post(analyst, [id], { acao: 'assumir' })
    const before = await entries(id)
    const again = await post(analyst, [id, id], { acao: 'assumir' })
    expect(told(again.body)).toEqual({ [id]: 'Já estava assim; nada mudou.' })
    expect(await entries(id)).toBe(before)
    await post(analyst, [id], { acao: 'devolver' })
    expect(await assignees([id])).toEqual([null])
  })

  it('assigns to nobody else: that is the supervisor’s', async () => {
    const id = await opened()
    const answer = await post(analyst, [id], { acao: 'atribuir', tecnico: String(cast.secondAnalyst.personId) })
    expect(told(answer.body)[id]).toContain('não tem a classe')
    const list = await analyst.get('/chamados?status=todos&selecionar=linhas')
    expect(list.body).toContain('value="assumir"')
    expect(list.body).not.toContain('value="atribuir"')
  })
})

describe('a supervisor', () => {
  it('assigns to a colleague; without one, or to a stranger to the team, nothing is done', async () => {
    const ids = [await opened(), await opened()]
    const list = await supervisor.get('/chamados?status=todos&selecionar=todas')
    expect(list.body).toMatch(new RegExp(`<input[^>]*(checked[^>]*value="${ids[0]}"|value="${ids[0]}"[^>]*checked)`))
    expect(list.body).not.toContain('value="assumir"')
    const answer = await post(supervisor, ids, { acao: 'atribuir', tecnico: String(cast.secondAnalyst.personId) })
    expect(Object.values(told(answer.body))).toEqual(['Atribuído.', 'Atribuído.'])
    expect(await assignees(ids)).toEqual([cast.secondAnalyst.personId, cast.secondAnalyst.personId])
    expect((await post(supervisor, ids, { acao: 'atribuir' })).status).toBe(422)
    await post(supervisor, ids, { acao: 'atribuir', tecnico: String(cast.operator.personId) })
    expect(await assignees(ids)).toEqual([cast.secondAnalyst.personId, cast.secondAnalyst.personId])
  })
})

describe('whoever changes nothing', () => {
  it('lists only the ticked ones', async () => {
    const ids = [await opened(), await opened()]
    const answer = await post(operator, ids, { acao: 'ver' })
    expect(decodeURIComponent(answer.location)).toContain(
      `r1.campo=id&r1.op=um-de&r1.valor=${ids[0]}&r1.valor=${ids[1]}`,
    )
    const { body } = await operator.get(answer.location)
    expect((body.match(/<th scope="row"/g) ?? []).length).toBe(2)
  })

  it('is refused what is the staff’s, ticket by ticket', async () => {
    const id = await opened()
    for (const person of [operator, auditor]) {
      await post(person, [id], { acao: 'assumir' })
      expect(await assignees([id])).toEqual([null])
      expect((await person.get('/chamados?status=todos&selecionar=linhas')).body).not.toContain('value="assumir"')
    }
    expect((await post(operator, [], { acao: 'ver' })).status).toBe(422)
    expect((await operator.get(PATH)).location).toBe('/chamados')
  })
})

describe('what is ticked', () => {
  const boxes = (body: string) => ({
    ticked: [...body.matchAll(/<input[^>]*type="checkbox"[^>]*>/g)]
      .filter(([box]) => box.includes('checked'))
      .map(([box]) => Number(/value="(\d+)"/.exec(box)?.[1])),
    away: [...body.matchAll(/<input type="hidden" name="chamado" value="(\d+)"/g)].map(([, id]) => Number(id)),
  })

  it('stays over sorting and paging, is counted, and is sent with the form', async () => {
    const ids: number[] = []
    for (let n = 0; n < 27; n += 1) ids.push(await opened())
    const [oldest = 0, newest = 0] = [ids[0], ids.at(-1)]
    const kept = await post(operator, [oldest, newest], {
      acao: 'manter',
      lista: 'status=todos&ordem=-id&linhas=25&selecionar=linhas',
    })
    expect(kept.location).toContain(`marcados=${oldest}.${newest}`)
    const { body } = await operator.get(kept.location)
    expect(boxes(body)).toEqual({ ticked: [newest], away: [oldest] })
    expect(body).toContain('>2 marcados<')
    const links = [...body.matchAll(/href="(\/chamados\?[^"]*)"/g)].map(([, href = '']) =>
      href.replaceAll('&amp;', '&'),
    )
    const next = links.find((href) => href.includes('depois=')) ?? ''
    const turned = links.find((href) => href.includes('ordem=id')) ?? ''
    expect(boxes((await operator.get(next)).body)).toEqual({ ticked: [oldest], away: [newest] })
    expect(turned).toContain(`marcados=${oldest}.${newest}`)
    const stop = links.find((href) => !href.includes('selecionar') && href.includes('ordem=-id')) ?? ''
    expect(stop).not.toContain('marcados')
  })

  it('may be all of the search, up to two hundred', async () => {
    const { body } = await operator.get('/chamados?status=todos&linhas=25&selecionar=linhas')
    const all = Number(/Selecionar todos os (\d+) da pesquisa/.exec(body)?.[1])
    expect(all).toBeGreaterThan(25)
    const { location } = await operator.get('/chamados?status=todos&linhas=25&selecionar=pesquisa')
    const page = await operator.get(location)
    const { ticked, away } = boxes(page.body)
    expect([ticked.length, away.length]).toEqual([25, all - 25])
    expect(page.body).toContain(`>${all} marcados<`)
  })

  it('of more than two hundred nothing is done, and that is told', async () => {
    const id = await opened()
    const many = Array.from({ length: 200 }, (_, n) => 900_000_000 + n)
    const answer = await post(analyst, [...many, id], { acao: 'assumir' })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('201 chamados marcados é mais do que o limite')
    expect(await assignees([id])).toEqual([null])
    const address = `/chamados?status=todos&selecionar=linhas&marcados=${many.join('.')}.1`
    expect((await operator.get(address)).status).toBe(422)
  })
})

it('an order by what is not among the columns is told', async () => {
  await opened()
  const said = 'que não está entre as colunas'
  expect((await operator.get('/chamados?status=todos&ordem=status,-prazo')).body).toContain(
    `Na ordem de Prazo, ${said}`,
  )
  expect((await operator.get('/chamados?status=todos&ordem=status,-id')).body).not.toContain(said)
})
