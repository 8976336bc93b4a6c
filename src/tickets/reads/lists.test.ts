// What the lists of tickets show to whom, in which order, and that no list ever reads the whole table.
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countsStatement, QUEUE_TABS, queuePage, queueStatement } from '#desk/reads.ts'
import { PLAN_ANEW, type Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { countStatement, homeRows, homeStatement, SECTION_ROWS, statusCounts } from '#tickets/reads/home.ts'
import { type ListRow, listPage, listStatement, MOST_COUNTED, PAGE_ROWS } from '#tickets/reads/list.ts'
import { searchStatement, searchTickets } from '#tickets/reads/search.ts'
import {
  COLUMN_KEYS,
  defaultQuery,
  type ListQuery,
  listPath,
  readListQuery,
  STATUS_FILTERS,
  type StatusFilter,
} from '#tickets/rules/list-query.ts'
import { searchKeys } from '#tickets/rules/search-term.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'
import { type Crowd, fillWithTickets } from '../../../tests/support/many-tickets.ts'

let database: TestDatabase
let crowd: Crowd
const TICKETS = 20_000
const INSTITUTIONS = 40

beforeAll(async () => {
  database = await cloneDatabase()
  crowd = await fillWithTickets(database.owner.db, { tickets: TICKETS, institutions: INSTITUTIONS })
}, 60_000)
afterAll(() => database.drop())

/** Works as the actor: the role of the side, and the context row-level security reads. */
async function as<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { db } = actor.side === 'staff' ? database.staff : database.web
  return await db.transaction().execute(async (tx) => {
    await sql`select set_config('eprod.person', ${String(actor.personId)}, true),
                     set_config('eprod.institution', ${String(actor.institutionId)}, true)`.execute(tx)
    return await work(tx)
  })
}

const list = (actor: Actor, query: ListQuery) => as(actor, (tx) => listPage(tx, { actor, lang: 'pt-BR', query }))
const all = (actor: Actor): ListQuery => ({ ...defaultQuery(actor), status: 'todos', ownTeams: false })

/** Walks from the first page to the last by the links of each. */
async function walk(actor: Actor, query: ListQuery): Promise<ListRow[]> {
  const rows: ListRow[] = []
  let after: ListQuery['after']
  do {
    const page = await list(actor, { ...query, after })
    rows.push(...page.rows)
    after = page.next
  } while (after)
  return rows
}

describe('the list of an institution', () => {
  it('holds every ticket of the institution and no other', async () => {
    const rows = await walk(crowd.operator, all(crowd.operator))
    expect(rows).toHaveLength(TICKETS / INSTITUTIONS)
    expect(new Set(rows.map((row) => row.requesterGroup))).toEqual(new Set([crowd.operator.institutionName]))
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length)
  })

  it('begins with what is not closed, the newest update first', async () => {
    const page = await list(crowd.operator, defaultQuery(crowd.operator))
    expect(page.rows).toHaveLength(PAGE_ROWS)
    expect(page.rows.every((row) => row.status !== 'closed')).toBe(true)
    const instants = page.rows.map((row) => row.updatedAt.getTime())
    expect(instants).toEqual([...instants].sort((a, b) => b - a))
    expect(page.count).toBe((TICKETS / INSTITUTIONS) * 0.4)
    expect(page.previous).toBeUndefined()
  })

  it.each(COLUMN_KEYS)(
    'sorted by %s shows the same tickets in both directions, one the reverse of the other',
    async (sort) => {
      const query: ListQuery = { ...all(crowd.operator), status: 'nao-fechado', sort, descending: false }
      const up = await walk(crowd.operator, query)
      const down = await walk(crowd.operator, { ...query, descending: true })
      expect(up).toHaveLength((TICKETS / INSTITUTIONS) * 0.4)
      expect(down.map((row) => row.id)).toEqual(up.map((row) => row.id).reverse())
    },
  )

  it('goes back to the page it came from', async () => {
    const query = all(crowd.operator)
    const first = await list(crowd.operator, query)
    const second = await list(crowd.operator, { ...query, after: first.next })
    const third = await list(crowd.operator, { ...query, after: second.next })
    const back = await list(crowd.operator, { ...query, before: third.previous })
    expect(back.rows.map((row) => row.id)).toEqual(second.rows.map((row) => row.id))
    const start = await list(crowd.operator, { ...query, before: back.previous })
    expect(start.rows.map((row) => row.id)).toEqual(first.rows.map((row) => row.id))
    expect(start.previous).toBeUndefined()
  })

  it('shows waiting type and reason only while Pendente', async () => {
    const rows = await walk(crowd.operator, all(crowd.operator))
    for (const row of rows) {
      expect(row.waitingType !== null).toBe(row.status === 'pending')
      expect(row.waitingReason).toBe(row.status === 'pending' ? 'Documento ilegível' : null)
    }
  })

  it.each(Object.keys(STATUS_FILTERS) as StatusFilter[])('filtered by %s holds just its statuses', async (status) => {
    const rows = await walk(crowd.operator, { ...all(crowd.operator), status })
    expect(new Set(rows.map((row) => row.status))).toEqual(new Set<string>(STATUS_FILTERS[status]))
  })
})

