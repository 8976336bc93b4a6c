// How the reader likes lists, brought along by the statement of the rows: a page costs no statement more for it.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { type KeptChoice, type ListChoice, readChoice, USUAL } from '#tickets/rules/list-choice.ts'
import type { PageSize } from '#tickets/rules/list-query.ts'

/** The column `choice` of a list's statement: JSON as text, null for whoever has not chosen. */
export function choiceColumn(actor: Actor): RawBuilder<string | null> {
  return sql`(select json_build_object('columns', c.columns, 'density', c.density, 'rows', c.page_rows, 'start',
      (select s.query || '&pesquisa=' || s.id from eprod.saved_search s where s.id = c.start_search_id))::text
    from eprod.list_choice c where c.person_id = ${actor.personId})`
}

/** Reads that column. */
export function choiceIn(text: string | null | undefined): ListChoice {
  return text ? readChoice(JSON.parse(text) as KeptChoice) : USUAL
}

/** The same where there are no rows to bring it. */
export async function choiceNow(tx: Tx, actor: Actor): Promise<ListChoice> {
  const { rows } = await sql<{ choice: string | null }>`select ${choiceColumn(actor)} as choice`.execute(tx)
  return choiceIn(rows[0]?.choice)
}

interface KeptSearch {
  readonly name: string
  /** The query of its list's address. */
  readonly path: string
  readonly own: boolean
}

/** A kept search, if the reader may open it. */
export async function keptSearch(by: { tx: Tx; actor: Actor }, id: number): Promise<KeptSearch | undefined> {
  const { rows } = await sql<KeptSearch>`
    select name, query || '&pesquisa=' || id as path, owner_id = ${by.actor.personId} as own
      from eprod.saved_search where id = ${id}`.execute(by.tx)
  return rows[0]
}

/** Rows of a page a person was seen to like, so that the statement need not be asked twice for them. */
const seen = new Map<number, PageSize>()
const MOST_SEEN = 10_000

/** What to ask for before the choice is known. */
export const rowsLiked = (actor: Actor): PageSize | undefined => seen.get(actor.personId)

/** Was another number of rows liked than was asked for? Remembers it for the next time. */
export function likedOther(actor: Actor, liked: PageSize | undefined): boolean {
  if (liked === rowsLiked(actor)) return false
  if (seen.size >= MOST_SEEN) seen.clear()
  if (liked) seen.set(actor.personId, liked)
  else seen.delete(actor.personId)
  return true
}
