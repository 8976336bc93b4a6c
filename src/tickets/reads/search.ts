// Pesquisar: by plate in either spelling, by chassis, by ticket number. Equality on indexed columns, so that row-level
// security costs nothing; text search is another piece.
import { type RawBuilder, sql } from 'kysely'
import { PLAN_ANEW, type Tx } from '#shared/db/connect.ts'
import type { Status } from '#tickets/rules/lifecycle.ts'
import type { SearchKeys } from '#tickets/rules/search-term.ts'

export const MOST_FOUND = 50

export interface FoundTicket {
  readonly id: number
  readonly title: string
  readonly status: Status
  readonly dueAt: Date | null
  readonly updatedAt: Date
  readonly institution: string
  readonly requester: string | null
}

/** Tickets the context may see under any of the keys: closed ones last, the newest update first. */
export async function searchTickets(tx: Tx, keys: SearchKeys): Promise<FoundTicket[]> {
  return (await searchStatement(keys).execute(tx)).rows
}

/** The statement itself; exported for the test that explains it. One arm for each key that the term can be. */
export function searchStatement(keys: SearchKeys): RawBuilder<FoundTicket> {
  const arms = []
  if (keys.id !== undefined) arms.push(sql`select id from eprod.ticket where id = ${keys.id}::bigint`)
  if (keys.plate !== undefined) arms.push(sql`select id from eprod.ticket where plate = ${keys.plate}`)
  if (keys.chassis !== undefined) arms.push(sql`select id from eprod.ticket where chassis = ${keys.chassis}`)
  return sql<FoundTicket>`${sql.raw(PLAN_ANEW)} select t.id, t.title, t.status, t.due_at as "dueAt", t.updated_at as "updatedAt",
           i.name as institution, r.name as requester
      from eprod.ticket t
      join eprod.institution i on i.id = t.institution_id
      left join eprod.person r on r.id = t.requester_id
     where t.id in (${sql.join(arms, sql` union `)})
     order by (t.status = 'closed'), t.updated_at desc, t.id desc limit ${sql.lit(MOST_FOUND)}`
}
