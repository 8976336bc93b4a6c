// What a search by any criteria finds, for whom, in which order; and that it reads no whole table and tells nothing of others.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { operatorsOf } from '#criteria/rules/grammar.ts'
import { check, readParams } from '#criteria/rules/read.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { findPage, type Search, walkStatement, whereOf } from '#tickets/reads/find.ts'
import type { ListRow } from '#tickets/reads/list.ts'
import { searchTickets } from '#tickets/reads/search.ts'
import { searchKnown } from '#tickets/reads/search-known.ts'
import { type ListQuery, readListQuery, rulesOfQuery } from '#tickets/rules/list-query.ts'
import { ticketFields } from '#tickets/rules/search-fields.ts'
import { STOP_WORDS } from '#tickets/rules/stop-words.ts'
import { wordsFor } from '#words/words.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'
import { type Crowd, fillWithTickets } from '../../../tests/support/many-tickets.ts'
import { visitAs } from '../../../tests/support/tickets.ts'

let database: TestDatabase
let crowd: Crowd
const NOW = new Date('2026-11-24T12:00:00Z')
const [TICKETS, INSTITUTIONS] = [20_000, 40]

beforeAll(async () => {
  database = await cloneDatabase()
  crowd = await fillWithTickets(database.owner.db, { tickets: TICKETS, institutions: INSTITUTIONS })
}, 180_000)
afterAll(() => database.drop())

const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> =>
  visitAs(actor.side === 'staff' ? database.staff.db : database.web.db, actor, work)

/** A search as its address says it. */
async function searchOf(tx: Tx, actor: Actor, address: string): Promise<Search> {
  const words = wordsFor('pt-BR')
  const known = await searchKnown(tx, { actor, lang: 'pt-BR', now: NOW })
  const fields = ticketFields({ actor, words, lang: 'pt-BR', known })
  const params = new URLSearchParams(address)
  const query = readListQuery(params, actor)
  const read = check(readParams(params).items, fields)
  expect(read.problems, address).toEqual([])
  expect(rulesOfQuery(query, actor.side)).toHaveLength(readParams(params).items.length)
  return { actor, lang: 'pt-BR', now: NOW, query, fields, criteria: read.criteria }
}

/** However busy the machine is, the count has its time, unless `countMs` says how much. */
async function find(actor: Actor, address: string, given: { place?: Partial<ListQuery>; countMs?: number } = {}) {
  const { place = {}, countMs = 60_000 } = given
  return await as(actor, async (tx) => {
    const search = await searchOf(tx, actor, address)
    return await findPage(tx, { ...search, query: { ...search.query, ...place }, countMs })
  })
}

async function walk(actor: Actor, address: string): Promise<ListRow[]> {
  const rows: ListRow[] = []
  let after: ListQuery['after']
  do {
    const page = await find(actor, address, { place: { after } })
    rows.push(...(page?.rows ?? []))
    after = page?.next
  } while (after)
  return rows
}

const plate = (value: string) => `r1.campo=placa&r1.op=e&r1.valor=${value}`
const title = (value: string) => `r1.campo=titulo&r1.op=contem&r1.valor=${value}`

it('finds a closed ticket by its number and by its plate in either spelling', async () => {
  const closed = (await walk(crowd.operator, 'r1.campo=status&r1.op=um-de&r1.valor=fechado'))[0]!
  const [, canonical = ''] = / - ([A-Z0-9]{7}) - \(/.exec(closed.title) ?? []
  const old = canonical.slice(0, 4) + 'ABCDEFGHIJ'.indexOf(canonical[4] ?? '') + canonical.slice(5)
  for (const address of [
    `r1.campo=id&r1.op=e&r1.valor=${closed.id}`,
    plate(canonical),
    plate(old),
    title(canonical.toLowerCase()),
  ]) {
    const found = await find(crowd.operator, address)
    expect(
      found?.rows.map(({ id }) => id),
      address,
    ).toContain(closed.id)
    expect((await find(crowd.stranger, address))?.rows, address).toEqual([])
  }
})

it('meets OU, NÃO and groups as the rows themselves say, to the last page and in several sorts', async () => {
  const address =
    'r1.campo=titulo&r1.op=contem&r1.valor=roubo&r2.lig=e&r2.1.campo=status&r2.1.op=e&r2.1.valor=novo&r2.2.lig=ou&r2.2.campo=motivo&r2.2.op=contem&r2.2.valor=ilegivel&r3.lig=e-nao&r3.campo=tecnico&r3.op=vazio'
  const rows = await walk(crowd.operator, `${address}&ordem=tecnico,-atualizacao`)
  const all = await walk(crowd.operator, 'r1.campo=titulo&r1.op=contem&r1.valor=furto')
  const expected = all.filter((row) => (row.status === 'new' || row.waitingReason !== null) && row.assignee !== null)
  expect(expected.length).toBeGreaterThan(25)
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(expected.map(({ id }) => id)))
  expect(rows).toHaveLength(expected.length)
  const names = rows.map(({ assignee }) => assignee ?? '')
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'pt-BR')))
})

