// What the fan-out, the bell and the choices read, but for what happened itself: reads/happened.ts. The fan-out runs as the
// worker, who sees every row.
import { sql } from 'kysely'
import type { Event, Related, Relation, Scope } from '#notifications/rules/kinds.ts'
import type { MailChoice } from '#notifications/store.ts'
import type { Db, Tx } from '#shared/db/connect.ts'
import type { Outcome } from '#shared/db/tables.ts'
import type { Side } from '#shared/kit/actor.ts'
import type { Lang } from '#words/words.ts'

/**
 * Whoever has not entered for so long, or since the provider said that the access has ended, is told nothing by mail or bell.
 */
const ACTIVE_DAYS = 180
const enters = (now: Date) => sql`p.seen_at > ${now}::timestamptz - make_interval(days => ${sql.lit(ACTIVE_DAYS)})
  and (p.access_ended_at is null or p.seen_at > p.access_ended_at)`

/** The people of both sides who stand to these tickets, by ticket; also those who are told nothing, since their address is known. */
export async function relatedTo(tx: Tx, ticketIds: readonly number[], now: Date): Promise<Map<number, Related[]>> {
  const { rows } = await sql<Related & { ticketId: number; relations: Relation[]; scope: Scope; lang: Lang }>`
    with about as (select id, institution_id, requester_id, assignee_id, team_id, notify_email
                     from eprod.ticket where id = any(${[...ticketIds]}::bigint[])),
    related as (
      select id as ticket, requester_id as person, 'requester' as relation from about
      union select id, assignee_id, 'assignee' from about
      union select f.ticket_id, f.author_id, 'writer' from eprod.follow_up f join about a on a.id = f.ticket_id
      union select a.id, m.person_id, 'team' from about a join eprod.team_member m on m.team_id = a.team_id
      union select a.id, m.person_id, 'observer' from about a join eprod.ticket_observer o on o.ticket_id = a.id
                   join eprod.team_member m on m.team_id = o.team_id
      union select a.id, c.person_id, 'institution' from about a
                   join eprod.mail_choice c on c.institution_id = a.institution_id and c.scope = 'all'
      union select a.id, p.id, 'typed' from about a
                   join eprod.person p on p.institution_id = a.institution_id and lower(p.email) = lower(a.notify_email))
    select r.ticket as "ticketId", p.id as "personId", p.name, p.email, p.side, p.institution_id as "institutionId",
           array_agg(r.relation) as relations, coalesce(c.scope, 'mine') as scope, coalesce(c.digest, false) as digest,
           coalesce(c.lang, 'pt-BR') as lang, ${enters(now)} as enters
      from related r
      join eprod.person p on p.id = r.person
      left join eprod.mail_choice c on c.person_id = p.id
     group by r.ticket, p.id, c.scope, c.digest, c.lang
     order by r.ticket, p.id`.execute(tx)
  const people = new Map<number, Related[]>()
  for (const { ticketId, ...person } of rows) people.set(ticketId, [...(people.get(ticketId) ?? []), person])
  return people
}

/** What is known of a typed address: confirmed, stopped, or undefined before its first letter. */
export async function addressState(
  tx: Tx,
  of: { institutionId: number; address: string },
): Promise<{ confirmed: boolean; stopped: boolean } | undefined> {
  const row = await tx
    .selectFrom('eprod.mail_address')
    .select(['confirmed_at', 'stopped_at'])
    .where('institution_id', '=', of.institutionId)
    .where('address', '=', of.address)
    .executeTakeFirst()
  return row && { confirmed: row.confirmed_at !== null, stopped: row.stopped_at !== null }
}

/** Of a ticket whose typed address is to be asked again: the address and when that was asked for; undefined: it needs it no more. */
export async function addressToAsk(
  tx: Tx,
  ticketId: number,
): Promise<{ institutionId: number; address: string; at: Date } | undefined> {
  const { rows } = await sql<{ institutionId: number; address: string; at: Date }>`
    select a.institution_id as "institutionId", a.address, a.first_at as at
      from eprod.ticket t
      join eprod.mail_address a on a.institution_id = t.institution_id and a.address = lower(trim(t.notify_email))
     where t.id = ${ticketId} and a.first_at is not null and (a.confirmed_at is null or a.stopped_at is not null)`.execute(
    tx,
  )
  return rows[0]
}

/** Who is told when which search counts more, with what is needed to count it and to tell. */
export interface Alert {
  readonly searchId: number
  readonly name: string
  readonly above: number
  readonly byMail: boolean
  readonly personId: number
  readonly institutionId: number
  readonly email: string
  readonly side: Side
  readonly scope: Scope
  readonly lang: Lang
}

/** Searches are counted again after so long; so many in one turn. */
const RECOUNT_MINUTES = 5
const MOST_ALERTS = 500

