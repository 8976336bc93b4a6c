// Listar Chamados: one statement brings a page of rows with the fourteen columns of Figure 07 and the count.
import { type RawBuilder, sql } from 'kysely'
import { PLAN_ANEW, type Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { choiceColumn, choiceIn } from '#tickets/reads/choice.ts'
import type { Status } from '#tickets/rules/lifecycle.ts'
import type { ListChoice } from '#tickets/rules/list-choice.ts'
import type { Place } from '#tickets/rules/list-place.ts'
import { type Column, type ListQuery, STATUS_FILTERS } from '#tickets/rules/list-query.ts'
import type { Lang } from '#words/words.ts'

export const PAGE_ROWS = 25
/** Counts are exact up to this and then *mais de 1.000*: an exact count of a large list costs more than the list. */
export const MOST_COUNTED = 1000

export interface ListRow {
  readonly id: number
  readonly title: string
  readonly status: Status
  readonly waitingType: string | null
  readonly waitingReason: string | null
  readonly dueAt: Date | null
  readonly updatedAt: Date
  readonly openedAt: Date
  readonly closedAt: Date | null
  readonly requesterGroup: string
  readonly requester: string | null
  readonly category: string
  readonly assignee: string | null
  readonly team: string | null
  readonly observers: string | null
}

export interface ListPage {
  readonly rows: readonly ListRow[]
  /** Rows in all pages; MOST_COUNTED + 1 means "more than". */
  readonly count: number | undefined
  readonly next: Place | undefined
  readonly previous: Place | undefined
  /** How the reader likes lists; the usual where there are no rows. */
  readonly choice: ListChoice
}

type Sql = RawBuilder<unknown>

interface SortBy {
  readonly by: Sql
  readonly join?: Sql
  readonly type: Sql
}

/** What a column sorts by, and the join it needs. Text in the order of the language; what is empty comes first. */
const SORTS: Readonly<Record<Column, SortBy>> = {
  id: { by: sql`t.id`, type: sql`bigint` },
  title: { by: sql`t.title collate "pt-BR-x-icu"`, type: sql`text` },
  status: { by: sql`array_position('{new,processing,pending,solved,closed}'::text[], t.status)`, type: sql`int` },
  waitingType: {
    by: sql`coalesce(sw.name->>'pt-BR', '') collate "pt-BR-x-icu"`,
    join: sql`left join eprod.waiting_type sw on sw.id = t.waiting_type_id`,
    type: sql`text`,
  },
  waitingReason: { by: sql`coalesce(t.waiting_reason, '') collate "pt-BR-x-icu"`, type: sql`text` },
  updated: { by: sql`t.updated_at`, type: sql`timestamptz` },
  opened: { by: sql`t.opened_at`, type: sql`timestamptz` },
  closed: { by: sql`coalesce(t.closed_at, 'epoch')`, type: sql`timestamptz` },
  // Whatever waits for nobody comes after all that does.
  due: { by: sql`coalesce(t.due_at, '9999-12-31 00:00+00')`, type: sql`timestamptz` },
  requesterGroup: {
    by: sql`coalesce(si.name, '') collate "pt-BR-x-icu"`,
    join: sql`left join eprod.institution si on si.id = t.institution_id`,
    type: sql`text`,
  },
  requester: {
    by: sql`coalesce(sp.name, '') collate "pt-BR-x-icu"`,
    join: sql`left join eprod.person sp on sp.id = t.requester_id`,
    type: sql`text`,
  },
  category: { by: sql`t.category collate "pt-BR-x-icu"`, type: sql`text` },
  assignee: {
    by: sql`coalesce(sa.name, '') collate "pt-BR-x-icu"`,
    join: sql`left join eprod.person sa on sa.id = t.assignee_id`,
    type: sql`text`,
  },
  team: {
    by: sql`coalesce(sg.name, '') collate "pt-BR-x-icu"`,
    join: sql`left join eprod.team sg on sg.id = t.team_id`,
    type: sql`text`,
  },
  observers: {
    by: sql`coalesce((select min(og.name) from eprod.ticket_observer o join eprod.team og on og.id = o.team_id
            where o.ticket_id = t.id), '') collate "pt-BR-x-icu"`,
    type: sql`text`,
  },
}

/** What a column sorts by for whoever reads a language: waiting types are named in each. */
export function sortBy(column: Column, lang: Lang): SortBy {
  if (column !== 'waitingType' || lang === 'pt-BR') return SORTS[column]
  return { ...SORTS[column], by: sql`coalesce(sw.name->>${sql.lit(lang)}, '') collate "pt-BR-x-icu"` }
}

interface Asked {
  readonly actor: Actor
  readonly lang: Lang
  readonly query: ListQuery
}

/** A page of the list as asked. */
export async function listPage(tx: Tx, asked: Asked): Promise<ListPage> {
  const { rows: found } = await listStatement(asked).execute(tx)
  const { query } = asked
  const size = query.size ?? PAGE_ROWS
  const more = found.length > size
  const rows = found.slice(0, size)
  if (query.before) rows.reverse()
  const place = (row: (typeof rows)[number] | undefined): Place | undefined => row && { value: row.key, id: row.id }
  const last = query.before || more ? place(rows.at(-1)) : undefined
  const first = query.after || (query.before && more) ? place(rows[0]) : undefined
  // A page that is empty says nothing: an address kept beyond the end of its list.
  const beyond = query.after || query.before
  const count = found[0]?.count ?? (beyond ? await listCount(tx, asked) : 0)
  return { rows, count, next: last, previous: first, choice: choiceIn(found[0]?.choice) }
}

/** How many one of the usual lists holds, up to MOST_COUNTED + 1. */
export async function listCount(tx: Tx, asked: Asked): Promise<number> {
  const { rows } = await sql<{ count: number }>`select (${countOf(asked)})::int as count`.execute(tx)
  return rows[0]?.count ?? 0
}

interface FoundRow extends ListRow {
  readonly key: string
  readonly count: number | undefined
  readonly choice: string | null
}

/**
 * The statement itself; exported for the test that explains it. Its text depends only on filter, order and direction, so
 * the usual ones are prepared once (the filter's statuses are literals: the planner must know how many rows they let
 * through); orders no index serves are planned for their values.
 */
export function listStatement(asked: Asked): RawBuilder<FoundRow> {
  const { query, lang } = asked
  const sort = sortBy(query.sort, lang)
  const forward = query.descending === Boolean(query.before)
  const order = forward ? sql`asc` : sql`desc`
  const from = query.after ?? query.before
  const beyond = from
    ? sql`and (${sort.by}, t.id) ${forward ? sql`>` : sql`<`} (${from.value}::${sort.type}, ${from.id}::bigint)`
    : sql``
  return sql<FoundRow>`${sql.raw(query.sort === 'updated' && !query.mine ? '' : PLAN_ANEW)} with page as materialized (
      select t.id, t.title, t.status, t.waiting_type_id, t.waiting_reason, t.due_at, t.updated_at, t.opened_at, t.closed_at,
             t.institution_id, t.requester_id, t.category, t.assignee_id, t.team_id, ${sort.by} as k
        from eprod.ticket t ${sort.join ?? sql``}
       where ${seen(asked)} and t.status = any(${statuses(query)}) ${beyond}
       order by ${sort.by} ${order}, t.id ${order} limit ${sql.lit((query.size ?? PAGE_ROWS) + 1)})
    select ${rowColumns(lang)},
           p.k::text as key, (${countOf(asked)})::int as count,
           ${choiceColumn(asked.actor)} as choice
      from page p ${ROW_JOINS}
     order by p.k ${order}, p.id ${order}`
}

/** What a row of a list shows, of a page `p` of tickets joined by ROW_JOINS. */
function rowColumns(lang: Lang): Sql {
  return sql`p.id, p.title, p.status, w.name->>${sql.lit(lang)} as "waitingType", p.waiting_reason as "waitingReason",
    p.due_at as "dueAt", p.updated_at as "updatedAt", p.opened_at as "openedAt", p.closed_at as "closedAt",
    i.name as "requesterGroup", r.name as requester, p.category, a.name as assignee, g.name as team,
    (select string_agg(og.name, ', ' order by og.name) from eprod.ticket_observer o
       join eprod.team og on og.id = o.team_id where o.ticket_id = p.id) as observers`
}

const ROW_JOINS = sql`
  join eprod.institution i on i.id = p.institution_id
  left join eprod.person r on r.id = p.requester_id
  left join eprod.person a on a.id = p.assignee_id
  left join eprod.team g on g.id = p.team_id
  left join eprod.waiting_type w on w.id = p.waiting_type_id`

/** Rows of tickets the context may see, in the order of their numbers. The planner is not to know how many: it would plan anew. */
export async function rowsOf(tx: Tx, ids: readonly number[], lang: Lang): Promise<ListRow[]> {
  const { rows } = await sql<ListRow>`select ${rowColumns(lang)}
      from unnest((select ${[...ids]}::bigint[])) with ordinality n(id, at) join eprod.ticket p on p.id = n.id ${ROW_JOINS}
     order by n.at`.execute(tx)
  return rows
}

/** Row-level security says it again; said here too, it lets the planner choose the institution's index. */
function seen({ actor, query }: Asked): Sql {
  const own = actor.side === 'institution' ? sql`t.institution_id = ${actor.institutionId}` : sql`true`
  const mine =
    actor.side === 'institution' ? sql`t.requester_id = ${actor.personId}` : sql`t.assignee_id = ${actor.personId}`
  const teams = query.ownTeams ? sql`and t.team_id = any(${[...actor.teams]}::int[])` : sql``
  return sql`${own} ${query.mine ? sql`and ${mine}` : sql``} ${teams}`
}

function statuses(query: ListQuery): Sql {
  return sql.lit(`{${STATUS_FILTERS[query.status].join(',')}}`)
}

/** Status by status along the indexes that begin with it, so that counting never reads more than it counts. */
function countOf(asked: Asked): Sql {
  return sql`select least(sum(c.n), ${sql.lit(MOST_COUNTED + 1)}) from unnest(${statuses(asked.query)}::text[]) s(status)
    cross join lateral (select count(*) as n from (select 1 from eprod.ticket t
      where ${seen(asked)} and t.status = s.status
      order by t.updated_at desc, t.id desc limit ${sql.lit(MOST_COUNTED + 1)}) x) c`
}
