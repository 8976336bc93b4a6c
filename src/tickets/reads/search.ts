// Pesquisar: by numbers of ticket, vehicle and person, else by words of titles and public follow-ups; and what is suggested
// while one types. What a term means stands in term.ts; texts are looked up by `eprod.find_tickets` (decision 0030).
import { type RawBuilder, sql } from 'kysely'
import { PLAN_ANEW, type Tx } from '#shared/db/connect.ts'
import { within } from '#shared/db/limits.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { own } from '#tickets/reads/find.ts'
import { byKeys, type Meaning, meaningOfPiece, meaningOfText } from '#tickets/reads/term.ts'
import type { Status } from '#tickets/rules/lifecycle.ts'
import { STATUS_FILTERS } from '#tickets/rules/list-query.ts'
import { beginningOf, pieceOf, readingsOf, type SearchKeys } from '#tickets/rules/search-term.ts'

/** Rows under each heading. */
export const MOST_FOUND = 25
const MOST_SUGGESTED = 8
/** Of a text that more tickets hold, the newest are met soonest by walking: an institution's few thousand in Pesquisar, all of them for suggestions. */
const MOST_COLLECTED = 300
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
 * first, then as many closed ones. Words count where nothing is found by a number, pieces where nothing is by words. undefined: too much to look through.
 */
export async function searchTickets(tx: Tx, actor: Actor, term: string): Promise<readonly FoundTicket[] | undefined> {
  const readings = readingsOf(term)
  const exact = readings.length > 0 ? (await searchStatement(...readings).execute(tx)).rows : []
  if (exact.length > 0) return exact
  const most = actor.side === 'institution' ? MOST_COLLECTED : undefined
  return await within(
    tx,
    MOST_MS,
    async () => await foundBy(tx, actor, { meaning: await meaningOfText(tx, term, most) }),
  )
}

async function foundBy(
  tx: Tx,
  actor: Actor,
  { meaning, most }: { meaning: Meaning; most?: number },
): Promise<readonly FoundTicket[]> {
  if ('common' in meaning) return (await commonStatement(actor, meaning.common, most).execute(tx)).rows
  if (meaning.ids.length === 0) return []
  return (await foundIn(sql`t.id = any(${[...meaning.ids]}::bigint[])`).execute(tx)).rows
}

/** By exact keys; exported for the test that explains it. */
export function searchStatement(...readings: readonly SearchKeys[]): RawBuilder<FoundTicket> {
  return foundIn(sql`t.id in (${byKeys(readings)})`)
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

/** At most eight tickets for what is typed so far: by number, then by a piece of title, plate, chassis or RENAVAM, then by words. */
export async function suggestTickets(tx: Tx, actor: Actor, typed: string): Promise<readonly FoundTicket[]> {
  const found = await within(tx, SUGGEST_MS, async () => {
    const readings = readingsOf(typed)
    const exact = readings.length > 0 ? (await searchStatement(...readings).execute(tx)).rows : []
    if (exact.length > 0) return exact
    const begun = actor.side === 'staff' ? await byBeginning(tx, typed) : []
    const pieces = begun.length > 0 ? begun : await byPiece(tx, actor, typed)
    return pieces.length > 0 ? pieces : await byWords(tx, actor, typed)
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
    order by ${column} limit ${sql.lit(MOST_COLLECTED)}`
  return (await foundIn(sql`t.id in (${some})`).execute(tx)).rows
}

async function byPiece(tx: Tx, actor: Actor, typed: string): Promise<readonly FoundTicket[]> {
  const piece = pieceOf(typed)
  if (piece === undefined) return []
  const meaning = await meaningOfPiece(tx, piece, MOST_COLLECTED)
  return await foundBy(tx, actor, { meaning, most: MOST_SUGGESTED })
}

/** What Pesquisar would find, once nothing is written as it was typed: words in another order, or of a follow-up. */
async function byWords(tx: Tx, actor: Actor, typed: string): Promise<readonly FoundTicket[]> {
  if (pieceOf(typed) === undefined) return []
  const meaning = await meaningOfText(tx, typed, MOST_COLLECTED)
  return await foundBy(tx, actor, { meaning, most: MOST_SUGGESTED })
}
