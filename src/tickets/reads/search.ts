// Pesquisar: by numbers of ticket, vehicle and person, else by words of titles and public follow-ups; and what is suggested
// while one types. Numbers are equalities on indexed columns; texts are looked up by `eprod.find_tickets` (decision 0030).
import { type RawBuilder, sql } from 'kysely'
import { likePattern } from '#criteria/compile.ts'
import { PLAN_ANEW, type Tx } from '#shared/db/connect.ts'
import { within } from '#shared/db/limits.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { own } from '#tickets/reads/find.ts'
import type { Status } from '#tickets/rules/lifecycle.ts'
import { STATUS_FILTERS } from '#tickets/rules/list-query.ts'
import { beginningOf, hasWords, pieceOf, type SearchKeys, searchKeys } from '#tickets/rules/search-term.ts'

/** Rows under each heading. */
export const MOST_FOUND = 25
const MOST_SUGGESTED = 8
/** Of a text that more tickets hold, the newest are met soon by going through them. */
const MOST_NUMBERS = 2000
const MOST_PIECES = 300
/** A search that takes longer is given up: *refine a pesquisa*; nothing is suggested so late. */
const MOST_MS = 2000
const SUGGEST_MS = 300

export interface FoundTicket {
  readonly id: number
  readonly title: string
  readonly status: Status
  readonly dueAt: Date | null
  readonly updatedAt: Date
  readonly institution: string
  readonly requester: string | null
}

type Sql = RawBuilder<unknown>

/**
 * Tickets the actor may see by whatever the term can be: at most MOST_FOUND + 1 that are not closed, the newest update
 * first, then as many closed ones. Words count where nothing is found by a number. undefined: too much to look through.
 */
export async function searchTickets(tx: Tx, actor: Actor, term: string): Promise<readonly FoundTicket[] | undefined> {
  const keys = searchKeys(term)
  const exact = keys ? (await searchStatement(keys).execute(tx)).rows : []
  if (exact.length > 0 || !hasWords(term)) return exact
  return await within(tx, MOST_MS, async () => await byWords(tx, actor, term))
}

async function byWords(tx: Tx, actor: Actor, term: string): Promise<readonly FoundTicket[]> {
  const ids = await numbersOf(tx, { how: 'words', text: term, most: MOST_NUMBERS })
  if (ids?.length === 0) return []
  if (ids) return (await foundIn(sql`t.id = any(${ids}::bigint[])`).execute(tx)).rows
  return (await commonStatement(actor, sql`x.words @@ eprod.words_asked(${term}, '')`).execute(tx)).rows
}

interface Looked {
  readonly how: 'words' | 'pieces'
  readonly text: string
  readonly most: number
}

async function numbersOf(tx: Tx, { how, text, most }: Looked): Promise<number[] | null> {
  const { rows } = await sql<{
    ids: string[] | null
  }>`select eprod.find_tickets(${how}::text, ${text}::text, ${most}::int) as ids`.execute(tx)
  return rows[0]?.ids?.map(Number) ?? null
}

/** By exact keys; exported for the test that explains it. One arm for each reading of the term. */
export function searchStatement(keys: SearchKeys): RawBuilder<FoundTicket> {
  const { id, plate, chassis, chassisEnd, renavam, number } = keys
  const ticket = (test: Sql) => sql`select id from eprod.ticket where ${test}`
  const arms = [
    id === undefined ? [] : ticket(sql`id = ${id}::bigint`),
    plate === undefined ? [] : ticket(sql`plate = ${plate}`),
    chassis === undefined ? [] : ticket(sql`chassis = ${chassis}`),
    chassisEnd === undefined
      ? []
      : ticket(
          sql`chassis_tail = ${chassisEnd.slice(-6)} and right(chassis, ${sql.lit(chassisEnd.length)}) = ${chassisEnd}`,
        ),
    renavam === undefined ? [] : ticket(sql`renavam = ${renavam}`),
    number === undefined ? [] : sql`select ticket_id from eprod.ticket_number where value = ${number}`,
  ].flat()
  return foundIn(sql`t.id in (${sql.join(arms, sql` union `)})`)
}