describe('the list of the staff', () => {
  it('counts exactly up to a thousand and then says more than', async () => {
    const page = await list(crowd.analyst, all(crowd.analyst))
    expect(page.count).toBe(MOST_COUNTED + 1)
  })

  it('begins with what is not solved in the own team', async () => {
    const query = readListQuery(new URLSearchParams(), crowd.analyst)
    expect(listPath(query)).toBe('/chamados?status=nao-solucionado&grupo=meu')
    const page = await list(crowd.analyst, query)
    expect(
      page.rows.every((row) => ['new', 'processing', 'pending'].includes(row.status) && row.team === 'RECONET'),
    ).toBe(true)
  })
})

describe('home', () => {
  it('lists under each heading at most ten, deadlines by the nearest', async () => {
    const rows = await as(crowd.operator, (tx) => homeRows(tx, { actor: crowd.operator, lang: 'pt-BR', view: 'grupo' }))
    const pending = rows.filter((row) => row.section === 'pending')
    expect(pending).toHaveLength(SECTION_ROWS + 1)
    const due = pending.map((row) => row.dueAt!.getTime())
    expect(due).toEqual([...due].sort((a, b) => a - b))
    expect(rows.map((row) => row.section)).toEqual([...rows.map((row) => row.section)].sort(bySection))
  })

  it('shows in the personal view only what the operator filed, and to an analyst only what is assigned', async () => {
    const mine = await as(crowd.operator, (tx) =>
      homeRows(tx, { actor: crowd.operator, lang: 'pt-BR', view: 'pessoal' }),
    )
    expect(new Set(mine.map((row) => row.requester))).toEqual(new Set([crowd.operator.name]))
    const assigned = await as(crowd.analyst, (tx) =>
      homeRows(tx, { actor: crowd.analyst, lang: 'pt-BR', view: 'pessoal' }),
    )
    expect(new Set(assigned.map((row) => row.assignee))).toEqual(new Set([crowd.analyst.name]))
  })

  it('counts each status of the institution', async () => {
    const counts = await as(crowd.operator, (tx) => statusCounts(tx, crowd.operator))
    expect(counts).toEqual({ new: 50, processing: 50, pending: 50, solved: 50, closed: 300 })
  })
})