it('finds words of follow-ups, without accents; a private note is no oracle for the institution', async () => {
  const [ticket] = await walk(crowd.operator, 'r1.campo=status&r1.op=um-de&r1.valor=novo')
  const id = ticket!.id
  const write = (kind: string, body: string) =>
    sql`insert into eprod.follow_up (ticket_id, institution_id, kind, author_id, body, created_at)
      values (${id}, ${crowd.operator.institutionId}, ${kind}, ${crowd.analyst.personId}, ${body}, ${NOW})`.execute(
      database.owner.db,
    )
  await write('follow-up', 'Certidão de óbito anexada')
  await write('note', 'Suspeita de falsificação')
  const words = (field: string, text: string) => `r1.campo=${field}&r1.op=contem&r1.valor=${encodeURIComponent(text)}`
  for (const actor of [crowd.operator, crowd.analyst]) {
    expect((await find(actor, words('acompanhamento', 'certidao obito')))?.rows.map((row) => row.id)).toEqual([id])
    expect((await find(actor, words('acompanhamento', 'falsificação')))?.rows).toEqual([])
    expect((await find(actor, 'r1.campo=n-acompanhamentos&r1.op=e&r1.valor=1'))?.rows.map((row) => row.id)).toEqual([
      id,
    ])
  }
  for (const word of ['falsificacao', 'suspeitas'])
    expect((await find(crowd.analyst, words('nota', word)))?.rows.map((row) => row.id)).toEqual([id])
  const fields = await as(crowd.operator, async (tx) => (await searchOf(tx, crowd.operator, plate('ABC1234'))).fields)
  expect(fields.has('nota')).toBe(false)
})

