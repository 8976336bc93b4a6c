// Searches kept, shared, begun with, changed and removed, over HTTP; and that nobody sees, counts or changes another's.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  BANK,
  type DraftSite,
  errorsIn,
  OTHER_BANK,
  type Person,
  startDraftSite,
} from '../../tests/support/draft-site.ts'
import { type Cast, castOf, newTicket, visitAs } from '../../tests/support/tickets.ts'

let site: DraftSite
let operator: Person
let colleague: Person
let reader: Person
let stranger: Person
let analyst: Person
let cast: Cast
const SAVED = '/chamados/pesquisas'
const NEW = 'status=novo'
const KEYS = ['a', 'b', 'c', 'd', 'e', 'f'].map((one) => `00000000-0000-4000-8000-00000000000${one}`)

beforeAll(async () => {
  site = await startDraftSite()
  cast = await castOf(site.database)
  operator = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  colleague = await site.person({ cpf: '52998224725', cnpj: BANK, classes: [122, 151] })
  reader = await site.person({ cpf: '86288366757', cnpj: BANK, classes: [122] })
  stranger = await site.person({ cpf: '71460238001', cnpj: OTHER_BANK, classes: [122, 151] })
  analyst = await site.person({ cpf: '93541134780', cnpj: '03847655000198', classes: [901] })
  for (const _ of [1, 2]) await newTicket(site.database, cast.operator, site.clock.now)
})
afterAll(() => site?.close())

const keep = (person: Person, fields: Record<string, string>) =>
  person.post(`${SAVED}/nova`, { consulta: NEW, nome: 'Novos', partilha: 'privada', chave: KEYS[0]!, ...fields })
async function idOf(name: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`select id from eprod.saved_search where name = ${name}`.execute(
    site.database.owner.db,
  )
  expect(rows).toHaveLength(1)
  return rows[0]!.id
}
const names = async (person: Person): Promise<string[]> =>
  [...(await person.get(SAVED)).body.matchAll(/class="saved-name"[^>]*>.*?<b>([^<]*)/g)]
    .map(([, name = '']) => name)
    .slice(1)

describe('a search', () => {
  it('is kept from the list it stands in, with its count and its sentence, and opens under its name', async () => {
    const asked = await operator.get(`/chamados?status=todos&r1.campo=status&r1.op=e&r1.valor=novo&acao=guardar`)
    expect(asked.location).toBe(`${SAVED}/nova?consulta=status%3Dnovo`)
    const kept = await keep(operator, { nome: '  Novos   do dia ' })
    const id = await idOf('Novos do dia')
    expect(kept.location).toBe(`/chamados?status=novo&pesquisa=${id}`)
    expect((await operator.get(kept.location)).body).toContain('<h1>Novos do dia</h1>')
    const { body } = await operator.get(SAVED)
    expect(body).toMatch(/Novos do dia<\/b><\/a><span class="cnt">2</)
    expect(body).toContain('Status é Novo')
  })

  it('sent twice is kept once', async () => {
    await keep(operator, { nome: 'Duas vezes', chave: KEYS[1]! })
    await keep(operator, { nome: 'Duas vezes', chave: KEYS[1]! })
    await idOf('Duas vezes')
  })

  it('keeps rules, order and rows of a page, never a place or another’s mark', async () => {
    const nested =
      'r1.campo=titulo&r1.op=contem&r1.valor=furto&r2.lig=e-nao&r2.1.campo=status&r2.1.op=e&r2.1.valor=novo&ordem=titulo&linhas=50'
    await keep(operator, { nome: 'Aninhada', consulta: `${nested}&pesquisa=1&selecionar=todas`, chave: KEYS[2]! })
    const page = await operator.get(`${SAVED}/${await idOf('Aninhada')}`)
    expect(page.body).toContain('E NÃO (Status é Novo)')
    expect(page.body).toContain(`value="${nested.replaceAll('&', '&amp;')}"`)
  })

  it.each([
    [{ nome: '' }, ['#nome']],
    [{ nome: 'x'.repeat(101) }, ['#nome']],
    [{ partilha: 'equipe:1' }, ['#partilha']],
    [{ partilha: 'todos' }, ['#partilha']],
    [{ alerta: '1001' }, ['#alerta']],
    [{ alerta: '-1', nome: '' }, ['#nome', '#alerta']],
  ] as [Record<string, string>, string[]][])(
    'of %j is refused at its fields, nothing typed lost',
    async (fields, places) => {
      const answer = await keep(operator, { nome: 'Não fica', chave: KEYS[5]!, ...fields })
      expect(answer.status).toBe(422)
      expect(errorsIn(answer.body)).toEqual(places)
      expect(answer.body).toContain(`value="${NEW}"`)
      expect(answer.body).toContain(KEYS[5])
    },
  )

  it('of criteria nobody understands is not kept', async () => {
    expect((await keep(operator, { consulta: 'r1.campo=nada&r1.op=e&r1.valor=1' })).status).toBe(400)
  })
})

