// A list by a search of any criteria and by several sort keys: planned for its values each time, given up after two seconds.
// The usual lists stand in list.ts, where their statements are prepared.
import { type RawBuilder, sql } from 'kysely'
import { compile, type Sql } from '#criteria/compile.ts'
import type { Criteria, Fields } from '#criteria/rules/grammar.ts'
import { PLAN_ANEW, type Tx } from '#shared/db/connect.ts'
import { within } from '#shared/db/limits.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { choiceNow } from '#tickets/reads/choice.ts'
import { type ListPage, MOST_COUNTED, PAGE_ROWS, rowsOf, sortBy } from '#tickets/reads/list.ts'
import { lookUp, ticketColumns } from '#tickets/reads/search-columns.ts'
import { type Place, placeValue, placeValues } from '#tickets/rules/list-place.ts'
import type { ListQuery, Sort } from '#tickets/rules/list-query.ts'
import type { Lang } from '#words/words.ts'

/** A page that takes longer is given up: *refine a pesquisa* (issue E). */
const MOST_MS = 2000
/** Page and count together; a count that takes longer is given up and the page stands without (issue E). */
const COUNT_MS = 40
/** What a count has behind a page that took long. */
const LEAST_COUNT_MS = 10

export interface Search {
  readonly actor: Actor
  readonly lang: Lang
  readonly now: Date
  readonly query: ListQuery
  readonly fields: Fields
  readonly criteria: Criteria
  /** Milliseconds the count may take; what is left of COUNT_MS unless a test asks what it says, not how soon. */
  readonly countMs?: number
}

/** A page of what meets the criteria; undefined: too much to look through in time. */
export async function findPage(tx: Tx, search: Search): Promise<ListPage | undefined> {
  const { actor, lang, query } = search
  const began = performance.now()
  const size = query.size ?? PAGE_ROWS
  const found = await within(tx, MOST_MS, async () => {
    const where = await whereOf(tx, search)
    const [, { rows }] = await Promise.all([
      walkStatement(search, where).execute(tx),
      sql<Met>`fetch ${sql.lit(size + 1)} from found`.execute(tx),
    ])
    return { where, met: rows }
  })
  if (!found) return undefined
  const { met, where } = found
  const more = met.length > size
  const shown = met.slice(0, size)
  if (query.before) shown.reverse()
  const first = !query.after && !query.before
  const left = search.countMs ?? Math.max(COUNT_MS - (performance.now() - began), LEAST_COUNT_MS)
  const counting = async (): Promise<number | undefined> => {
    if (first && !more) return met.length
    // Over all institutions what is counted is often found by another way than the newest page is.
    const goesOn = first && actor.side === 'institution'
    return await within(tx, left, async () =>
      goesOn ? met.length + (await countRest(tx)) : await countNow(tx, search, where),
    )
  }
  // The count comes last: where it takes too long, the others have been answered.
  const [rows, choice, count] = await Promise.all([
    rowsOf(
      tx,
      shown.map(({ id }) => id),
      lang,
    ),
    choiceNow(tx, actor),
    counting(),
  ])
  await sql`close found`.execute(tx)
  const place = (one: Met | undefined): Place | undefined => one && { value: placeValue(one.keys), id: one.id }
  return {
    rows,
    choice,
    count,
    next: query.before || more ? place(shown.at(-1)) : undefined,
    previous: query.after || (query.before && more) ? place(shown[0]) : undefined,
  }
}

/** The walk goes on behind the page: what was looked through for the page is not looked through again. */
async function countRest(tx: Tx): Promise<number> {
  const { rows } = await sql`fetch ${sql.lit(MOST_COUNTED + 1)} from found`.execute(tx)
  return rows.length
}

/** How many a search finds, up to MOST_COUNTED + 1; undefined: it cannot be told in time. */
export async function countOfSearch(tx: Tx, search: Search): Promise<number | undefined> {
  return await within(tx, search.countMs ?? COUNT_MS, async () => await countNow(tx, search, await whereOf(tx, search)))
}

async function countNow(tx: Tx, { actor }: Search, where: Sql): Promise<number> {
  const [, { rows }] = await Promise.all([
    // Parallel workers take as long to be called off as the count has.
    sql`set local max_parallel_workers_per_gather = 0`.execute(tx),
    sql<{ n: number }>`${sql.raw(PLAN_ANEW)} select count(*)::int as n from (
      select 1 from eprod.ticket t where ${own(actor)} and ${where} limit ${sql.lit(MOST_COUNTED + 1)}) x`.execute(tx),
  ])
  return rows[0]?.n ?? 0
}