const FIELDS = sql`t.id, t.title, t.status, t.due_at, t.updated_at, t.institution_id, t.requester_id`
const NEWEST = sql`order by updated_at desc, id desc`

function foundIn(where: Sql): RawBuilder<FoundTicket> {
  return shown(sql`hit as materialized (select ${FIELDS} from eprod.ticket t where ${where}),
    page as (${part(sql`select * from hit where status <> 'closed'`)} union all ${part(sql`select * from hit where status = 'closed'`)})`)
}

const part = (rows: Sql, most = MOST_FOUND + 1): Sql => sql`(${rows} ${NEWEST} limit ${sql.lit(most)})`

/** A text that many tickets hold: status by status along the indexes, newest first, each row tested, until enough are met. */
function commonStatement(actor: Actor, test: Sql, most?: number): RawBuilder<FoundTicket> {
  const along = (status: Status) => sql`(select ${FIELDS} from eprod.ticket t
    where ${own(actor)} and t.status = ${sql.lit(status)}
      and (select ${test} from eprod.ticket_text x where x.ticket_id = t.id) ${NEWEST})`
  const open = sql`select * from (${sql.join(STATUS_FILTERS['nao-fechado'].map(along), sql` union all `)}) o`
  return shown(
    sql`page as materialized (${part(open, most)} union all ${part(sql`select * from ${along('closed')} c`, most)})`,
  )
}

function shown(page: Sql): RawBuilder<FoundTicket> {
  return sql<FoundTicket>`${sql.raw(PLAN_ANEW)} with ${page}
    select p.id, p.title, p.status, p.due_at as "dueAt", p.updated_at as "updatedAt", i.name as institution, r.name as requester
      from page p join eprod.institution i on i.id = p.institution_id left join eprod.person r on r.id = p.requester_id
     order by (p.status = 'closed'), p.updated_at desc, p.id desc`
}

/** At most eight tickets for what is typed so far: by number, then by a piece of title, plate, chassis or RENAVAM. */
export async function suggestTickets(tx: Tx, actor: Actor, typed: string): Promise<readonly FoundTicket[]> {
  const found = await within(tx, SUGGEST_MS, async () => {
    const keys = searchKeys(typed)
    const exact = keys ? (await searchStatement(keys).execute(tx)).rows : []
    if (exact.length > 0) return exact
    const begun = actor.side === 'staff' ? await byBeginning(tx, typed) : []
    return begun.length > 0 ? begun : await byPiece(tx, actor, typed)
  })
  return found?.slice(0, MOST_SUGGESTED) ?? []
}

/**
 * Plates or chassis that begin so, along their index. Staff's alone: it goes over all institutions, so that for one of them
 * its time would tell of the others' vehicles.
 */
async function byBeginning(tx: Tx, typed: string): Promise<readonly FoundTicket[]> {
  const begun = beginningOf(typed)
  if (!begun) return []
  const column = sql.ref(`t.${begun.column}`)
  // `[` follows `Z`, the last character of both.
  const some = sql`select t.id from eprod.ticket t where ${column} >= ${begun.text} and ${column} < ${`${begun.text}[`}
    order by ${column} limit ${sql.lit(MOST_PIECES)}`
  return (await foundIn(sql`t.id in (${some})`).execute(tx)).rows
}

async function byPiece(tx: Tx, actor: Actor, typed: string): Promise<readonly FoundTicket[]> {
  const piece = pieceOf(typed)
  if (piece === undefined) return []
  const text = likePattern(piece)
  const ids = await numbersOf(tx, { how: 'pieces', text, most: MOST_PIECES })
  if (ids?.length === 0) return []
  if (ids) return (await foundIn(sql`t.id = any(${ids}::bigint[])`).execute(tx)).rows
  return (await commonStatement(actor, sql`x.pieces like ${text}`, MOST_SUGGESTED).execute(tx)).rows
}