describe('sharing', () => {
  it('shows a search to the own institution alone; private ones to their owner alone', async () => {
    await keep(operator, { nome: 'De todos', partilha: 'instituicao', chave: KEYS[3]! })
    expect(await names(operator)).toEqual(expect.arrayContaining(['Novos do dia', 'De todos']))
    expect(await names(colleague)).toEqual(['De todos'])
    expect(await names(reader)).toEqual(['De todos'])
    expect(await names(stranger)).toEqual([])
    expect(await names(analyst)).toEqual([])
    const [own, shared] = [await idOf('Novos do dia'), await idOf('De todos')]
    for (const person of [stranger, analyst]) expect((await person.get(`${SAVED}/${shared}`)).status).toBe(404)
    expect((await colleague.get(`${SAVED}/${own}`)).status).toBe(404)
    expect((await stranger.get(`/chamados?${NEW}&pesquisa=${shared}`)).body).not.toContain('De todos')
  })

  it('with a team reaches its members', async () => {
    const { rows } = await sql<{ id: number }>`select id from eprod.team where name = 'RECONET'`.execute(
      site.database.owner.db,
    )
    const second = await site.person({ cpf: '24843803480', cnpj: '03847655000198', classes: [902] })
    const auditor = await site.person({ cpf: '12345678909', cnpj: '03847655000198', classes: [905] })
    await keep(analyst, { nome: 'Da equipe', partilha: `equipe:${rows[0]!.id}` })
    expect(await names(second)).toEqual(['Da equipe'])
    expect(await names(auditor)).toEqual([])
  })

  it('is not for whoever may only read', async () => {
    expect((await reader.get(`${SAVED}/nova?consulta=${encodeURIComponent(NEW)}`)).body).not.toContain('instituicao')
    expect((await keep(reader, { partilha: 'instituicao', chave: KEYS[4]! })).status).toBe(422)
    expect((await keep(reader, { nome: 'Só minha', chave: KEYS[4]! })).status).toBe(303)
  })

  it('lets nobody change or remove another’s, not even by raw SQL', async () => {
    const id = await idOf('De todos')
    await colleague.post(`${SAVED}/${id}`, { nome: 'Meu agora', partilha: 'privada', consulta: 'status=fechado' })
    await idOf('De todos')
    expect((await colleague.post(`${SAVED}/${id}/apagar`, {})).status).toBe(404)
    for (const statement of ['delete from eprod.saved_search', "update eprod.saved_search set name = 'x'"])
      await visitAs(site.database.web.db, cast.stranger, (tx) => sql.raw(statement).execute(tx))
    expect(await names(operator)).toContain('De todos')
  })
})

describe('removing', () => {
  it('is asked first, with whom it touches', async () => {
    const id = await idOf('De todos')
    expect((await operator.get(`${SAVED}/${id}`)).body).toContain(`href="${SAVED}/${id}/apagar"`)
    const asked = await operator.get(`${SAVED}/${id}/apagar`)
    expect(asked.body).toContain('Apagar a pesquisa “De todos”?')
    expect(asked.body).toContain('para todos que a veem')
    await idOf('De todos')
    expect((await colleague.get(`${SAVED}/${id}`)).body).not.toContain('/apagar')
    expect((await colleague.get(`${SAVED}/${id}/apagar`)).status).toBe(404)
  })

  it('of a shared one whose owner has left is for whoever writes for the institution, and is in the journal', async () => {
    const owner = await site.person({ cpf: '39053344705', cnpj: BANK, classes: [122, 151] })
    const key = (n: number) => `00000000-0000-4000-8000-0000000000b${n}`
    await keep(owner, { nome: 'De quem saiu', partilha: 'instituicao', chave: key(1) })
    await keep(owner, { nome: 'Só de quem saiu', chave: key(2) })
    const [id, own] = [await idOf('De quem saiu'), await idOf('Só de quem saiu')]
    expect((await colleague.post(`${SAVED}/${id}/apagar`, {})).status).toBe(404)
    const { db } = site.database.owner
    await sql`select set_config('eprod.maintenance', 'on', false)`.execute(db)
    await sql`update eprod.person set access_ended_at = seen_at where id = ${owner.personId}`.execute(db)
    expect((await colleague.get(SAVED)).body).toContain('quem a salvou saiu')
    for (const person of [reader, stranger, analyst])
      expect([303, 404]).toContain((await person.post(`${SAVED}/${id}/apagar`, {})).status)
    const raw = `delete from eprod.saved_search where id in (${id}, ${own})`
    await visitAs(site.database.web.db, cast.stranger, (tx) => sql.raw(raw).execute(tx))
    await idOf('De quem saiu')
    expect((await colleague.post(`${SAVED}/${id}/apagar`, {})).location).toBe(`${SAVED}?feito=apagada`)
    expect(await names(colleague)).not.toContain('De quem saiu')
    await idOf('Só de quem saiu')
    const { rows } = await sql`select actor_id, private_part from eprod.journal_entry where thing = 'search'`.execute(
      db,
    )
    expect(rows).toEqual([{ actor_id: colleague.personId, private_part: { name: 'De quem saiu', path: NEW } }])
  })
})