it('knows both spellings of a plate and a number with its gap in titles and answers', async () => {
  const [one] = await walk(crowd.operator, 'r1.campo=status&r1.op=um-de&r1.valor=novo')
  const kept = one!.title.match(/ - ([A-Z0-9]{7}) - \(/)?.[1] ?? ''
  const old = kept.slice(0, 4) + 'ABCDEFGHIJ'.indexOf(kept[4] ?? '') + kept.slice(5)
  const ids = async (address: string) => (await find(crowd.operator, address))?.rows.map(({ id }) => id)
  for (const text of [old, `${old.slice(0, 3)}-${old.slice(3)}`, String(one!.id).replace(/(\d{3})$/, '+$1')])
    expect(await ids(title(text)), text).toContain(one!.id)
  for (const piece of [`${kept.slice(0, 3)}-${kept.slice(3)}`, `${old.slice(0, 3)} ${old.slice(3, 6)}`])
    expect(await ids(`r1.campo=placa&r1.op=contem&r1.valor=${piece}`), piece).toContain(one!.id)
  await sql`alter table eprod.ticket disable trigger guard`.execute(database.owner.db)
  await sql`update eprod.ticket set answers = answers || jsonb_build_object('placa', ${old}::text) where id = ${one!.id}`.execute(
    database.owner.db,
  )
  for (const typed of [old, kept, old.toLowerCase()])
    for (const op of ['e', 'um-de', 'contem'])
      expect(await ids(`r1.campo=form.placa&r1.op=${op}&r1.valor=${typed}`), `${op} ${typed}`).toContain(one!.id)
  expect(await ids(`r1.campo=form.placa&r1.op=nao-e&r1.valor=${old}&r2.campo=id&r2.op=e&r2.valor=${one!.id}`)).toEqual(
    [],
  )
})

it('finds by “Texto ou número” what Pesquisar finds, to the last page', async () => {
  for (const [actor, term] of [
    [crowd.operator, 'furto roubo'],
    [crowd.operator, 'roubos'],
    [crowd.analyst, 'furto'],
    [crowd.operator, 'czz'],
  ] as const) {
    const first = (await as(actor, (tx) => searchTickets(tx, actor, term))) ?? []
    const listed = await find(actor, `r1.campo=busca&r1.op=contem&r1.valor=${encodeURIComponent(term)}`)
    expect(listed?.count === 0, term).toBe(first.length === 0)
    const live = first.filter(({ status }) => status !== 'closed').slice(0, 25)
    const page = await find(
      actor,
      `r1.campo=busca&r1.op=contem&r1.valor=${encodeURIComponent(term)}&r2.campo=status&r2.op=e&r2.valor=nao-fechado`,
    )
    expect(
      page?.rows.map(({ id }) => id),
      term,
    ).toEqual(live.map(({ id }) => id))
  }
  const [some] = await walk(crowd.operator, 'r1.campo=status&r1.op=um-de&r1.valor=novo')
  expect(
    (await walk(crowd.operator, `r1.campo=busca&r1.op=contem&r1.valor=ID+${some!.id}`)).map(({ id }) => id),
  ).toEqual([some!.id])
  expect(await walk(crowd.stranger, `r1.campo=busca&r1.op=contem&r1.valor=${some!.id}`)).toEqual([])
})

it('knows which words the searches of texts leave out', async () => {
  const { rows } = await sql<{ word: string; out: boolean }>`
    select word, numnode(eprod.words_asked(word, '')) = 0 as out from unnest(${[...STOP_WORDS, 'nao', 'que', 'contrato', 'placa']}::text[]) a(word)`.execute(
    database.owner.db,
  )
  expect(rows.filter(({ out }) => !out).map(({ word }) => word)).toEqual(['nao', 'contrato', 'placa'])
})

it('sorts waiting types by what they are called in the language', async () => {
  await sql`update eprod.ticket t set waiting_type_id = w.ids[1 + t.id % cardinality(w.ids)]
    from (select array_agg(id order by id) as ids from eprod.waiting_type) w where t.status = 'pending'`.execute(
    database.owner.db,
  )
  for (const lang of ['pt-BR', 'en'] as const) {
    const page = await as(crowd.operator, async (tx) => {
      const search = await searchOf(tx, crowd.operator, 'r1.campo=status&r1.op=um-de&r1.valor=pendente&ordem=espera')
      return await findPage(tx, { ...search, lang })
    })
    const names = page?.rows.map(({ waitingType }) => waitingType ?? '') ?? []
    expect(new Set(names).size).toBeGreaterThan(1)
    expect(names, lang).toEqual([...names].sort((a, b) => a.localeCompare(b, 'pt-BR')))
  }
})

it('counts to a thousand and then says more', async () => {
  expect((await find(crowd.analyst, title('furto')))?.count).toBe(1001)
  expect((await find(crowd.operator, title('furto')))?.count).toBe(TICKETS / INSTITUTIONS)
})

it('shows its rows without a count that would take too long', async () => {
  // Three tables are asked about each of a thousand rows.
  const slow = ['n-acompanhamentos', 'n-documentos', 'n-recusas']
    .map((field, at) => `r${at + 1}.campo=${field}&r${at + 1}.op=antes&r${at + 1}.valor=9`)
    .join('&')
  const page = await find(crowd.analyst, `${title('furto').replaceAll('r1', 'r4')}&${slow}`, { countMs: 1 })
  expect(page?.rows.length).toBeGreaterThan(0)
  expect(page?.count).toBeUndefined()
})

it.each(['operator', 'analyst'] as const)(
  'every field can be asked for, as %s, without a whole table being read for a plate',
  async (who) => {
    const actor = crowd[who]
    await as(actor, async (tx) => {
      const { fields } = await searchOf(tx, actor, plate('ABC1234'))
      for (const field of fields.values()) {
        const search = await searchOf(
          tx,
          actor,
          `r1.campo=${field.key}&r1.op=${operatorsOf(field).includes('is-not') ? 'nao-e&r1.valor=' : 'contem&r1.valor=zzz'}`,
        )
        await walkStatement(search, await whereOf(tx, search)).execute(tx)
        await sql`fetch 26 from found`.execute(tx)
        await sql`close found`.execute(tx)
      }
      for (const address of [
        plate('ABC1234'),
        title('czz'),
        'r1.campo=id&r1.op=e&r1.valor=24151',
        'r1.campo=acompanhamento&r1.op=contem&r1.valor=zzz',
        'r1.campo=busca&r1.op=contem&r1.valor=24151',
        'r1.campo=busca&r1.op=contem&r1.valor=12345678909',
        'r1.campo=busca&r1.op=contem&r1.valor=czz9',
        'r1.campo=requerente&r1.op=um-de&r1.valor=eu&r2.campo=placa&r2.op=e&r2.valor=ABC1234',
      ]) {
        const search = await searchOf(tx, actor, address)
        const { rows } = await sql<{
          'QUERY PLAN': string
        }>`explain ${walkStatement(search, await whereOf(tx, search))}`.execute(tx)
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
        expect(plan, plan).not.toMatch(/Seq Scan on ticket\b/)
        // What is equal is looked up too: along the list's order a plate of one ticket in a million takes a second and more.
        if (address === plate('ABC1234')) expect(plan, plan).toMatch(/Index Scan (on|using) ticket_plate/)
      }
    })
  },
)
