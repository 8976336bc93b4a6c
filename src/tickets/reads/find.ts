// A list by a search of any criteria and by several sort keys: planned for its values each time, given up after two seconds.
// The usual lists stand in list.ts, where their statements are prepared.
import { type RawBuilder, sql } from 'kysely'
import { compile, type Sql } from '#criteria/compile.ts'
import type { Criteria, Fields } from '#criteria/rules/grammar.ts'
import { PLAN_ANEW, type Tx } from '#shared/db/connect.ts'
import { within } from '#shared/db/limits.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { choiceColumn, choiceIn } from '#tickets/reads/choice.ts'
import {
  type ListPage,
  type ListRow,
  MOST_COUNTED,
  PAGE_ROWS,
  ROW_JOINS,
  rowColumns,
  sortBy,
} from '#tickets/reads/list.ts'
import { lookUp, ticketColumns } from '#tickets/reads/search-columns.ts'
import { type Place, placeValue, placeValues } from '#tickets/rules/list-place.ts'
import type { ListQuery, Sort } from '#tickets/rules/list-query.ts'
import type { Lang } from '#words/words.ts'

/** A page that takes longer is given up: *refine a pesquisa* (issue E). */
const MOST_MS = 2000
/** A count that takes longer is given up and the page stands without (issue E): its own time, however long the page took. */
const COUNT_MS = 40

export interface Search {
  readonly actor: Actor
  readonly lang: Lang
  readonly now: Date
  readonly query: ListQuery
  readonly fields: Fields
  readonly criteria: Criteria
  /** Milliseconds the count may take; COUNT_MS unless a test asks what it says, not how soon. */
  readonly countMs?: number
}

/** A page of what meets the criteria; undefined: too much to look through in time. */
export async function findPage(tx: Tx, search: Search): Promise<ListPage | undefined> {
  const { query } = search
  const size = query.size ?? PAGE_ROWS
  const found = await within(tx, MOST_MS, async () => {
    const where = await whereOf(tx, search)
    return { where, rows: (await findStatement(search, where).execute(tx)).rows }
  })
  if (!found) return undefined
  const more = found.rows.length > size
  const rows = found.rows.slice(0, size)
  if (query.before) rows.reverse()
  const place = (row: FoundRow | undefined): Place | undefined => row && { value: placeValue(row.keys), id: row.id }
  return {
    rows,
    next: query.before || more ? place(rows.at(-1)) : undefined,
    previous: query.after || (query.before && more) ? place(rows[0]) : undefined,
    choice: choiceIn(found.rows[0]?.choice),
    count:
      !more && !query.after && !query.before
        ? rows.length
        : await within(tx, search.countMs ?? COUNT_MS, () => countNow(tx, search, found.where)),
  }
}

/** How many a search finds, up to MOST_COUNTED + 1; undefined: it cannot be told in time. */
export async function countOfSearch(tx: Tx, search: Search): Promise<number | undefined> {
  return await within(tx, search.countMs ?? COUNT_MS, async () => await countNow(tx, search, await whereOf(tx, search)))
}

async function countNow(tx: Tx, { actor }: Search, where: Sql): Promise<number> {
  const { rows } = await sql<{ n: number }>`${sql.raw(PLAN_ANEW)} select count(*)::int as n from (
    select 1 from eprod.ticket t where ${own(actor)} and ${where} limit ${sql.lit(MOST_COUNTED + 1)}) x`.execute(tx)
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

interface FoundRow extends ListRow {
  readonly keys: readonly string[]
  readonly choice: string | null
}

/** The statement itself; exported for the test that explains it. */
export function findStatement(search: Search, where: Sql): RawBuilder<FoundRow> {
  const { actor, lang, query } = search
  const { sorts, chosen } = chosenBy(search, where)
  const keys = sorts.map(({ sort }, at) => sql`${sortBy(sort, lang).by} as ${sql.ref(`k${at}`)}`)
  return sql<FoundRow>`${sql.raw(PLAN_ANEW)} with page as materialized (
      select t.id, t.title, t.status, t.waiting_type_id, t.waiting_reason, t.due_at, t.updated_at, t.opened_at, t.closed_at,
             t.institution_id, t.requester_id, t.category, t.assignee_id, t.team_id, ${sql.join(keys)}
        ${chosen} limit ${sql.lit((query.size ?? PAGE_ROWS) + 1)})
    select ${rowColumns(lang)},
           array[${sql.join(sorts.map((_, at) => sql`${sql.ref(`p.k${at}`)}::text`))}] as keys,
           ${choiceColumn(actor)} as choice
      from page p ${ROW_JOINS}
     order by ${orderOf(sorts, { prefix: 'p', backwards: Boolean(query.before), lang })}`
}

/** Rows that meet a search from its place on, in its order; the caller says what of them and how many. */
export function chosenBy(search: Search, where: Sql): { readonly sorts: readonly Sort[]; readonly chosen: Sql } {
  const { actor, query, lang } = search
  const sorts = [query, ...(query.also ?? [])]
  const order: Order = { prefix: 't', backwards: Boolean(query.before), lang }
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
  /** The tickets themselves, or a page of them with its keys. */
  readonly prefix: 't' | 'p'
  readonly backwards: boolean
  readonly lang: Lang
}

/** The last key is the number, in the direction of the first, so that no two rows are equal. */
function orderOf(sorts: readonly Sort[], { prefix, backwards, lang }: Order): Sql {
  const way = (descending: boolean): Sql => (descending === backwards ? sql`asc` : sql`desc`)
  const keys = sorts.map(({ sort, descending }, at) =>
    prefix === 't' ? sql`${sortBy(sort, lang).by} ${way(descending)}` : sql`${sql.ref(`p.k${at}`)} ${way(descending)}`,
  )
  return sql.join([...keys, sql`${sql.ref(`${prefix}.id`)} ${way(sorts[0]?.descending ?? true)}`])
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