it('a team’s search whose owner has left is removed by its supervisor, by no analyst', async () => {
  const { db } = site.database.owner
  const staff = (cpf: string, which: number) => site.person({ cpf, cnpj: '03847655000198', classes: [which] })
  const [peer, supervisor] = [await staff('15350946056', 901), await staff('24843803480', 902)]
  await sql`update eprod.person set access_ended_at = seen_at where id = ${analyst.personId}`.execute(db)
  const id = await idOf('Da equipe')
  expect((await peer.get(`${SAVED}/${id}`)).body).not.toContain('/apagar')
  expect((await peer.post(`${SAVED}/${id}/apagar`, {})).status).toBe(404)
  expect((await supervisor.get(`${SAVED}/${id}`)).body).toContain('/apagar')
  expect((await supervisor.post(`${SAVED}/${id}/apagar`, {})).status).toBe(303)
  expect(await names(supervisor)).not.toContain('Da equipe')
  await sql`update eprod.person set access_ended_at = null where id = ${analyst.personId}`.execute(db)
})

describe('one’s own start', () => {
  it('opens Listar Chamados with the search, for oneself alone, until it is given up or removed', async () => {
    const id = await idOf('De todos')
    await colleague.post(`${SAVED}/${id}`, { padrao: '1' })
    expect((await colleague.get('/chamados')).location).toBe(`/chamados?${NEW}&pesquisa=${id}`)
    expect((await operator.get('/chamados')).status).toBe(200)
    expect((await colleague.get(`/chamados?status=todos`)).status).toBe(200)
    await colleague.post(`${SAVED}/${id}`, {})
    expect((await colleague.get('/chamados')).status).toBe(200)
    await colleague.post(`${SAVED}/${id}`, { padrao: '1' })
    await operator.post(`${SAVED}/${id}/apagar`, {})
    expect(await names(colleague)).toEqual([])
    expect((await colleague.get('/chamados')).status).toBe(200)
    expect((await operator.post(`${SAVED}/${id}/apagar`, {})).status).toBe(303)
  })

  it('leads to it also where nothing is found', async () => {
    await keep(stranger, { nome: 'Fechados', consulta: 'status=fechado', padrao: '1' })
    expect((await stranger.get('/chamados')).location).toMatch(/^\/chamados\?status=fechado&pesquisa=\d+$/)
  })
})

it('what one made of lists and searches is one’s own, even by raw SQL', async () => {
  await keep(operator, { nome: 'Com alerta', padrao: '1', alerta: '5', chave: '00000000-0000-4000-8000-0000000000aa' })
  const asColleague = <T>(statement: string) =>
    visitAs(site.database.web.db, cast.colleague, async (tx) => (await sql.raw<T>(statement).execute(tx)).rows)
  for (const table of ['eprod.list_choice', 'eprod.search_alert'])
    expect(await asColleague(`select 1 from ${table} where person_id = ${operator.personId}`)).toEqual([])
  const forged = [
    `insert into eprod.list_choice (person_id, density, changed_at) values (${reader.personId}, 'normal', now())`,
    `insert into eprod.search_alert (search_id, person_id, above, by_mail) select ${await idOf('Com alerta')}, ${operator.personId}, 0, true`,
    `insert into eprod.saved_search (institution_id, owner_id, name, shared, query, request_key, changed_at)
      select institution_id, id, 'x', 'institution', '', gen_random_uuid(), now() from eprod.person where id = ${operator.personId}`,
  ]
  for (const statement of forged)
    await expect(asColleague(statement), statement).rejects.toMatchObject({ code: '42501' })
})

it('opens by its number alone, for those it is kept for', async () => {
  const id = await idOf('Novos do dia')
  expect((await operator.get(`/chamados?pesquisa=${id}`)).location).toBe(`/chamados?${NEW}&pesquisa=${id}`)
  const gone = await colleague.get(`/chamados?pesquisa=${id}`)
  expect(gone.status).toBe(404)
  expect(gone.body).toContain('A pesquisa salva foi apagada ou não é partilhada com você.')
  for (const path of [`${SAVED}/${id}`, `${SAVED}/x`, '/chamados?pesquisa=999999', `/chamados/exportar?pesquisa=${id}`])
    expect((await colleague.get(path)).body).toBe(gone.body.replaceAll(`/chamados?pesquisa=${id}`, path))
})

it('a change of the criteria comes from the list, under the same name', async () => {
  const id = await idOf('Novos do dia')
  const asked = `/chamados?status=pendente&pesquisa=${id}&acao=guardar`
  expect((await operator.get(asked)).location).toBe(`${SAVED}/${id}?consulta=status%3Dpendente`)
  expect((await colleague.get(asked)).location).toBe(`${SAVED}/nova?consulta=status%3Dpendente`)
  await operator.post(`${SAVED}/${id}`, { nome: 'Pendentes', partilha: 'privada', consulta: 'status=pendente' })
  expect((await operator.get(SAVED)).body).toMatch(/Pendentes<\/b><\/a><span class="cnt">0</)
})
