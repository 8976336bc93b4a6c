// What is kept of sessions beside the provider's own state: from which browser, since when, until when. Its only writer.
import { sql } from 'kysely'
import type { SoeDb, SoeTx } from '#soe/tables.ts'

export interface NewSession {
  /** The provider's name of the session. */
  readonly uid: string
  readonly accountId: string
  readonly address: string
  readonly agent: string
  /** How the person showed who it is: names of RFC 8176. */
  readonly methods: readonly string[]
  readonly now: Date
}

const LONGEST_AGENT = 300

/** Keeps a session; signing in anew in the same one (with a second factor, say) replaces what was known of it. */
export async function keepSession(db: SoeDb, given: NewSession): Promise<void> {
  const row = {
    account_id: given.accountId,
    address: given.address,
    agent: given.agent.slice(0, LONGEST_AGENT),
    methods: [...given.methods],
    seen_at: given.now,
  }
  await db
    .insertInto('soe.session')
    .values({ uid: given.uid, started_at: given.now, ...row })
    .onConflict((conflict) => conflict.column('uid').doUpdateSet({ ...row, ended_at: null }))
    .execute()
}

export async function closeSessions(db: SoeDb | SoeTx, uids: readonly string[], now: Date): Promise<void> {
  if (uids.length === 0) return
  await db
    .updateTable('soe.session')
    .set({ ended_at: now })
    .where('uid', 'in', [...uids])
    .where('ended_at', 'is', null)
    .execute()
}

/** Notes a use of a session, at most once a minute. */
export async function touchSession(db: SoeDb, uid: string, now: Date): Promise<void> {
  await sql`update soe.session set seen_at = ${now}
    where uid = ${uid} and seen_at < ${now}::timestamptz - interval '1 minute'`.execute(db)
}

/** Forgets sessions that ended, or were last used, before an instant. */
export async function forgetSessions(db: SoeDb, before: Date): Promise<void> {
  await db.deleteFrom('soe.session').where('seen_at', '<', before).execute()
}

/**
 * Adds a notice that a session of a client has ended. Notices go by the database's clock, since its triggers write them
 * too: those are about all sessions of an account, for every client.
 */
export async function addNotice(
  tx: SoeDb | SoeTx,
  notice: { accountId: string; clientId: string; sid: string },
): Promise<void> {
  await sql`insert into soe.logout_notice (account_id, client_id, sid, created_at, next_at)
    values (${notice.accountId}::uuid, ${notice.clientId}, ${notice.sid}, now(), now())`.execute(tx)
}

/** Adds notices for classes that have ended by their date. `now`: São Paulo's day decides. */
export async function tellEndedClasses(db: SoeDb, now: Date): Promise<void> {
  await sql`select soe.tell_ended_classes((${now}::timestamptz at time zone 'America/Sao_Paulo')::date)`.execute(db)
}

export interface Notice {
  readonly id: number
  readonly accountId: string
  /** null: every client. */
  readonly clientId: string | null
  readonly sid: string | null
  /** Clients that have taken it. */
  readonly told: readonly string[]
  readonly tries: number
}

/** Takes the notices that are due, so that no other process sends them; they are due again later unless sent. */
export async function takeNotices(db: SoeDb): Promise<Notice[]> {
  const { rows } = await sql<Notice>`
    update soe.logout_notice set tries = tries + 1, next_at = now() + make_interval(secs => least(2 ^ (tries + 1), 3600))
     where id in (select id from soe.logout_notice where sent_at is null and next_at <= now()
                   order by id limit 50 for update skip locked)
    returning id::int, account_id as "accountId", client_id as "clientId", sid, told, tries`.execute(db)
  return rows
}

export async function noticeSent(db: SoeDb, id: number): Promise<void> {
  await sql`update soe.logout_notice set sent_at = now() where id = ${id}`.execute(db)
}

/** Notes the clients that have taken a notice, while others are still to be told. */
export async function noticePart(db: SoeDb, notice: { id: number; told: readonly string[] }): Promise<void> {
  await sql`update soe.logout_notice set told = told || ${[...notice.told]}::text[] where id = ${notice.id}`.execute(db)
}

/** Removes what was sent, and what nobody took within a day: by then every session has ended by itself. */
export async function forgetNotices(db: SoeDb): Promise<void> {
  await sql`delete from soe.logout_notice where sent_at is not null or created_at < now() - interval '1 day'`.execute(
    db,
  )
}
