// The home page: what waits for one (Visão Pessoal) or for one's group, with due instants; and counts by status.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { MOST_COUNTED } from '#tickets/reads/list.ts'
import { STATUSES, type Status } from '#tickets/rules/lifecycle.ts'
import type { Lang } from '#words/words.ts'

export const SECTION_ROWS = 10
export type HomeSection = 'solved' | 'pending' | 'open' | 'closed'
export const HOME_SECTIONS: readonly HomeSection[] = ['solved', 'pending', 'open', 'closed']

export interface HomeRow {
  readonly section: HomeSection
  readonly id: number
  readonly title: string
  readonly status: Status
  readonly waitingType: string | null
  readonly waitingReason: string | null
  readonly dueAt: Date | null
  readonly updatedAt: Date
  readonly closedAt: Date | null
  readonly institution: string
  readonly requester: string | null
  readonly assignee: string | null
}

interface Asked {
  readonly actor: Actor
  readonly lang: Lang
  readonly view: 'pessoal' | 'grupo'
}

type Sql = RawBuilder<unknown>

/** Which statuses a section holds, and its order: deadlines by the nearest, the rest by the newest. */
const SECTIONS: Readonly<Record<HomeSection, { statuses: readonly Status[]; order: Sql }>> = {
  solved: { statuses: ['solved'], order: sql`t.due_at, t.id` },
  pending: { statuses: ['pending'], order: sql`t.due_at, t.id` },
  open: { statuses: ['new', 'processing'], order: sql`t.updated_at desc, t.id desc` },
  closed: { statuses: ['closed'], order: sql`t.updated_at desc, t.id desc` },
}

/** The rows of all four sections in one statement; a section with more than SECTION_ROWS rows brings one more. */
export async function homeRows(tx: Tx, asked: Asked): Promise<HomeRow[]> {
  return (await homeStatement(asked).execute(tx)).rows
}

/**
 * The statement itself; exported for the test that explains it. Each status and each team is gone along by itself: only so
 * an index gives its first rows in order, however many tickets there are.
 */
export function homeStatement(asked: Asked): RawBuilder<HomeRow> {
  const parts = HOME_SECTIONS.map((section, at) => {
    const { statuses, order } = SECTIONS[section]
    const first = sql`order by ${order} limit ${sql.lit(SECTION_ROWS + 1)}`
    const rows = sql.join(
      statuses.map((status) => firstRows(asked, sql`t.status = ${sql.lit(status)} ${first}`)),
      sql` union all `,
    )
    return sql`(select ${sql.lit(section)} as section, ${sql.lit(at)} as part, row_number() over (order by ${order}) as place, t.*
      from (${rows}) t ${first})`
  })
  return sql<HomeRow>`
    select h.section, h.id, h.title, h.status, w.name->>${sql.lit(asked.lang)} as "waitingType",
           h.waiting_reason as "waitingReason", h.due_at as "dueAt", h.updated_at as "updatedAt", h.closed_at as "closedAt",
           i.name as institution, r.name as requester, a.name as assignee
      from (${sql.join(parts, sql` union all `)}) h
      join eprod.institution i on i.id = h.institution_id
      left join eprod.person r on r.id = h.requester_id
      left join eprod.person a on a.id = h.assignee_id
      left join eprod.waiting_type w on w.id = h.waiting_type_id
     order by h.part, h.place`
}

/** Tickets of the view for which `rest` holds, which ends with order and limit. */
function firstRows({ actor, view }: Asked, rest: Sql): Sql {
  if (actor.side === 'staff' && view === 'grupo') {
    return sql`(select t.* from unnest(${[...actor.teams]}::int[]) g(id)
      cross join lateral (select * from eprod.ticket t where t.team_id = g.id and ${rest}) t)`
  }
  const own = sql`t.institution_id = ${actor.institutionId}`
  const mine =
    actor.side === 'staff' ? sql`t.assignee_id = ${actor.personId}` : sql`${own} and t.requester_id = ${actor.personId}`
  return sql`(select t.* from eprod.ticket t where ${view === 'pessoal' ? mine : own} and ${rest})`
}

/** How many tickets of each status the actor may see; MOST_COUNTED + 1 means "more than". */
export async function statusCounts(tx: Tx, actor: Actor): Promise<Record<Status, number>> {
  const { rows } = await countStatement(actor).execute(tx)
  const counts = new Map(rows.map((row) => [row.status, row.n]))
  return Object.fromEntries(STATUSES.map((status) => [status, counts.get(status) ?? 0])) as Record<Status, number>
}

/** The statement itself; exported for the test that explains it. */
export function countStatement(actor: Actor): RawBuilder<{ status: Status; n: number }> {
  const own = actor.side === 'institution' ? sql`t.institution_id = ${actor.institutionId} and` : sql``
  return sql<{ status: Status; n: number }>`
    select s.status, c.n::int as n from unnest(${sql.lit(`{${STATUSES.join(',')}}`)}::text[]) s(status)
     cross join lateral (select count(*) as n from (select 1 from eprod.ticket t where ${own} t.status = s.status
       order by t.updated_at desc, t.id desc limit ${sql.lit(MOST_COUNTED + 1)}) x) c`
}
