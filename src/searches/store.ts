// What is kept of lists and searches: the only writer of list_choice, saved_search and search_alert.
import { sql } from 'kysely'
import type { GoodSearch } from '#searches/rules.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import type { Density } from '#tickets/rules/list-choice.ts'
import type { PageSize } from '#tickets/rules/list-query.ts'

export interface NewListChoice {
  /** As rules/list-choice.ts writes them. */
  readonly columns: string
  readonly density: Density
  readonly rows: PageSize | undefined
}

/** Keeps how one likes lists. */
export async function putListChoice(
  tx: Tx,
  whose: { personId: number; at: Date },
  { columns, density, rows }: NewListChoice,
): Promise<void> {
  await sql`insert into eprod.list_choice (person_id, columns, density, page_rows, changed_at)
    values (${whose.personId}, ${columns}, ${density}, ${rows ?? null}, ${whose.at})
    on conflict (person_id) do update set columns = excluded.columns, density = excluded.density,
      page_rows = excluded.page_rows, changed_at = excluded.changed_at`.execute(tx)
}

/** Begins one's list with a search (true), or no more with it. */
export async function putStart(
  tx: Tx,
  whose: { personId: number; at: Date },
  to: { searchId: number; on: boolean },
): Promise<void> {
  if (to.on) {
    await sql`insert into eprod.list_choice (person_id, density, start_search_id, changed_at)
      values (${whose.personId}, 'normal', ${to.searchId}, ${whose.at})
      on conflict (person_id) do update set start_search_id = excluded.start_search_id, changed_at = excluded.changed_at`.execute(
      tx,
    )
    return
  }
  await sql`update eprod.list_choice set start_search_id = null, changed_at = ${whose.at}
    where person_id = ${whose.personId} and start_search_id = ${to.searchId}`.execute(tx)
}

/** Keeps a search; the same key again keeps no second one. Its number. */
export async function insertSearch(
  tx: Tx,
  actor: Actor,
  search: GoodSearch & { key: string; at: Date },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into eprod.saved_search (institution_id, owner_id, team_id, name, shared, query, request_key, changed_at)
    values (${actor.institutionId}, ${actor.personId}, ${search.teamId}, ${search.name}, ${search.shared}, ${search.query},
            ${search.key}, ${search.at})
    on conflict (owner_id, request_key) do update set changed_at = excluded.changed_at returning id`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('a search was not kept')
  return row.id
}

/** Changes one's own search. */
export async function updateSearch(tx: Tx, id: number, search: GoodSearch & { at: Date }): Promise<void> {
  await sql`update eprod.saved_search set name = ${search.name}, shared = ${search.shared}, team_id = ${search.teamId},
      query = ${search.query}, changed_at = ${search.at} where id = ${id}`.execute(tx)
}

/** Removes a search, and with it whose start it is and who is told of it. */
export async function deleteSearch(tx: Tx, id: number): Promise<void> {
  await sql`delete from eprod.saved_search where id = ${id}`.execute(tx)
}

/** Tells a person when a search counts more than `above`; undefined: no more. Another number is told anew. */
export async function putAlert(
  tx: Tx,
  of: { searchId: number; personId: number },
  alert: { above: number | undefined; byMail: boolean },
): Promise<void> {
  if (alert.above === undefined) {
    await sql`delete from eprod.search_alert where search_id = ${of.searchId} and person_id = ${of.personId}`.execute(
      tx,
    )
    return
  }
  await sql`insert into eprod.search_alert as a (search_id, person_id, above, by_mail)
    values (${of.searchId}, ${of.personId}, ${alert.above}, ${alert.byMail})
    on conflict (search_id, person_id) do update set by_mail = excluded.by_mail, above = excluded.above,
      passed = a.passed and a.above = excluded.above,
      checked_at = case when a.above = excluded.above then a.checked_at end`.execute(tx)
}

/**
 * Notes that a search was counted for a person; `passed` undefined: it was not told. True: it changed from below to above or
 * back, which two who note it at once are told once.
 */
export async function noteCount(
  tx: Tx,
  of: { searchId: number; personId: number },
  counted: { passed: boolean | undefined; at: Date },
): Promise<boolean> {
  const { passed, at } = counted
  const { rows } = await sql<{ changed: boolean }>`
    with old as (select passed from eprod.search_alert
                  where search_id = ${of.searchId} and person_id = ${of.personId} for update)
    update eprod.search_alert a set passed = coalesce(${passed ?? null}::boolean, a.passed), checked_at = ${at}
      from old where a.search_id = ${of.searchId} and a.person_id = ${of.personId}
    returning a.passed <> old.passed as changed`.execute(tx)
  return rows[0]?.changed ?? false
}