describe('the search', () => {
  const search = async (actor: Actor, term: string) => (await as(actor, (tx) => searchTickets(tx, actor, term))) ?? []

  it('finds a vehicle by both spellings of its plate and a ticket by every spelling of its number', async () => {
    const [ticket] = (await list(crowd.operator, all(crowd.operator))).rows
    const plate = /- (\w{7}) - \(/.exec(ticket!.title)![1]!
    const old = plate.slice(0, 4) + (plate.charCodeAt(4) - 65) + plate.slice(5)
    const id = String(ticket!.id)
    const spaced = (gap: string) => `${id.slice(0, -3)}${gap}${id.slice(-3)}`
    for (const term of [plate, old.toLowerCase(), id, spaced(' '), spaced('\u00a0'), spaced('\u202f'), spaced('.')]) {
      expect(
        (await search(crowd.operator, term)).map((row) => row.id),
        term,
      ).toContain(ticket!.id)
    }
    expect(await search(crowd.stranger, plate)).toEqual([])
    expect(await search(crowd.stranger, id)).toEqual([])
  })
})

describe('the queue', () => {
  it.each(QUEUE_TABS)('shows the tab %s oldest first', async (tab) => {
    const rows = await as(crowd.analyst, (tx) => queuePage(tx, { actor: crowd.analyst, lang: 'pt-BR', tab }))
    const instants = rows.map((row) => row.openedAt.getTime())
    expect(rows.length).toBeGreaterThan(0)
    expect(instants).toEqual([...instants].sort((a, b) => a - b))
    if (tab === 'novos') expect(rows.every((row) => row.status === 'new')).toBe(true)
    if (tab === 'meus') expect(rows.every((row) => row.assignee === crowd.analyst.name)).toBe(true)
  })
})

describe('no list reads the whole table', () => {
  it.each(['operator', 'analyst'] as const)('of tickets, as %s', async (who) => {
    const actor = crowd[who]
    const statements = [...listStatements(actor), ...otherStatements(actor)]
    const scanned = []
    for (const [name, statement] of statements) {
      for (const text of await as(actor, (tx) => plansOf(tx, statement))) {
        expect(text).toContain('on ticket')
        if (/Seq Scan on ticket\b/.test(text)) scanned.push(`${name}\n${text}`)
      }
    }
    expect(scanned.join('\n\n')).toBe('')
  })
})

/** The plan for these values, and the generic one that a prepared statement may settle on. */
async function plansOf(tx: Tx, statement: RawBuilder<unknown>): Promise<string[]> {
  const text = statement.compile(tx).sql
  const plans = [sql`explain ${statement}`]
  if (!text.startsWith(PLAN_ANEW)) plans.push(sql`explain (generic_plan) ${sql.raw(text)}`)
  const read = []
  for (const plan of plans) {
    const { rows } = await (plan as RawBuilder<{ 'QUERY PLAN': string }>).execute(tx)
    read.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
  }
  return read
}

function listStatements(actor: Actor): [string, RawBuilder<unknown>][] {
  const place = { value: '2026-10-25 12:00:00+00', id: 30_000 }
  const sorts = ['updated', 'opened', 'id'] as const
  return (Object.keys(STATUS_FILTERS) as StatusFilter[]).flatMap((status) =>
    sorts.flatMap((sort) => {
      const from = sort === 'id' ? { value: '30000', id: 30_000 } : place
      const start: ListQuery = { ...all(actor), status, sort }
      const queries = [start, { ...start, after: from }, { ...start, before: from }, { ...start, descending: false }]
      return [...queries, { ...start, mine: true }].map((query): [string, RawBuilder<unknown>] => [
        listPath(query),
        listStatement({ actor, lang: 'pt-BR', query }),
      ])
    }),
  )
}

function otherStatements(actor: Actor): [string, RawBuilder<unknown>][] {
  const home = (['pessoal', 'grupo'] as const).map((view): [string, RawBuilder<unknown>] => [
    `home ${view}`,
    homeStatement({ actor, lang: 'pt-BR', view }),
  ])
  const search = ['24151', 'ABC1234', '9BWZZZ377VT004251'].map((term): [string, RawBuilder<unknown>] => [
    `search ${term}`,
    searchStatement(searchKeys(term)!),
  ])
  if (actor.side === 'institution') return [...home, ...search, ['counts', countStatement(actor)]]
  const queue = QUEUE_TABS.map((tab): [string, RawBuilder<unknown>] => [
    `queue ${tab}`,
    queueStatement({ actor, lang: 'pt-BR', tab }),
  ])
  return [
    ...home,
    ...search,
    ...queue,
    ['counts', countStatement(actor)],
    ['queue counts', countsStatement(actor, 1000)],
  ]
}

const ORDER = ['solved', 'pending', 'open', 'closed']
const bySection = (a: string, b: string): number => ORDER.indexOf(a) - ORDER.indexOf(b)