/** The criteria as SQL, with their texts looked up. */
export async function whereOf(
  tx: Tx,
  { criteria, fields, now }: Pick<Search, 'criteria' | 'fields' | 'now'>,
): Promise<Sql> {
  const found = await lookUp(tx, criteria, fields)
  return compile(criteria, { fields, now, column: ticketColumns(found, fields) })
}

/** Row-level security says it again; said here too, it lets the planner choose the institution's index. */
export function own(actor: Actor): Sql {
  return actor.side === 'institution' ? sql`t.institution_id = ${actor.institutionId}` : sql`true`
}

/** A ticket that meets a search, and what it is sorted by. */
interface Met {
  readonly id: number
  readonly keys: readonly string[]
}

/**
 * Tickets in their order, as many as are counted; exported for the test that explains it. The limit is none the planner knows:
 * it shall choose for the page, which is wanted first, and not for all that is counted behind it.
 */
export function walkStatement(search: Search, where: Sql): RawBuilder<unknown> {
  const { sorts, chosen } = chosenBy(search, where)
  const keys = sorts.map(({ sort }) => sql`${sortBy(sort, search.lang).by}::text`)
  return sql`${sql.raw(PLAN_ANEW)} declare found cursor for
    select t.id, array[${sql.join(keys)}] as keys ${chosen} limit (select ${sql.lit(MOST_COUNTED + 1)})`
}

/** Rows that meet a search from its place on, in its order; the caller says what of them and how many. */
export function chosenBy(search: Search, where: Sql): { readonly sorts: readonly Sort[]; readonly chosen: Sql } {
  const { actor, query, lang } = search
  const sorts = [query, ...(query.also ?? [])]
  const order: Order = { backwards: Boolean(query.before), lang }
  const from = query.after ?? query.before
  const beyond = from ? sql`and ${beyondPlace(sorts, { values: placeValues(from, sorts), id: from.id }, order)}` : sql``
  const joins = sql.join(
    [...new Set(sorts.map(({ sort }) => sortBy(sort, lang).join))].map((join) => join ?? sql``),
    sql` `,
  )
  return {
    sorts,
    chosen: sql`from eprod.ticket t ${joins} where ${own(actor)} and ${where} ${beyond}
       order by ${orderOf(sorts, order)}`,
  }
}

interface Order {
  readonly backwards: boolean
  readonly lang: Lang
}

/** The last key is the number, in the direction of the first, so that no two rows are equal. */
function orderOf(sorts: readonly Sort[], { backwards, lang }: Order): Sql {
  const way = (descending: boolean): Sql => (descending === backwards ? sql`asc` : sql`desc`)
  const keys = sorts.map(({ sort, descending }) => sql`${sortBy(sort, lang).by} ${way(descending)}`)
  return sql.join([...keys, sql`t.id ${way(sorts[0]?.descending ?? true)}`])
}

/** Rows beyond a place. The first key alone is said too, so that an index can start there. */
function beyondPlace(
  sorts: readonly Sort[],
  place: { values: readonly string[]; id: number },
  { backwards, lang }: Order,
): Sql {
  const parts = [
    ...sorts.map(({ sort, descending }, at) => ({
      by: sortBy(sort, lang).by,
      value: sql`${place.values[at] ?? ''}::${sortBy(sort, lang).type}`,
      descending,
    })),
    { by: sql`t.id`, value: sql`${place.id}::bigint`, descending: sorts[0]?.descending ?? true },
  ]
  const past = (at: number): Sql => {
    const part = parts[at]
    if (!part) return sql`false`
    const sign = part.descending === backwards ? sql`>` : sql`<`
    const here = sql`${part.by} ${sign} ${part.value}`
    return at === parts.length - 1 ? here : sql`(${here} or (${part.by} = ${part.value} and ${past(at + 1)}))`
  }
  const [first] = parts
  const start = first && sql`${first.by} ${first.descending === backwards ? sql`>=` : sql`<=`} ${first.value}`
  return sql`(${start ?? sql`true`} and ${past(0)})`
}
