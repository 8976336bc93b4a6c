// What the staff queue shows: the tickets of a tab, oldest first.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#shared/db/connect.ts'
import type { TicketStatus } from '#shared/db/tables.ts'
import type { Actor } from '#shared/kit/actor.ts'
import type { Lang } from '#words/words.ts'

export const QUEUE_TABS = ['meus', 'novos', 'pendentes'] as const
export type QueueTab = (typeof QUEUE_TABS)[number]
export const QUEUE_ROWS = 25

export interface QueueRow {
  readonly id: number
  readonly title: string
  readonly status: TicketStatus
  readonly dueAt: Date | null
  readonly openedAt: Date
  readonly waitingType: string | null
  readonly waitingReason: string | null
  readonly institution: string
  readonly assignee: string | null
  /** The opening instant as PostgreSQL writes it: the place of the row in the queue. */
  readonly place: string
}

interface Asked {
  readonly actor: Actor
  readonly lang: Lang
  readonly tab: QueueTab
  /** Rows after this place: `<opened_at>` and id. */
  readonly after?: { readonly place: string; readonly id: number } | undefined
}

type Sql = RawBuilder<unknown>

/** Up to QUEUE_ROWS rows and one more, which says that there is a next page. */
export async function queuePage(tx: Tx, asked: Asked): Promise<QueueRow[]> {
  return (await queueStatement(asked).execute(tx)).rows
}

/** The statement itself; exported for the test that explains it. */
export function queueStatement(asked: Asked): RawBuilder<QueueRow> {
  const beyond = asked.after
    ? sql`and (t.opened_at, t.id) > (${asked.after.place}::timestamptz, ${asked.after.id}::bigint)`
    : sql``
  const first = sql`order by t.opened_at, t.id limit ${sql.lit(QUEUE_ROWS + 1)}`
  const arms = inTab(asked).map((test) => sql`(select * from eprod.ticket t where ${test} ${beyond} ${first})`)
  return sql<QueueRow>`with page as materialized (select * from (${sql.join(arms, sql` union all `)}) t ${first})
    select p.id, p.title, p.status, p.due_at as "dueAt", p.opened_at as "openedAt", p.opened_at::text as place,
           w.name->>${sql.lit(asked.lang)} as "waitingType", p.waiting_reason as "waitingReason",
           i.name as institution, a.name as assignee
      from page p
      join eprod.institution i on i.id = p.institution_id
      left join eprod.person a on a.id = p.assignee_id
      left join eprod.waiting_type w on w.id = p.waiting_type_id
     order by p.opened_at, p.id`
}

/**
 * What a tab holds: mine in work, or what is new or pending in my teams (or in none yet). Each status by itself, so that an
 * index gives the first rows in order.
 */
function inTab({ actor, tab }: Pick<Asked, 'actor' | 'tab'>): readonly Sql[] {
  if (tab === 'meus') {
    const mine = sql`t.assignee_id = ${actor.personId}`
    return [sql`${mine} and t.status = 'processing'`, sql`${mine} and t.status = 'pending'`]
  }
  const status = tab === 'novos' ? 'new' : 'pending'
  const teams =
    actor.teams.length > 0 ? sql`and (t.team_id = any(${[...actor.teams]}::int[]) or t.team_id is null)` : sql``
  return [sql`t.status = ${sql.lit(status)} ${teams}`]
}

/** How many rows each tab holds, counted up to `most` + 1. */
export async function queueCounts(tx: Tx, actor: Actor, most: number): Promise<Record<QueueTab, number>> {
  const { rows } = await countsStatement(actor, most).execute(tx)
  const counts = new Map(rows.map((row) => [row.tab, row.n]))
  return { meus: counts.get('meus') ?? 0, novos: counts.get('novos') ?? 0, pendentes: counts.get('pendentes') ?? 0 }
}

/** The statement itself; exported for the test that explains it. */
export function countsStatement(actor: Actor, most: number): RawBuilder<{ tab: QueueTab; n: number }> {
  const limit = sql`limit ${sql.lit(most + 1)}`
  const parts = QUEUE_TABS.map((tab) => {
    const arms = inTab({ actor, tab }).map(
      (test) => sql`(select 1 from eprod.ticket t where ${test} order by t.opened_at, t.id ${limit})`,
    )
    return sql`select ${sql.lit(tab)} as tab,
      (select count(*)::int from (select 1 from (${sql.join(arms, sql` union all `)}) x ${limit}) y) as n`
  })
  return sql<{ tab: QueueTab; n: number }>`${sql.join(parts, sql` union all `)}`
}
