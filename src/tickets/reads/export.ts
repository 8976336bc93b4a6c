// What leaves as a file: first the numbers of all tickets that meet a search, in its order, at one instant; then their rows
// some hundred at a time, so that a large file needs neither a long transaction nor much memory.
import { sql } from 'kysely'
import type { Tx } from '#shared/db/connect.ts'
import { PLAN_ANEW } from '#shared/db/connect.ts'
import { within } from '#shared/db/limits.ts'
import { chosenBy, type Search, whereOf } from '#tickets/reads/find.ts'
import { PAGE_ROWS } from '#tickets/reads/list.ts'

const MOST_MS = 8000

/** Numbers in the order of the list; `whole`: of all its pages, else of the one asked for. undefined: not found in time. */
export async function exportNumbers(tx: Tx, search: Search, whole: boolean): Promise<Float64Array | undefined> {
  const { query } = search
  const asked = whole ? { ...search, query: { ...query, after: undefined, before: undefined } } : search
  return await within(tx, MOST_MS, async () => {
    const { chosen } = chosenBy(asked, await whereOf(tx, asked))
    const limit = whole ? sql`` : sql`limit ${sql.lit(query.size ?? PAGE_ROWS)}`
    // One text of all numbers takes a tenth of the memory that as many rows would.
    const { rows } = await sql<{ ids: string | null }>`${sql.raw(PLAN_ANEW)}
      select string_agg(x.id::text, ',') as ids from (select t.id ${chosen} ${limit}) x`.execute(tx)
    const ids = Float64Array.from(rows[0]?.ids?.split(',') ?? [], Number)
    return asked.query.before ? ids.reverse() : ids
  })
}