/** Alerts whose turn has come, of people who still enter; those never counted first. */
export async function alertsToCheck(tx: Tx, now: Date): Promise<readonly Alert[]> {
  const { rows } = await sql<Alert>`
    select a.search_id as "searchId", s.name, a.above, a.by_mail as "byMail", p.id as "personId",
           p.institution_id as "institutionId", p.email, p.side, coalesce(c.scope, 'mine') as scope,
           coalesce(c.lang, 'pt-BR') as lang
      from eprod.search_alert a
      join eprod.saved_search s on s.id = a.search_id
      join eprod.person p on p.id = a.person_id and ${enters(now)}
      left join eprod.mail_choice c on c.person_id = p.id
     where a.checked_at is null or a.checked_at <= ${now}::timestamptz - make_interval(mins => ${sql.lit(RECOUNT_MINUTES)})
     order by a.checked_at nulls first limit ${sql.lit(MOST_ALERTS)}`.execute(tx)
  return rows
}

/** Persons for whom lines wait for the daily letter. */
export async function digestReaders(
  tx: Tx,
  now: Date,
): Promise<{ personId: number; email: string; scope: Scope; lang: Lang }[]> {
  const { rows } = await sql<{ personId: number; email: string; scope: Scope; lang: Lang }>`
    select p.id as "personId", p.email, coalesce(c.scope, 'mine') as scope, coalesce(c.lang, 'pt-BR') as lang
      from eprod.person p left join eprod.mail_choice c on c.person_id = p.id
     where p.id in (select n.person_id from eprod.notification n where n.digest) and ${enters(now)} order by p.id`.execute(
    tx,
  )
  return rows
}

/** One's own choice, or what holds without one. */
export async function choiceOf(tx: Tx, personId: number, lang: Lang): Promise<MailChoice> {
  const row = await tx
    .selectFrom('eprod.mail_choice')
    .select(['scope', 'digest', 'lang'])
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row ?? { scope: 'mine', digest: false, lang }
}

export interface Failing {
  readonly address: string
  readonly since: Date
  /** What the mail server said last. */
  readonly failure: string
}

/** What is known of one's own address, where letters do not reach it. */
export async function failingOf(tx: Tx, email: string): Promise<Failing | undefined> {
  const { rows } = await sql<Failing>`
    select f.address, f.since, f.failure from eprod.failing_address f where f.address = lower(${email})`.execute(tx)
  return rows[0]
}

interface AnyLine {
  readonly id: number
  readonly at: Date
  readonly read: boolean
}
/** A line of a ticket's event. */
export interface TicketLine extends AnyLine {
  readonly searchId: null
  readonly ticketId: number
  readonly title: string
  readonly event: Event
  readonly actor: string | null
  readonly days: number | null
  readonly outcome: Outcome | null
}
/** A line of a kept search that counts more. `amount`: how many, to a thousand and one. */
export interface SearchLine extends AnyLine {
  readonly searchId: number
  readonly title: string
  readonly amount: number
}
/** A letter did not reach the person's own address. */
export interface FailingLine extends AnyLine {
  readonly searchId: null
  readonly ticketId: null
}
export type BellLine = TicketLine | SearchLine | FailingLine

/** One's own newest lines; `before`: of those older than this one; `unread`: of those not read. */
export async function bellLines(
  tx: Tx,
  personId: number,
  { most, before = Number.MAX_SAFE_INTEGER, unread }: { most: number; before?: number | undefined; unread?: boolean },
): Promise<BellLine[]> {
  const { rows } = await sql<BellLine>`
    select n.id, n.ticket_id as "ticketId", n.search_id as "searchId", n.amount, coalesce(t.title, s.name) as title, n.event, n.at, n.read_at is not null as read, p.name as actor,
           (e.public_part->>'days')::int as days, e.public_part->>'outcome' as outcome
      from eprod.notification n
      left join eprod.ticket t on t.id = n.ticket_id
      left join eprod.saved_search s on s.id = n.search_id
      left join eprod.journal_entry e on e.id = n.entry_id
      left join eprod.person p on p.id = e.actor_id
     where n.person_id = ${personId} and n.id < ${before}
       and (coalesce(t.title, s.name) is not null or n.event = 'mail-failing') ${unread ? sql`and n.read_at is null` : sql``}
     order by n.id desc limit ${sql.lit(most)}`.execute(tx)
  return rows
}

/** How many lines one has not read, counted to 100. */
export async function unreadCount(tx: Tx, personId: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (
    select 1 from eprod.notification where person_id = ${personId} and read_at is null limit 100) x`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Which of these sessions live; the connection's side alone is asked about. */
export async function liveSessions(db: Db, ids: readonly number[], now: Date): Promise<Set<number>> {
  const { rows } = await sql<{
    id: number
  }>`select id from eprod.live_sessions(${[...ids]}::bigint[], ${now}) as id`.execute(db)
  return new Set(rows.map((row) => row.id))
}

/** The same outside a visit, for a live page whose session was just seen alive. The context tells row-level security who asks. */
export async function unreadOf(db: Db, personId: number): Promise<number> {
  return await db.transaction().execute(async (tx) => {
    await sql`select set_config('eprod.person', ${String(personId)}, true)`.execute(tx)
    return await unreadCount(tx, personId)
  })
}
