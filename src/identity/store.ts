// What identity keeps: sessions, by the database's own functions (0013-entry.sql, 0026-session-life.sql). No role reads or writes the table itself.
import { sql } from 'kysely'
import type { EntryRefusal, Facts, Person } from '#identity/rules/entry.ts'
import type { Db } from '#shared/db/connect.ts'
import type { Side } from '#shared/kit/actor.ts'
import { maskCpf } from '#shared/kit/identifiers/cpf.ts'

export interface NewSession {
  readonly person: Person
  readonly tokenHash: Buffer
  /** For ending the provider's session too. */
  readonly idToken: string | undefined
  readonly providerSession: string | undefined
  /** The provider's name of the person. */
  readonly subject?: string | undefined
  /** For asking the provider again, sealed. */
  readonly sealedRefresh?: string | undefined
  /** Until when what it told counts; undefined: it tells by itself. */
  readonly freshUntil?: Date | undefined
  readonly idleSeconds: number
  readonly absoluteSeconds: number
  readonly now: Date
}

export interface SignedIn {
  readonly sessionId: number
  readonly personId: number
  readonly institutionId: number
  readonly side: Side
}

/** Copies the person's facts, opens a session and records it; sessions of the person elsewhere end. */
export async function openSession(db: Db, session: NewSession): Promise<SignedIn> {
  const facts = {
    ...session.person,
    id_token: session.idToken ?? null,
    sid: session.providerSession ?? null,
    subject: session.subject ?? null,
    sealed_refresh: session.sealedRefresh ?? null,
    fresh_until: session.freshUntil ?? null,
  }
  const { rows } = await sql<SignedIn>`
    select session_id as "sessionId", person_id as "personId", institution_id as "institutionId", side
      from eprod.sign_in(${JSON.stringify(facts)}::jsonb, ${session.tokenHash}, ${session.now},
                         ${session.idleSeconds}, ${session.absoluteSeconds})`.execute(db)
  return rows[0]!
}

/** Somebody the provider signed in, and who may not enter: recorded. The CPF is kept where it can be erased. */
export async function recordRefusal(db: Db, told: { why: EntryRefusal; facts: Facts; now: Date }): Promise<void> {
  const { why, facts, now } = told
  const { cpf, institution } = facts
  const kept = { why, cpf, masked: cpf && maskCpf(cpf), cnpj: institution?.cnpj }
  await sql`select eprod.refuse_entry(${JSON.stringify(kept)}::jsonb, ${now})`.execute(db)
}

/** Ends the session of a token. Returns its ID token, or undefined when there was no live session or none was kept. */
export async function closeSession(db: Db, tokenHash: Buffer, now: Date): Promise<string | undefined> {
  const { rows } = await sql<{ hint: string | null }>`select eprod.sign_out(${tokenHash}, ${now}) as hint`.execute(db)
  return rows[0]?.hint ?? undefined
}

/** Seconds without use after which sessions end, where an administrator has said so. */
export async function idleLimit(db: Db): Promise<number | undefined> {
  const { rows } = await sql<{ idle: number | null }>`select eprod.idle_limit() as idle`.execute(db)
  return rows[0]?.idle ?? undefined
}

/** When a session ends at the latest, and after how long without use. */
export async function limitsOf(db: Db, sessionId: number): Promise<{ endsAt: Date; idleSeconds: number }> {
  const { rows } = await sql<{ endsAt: Date; idleSeconds: number }>`
    select ends_at as "endsAt", idle_seconds as "idleSeconds" from eprod.session_limits(${sessionId})`.execute(db)
  return rows[0]!
}

/** Ends what a notice of the provider is about; returns how many sessions. */
export async function endTold(
  db: Db,
  notice: { subject: string | undefined; providerSession: string | undefined; issuedAt: Date; now: Date },
): Promise<number> {
  const { rows } = await sql<{ ended: number }>`
    select eprod.end_told_sessions(${notice.subject ?? null}, ${notice.providerSession ?? null}, ${notice.issuedAt},
                                   ${notice.now}) as ended`.execute(db)
  return rows[0]!.ended
}

export interface StaleSession {
  readonly id: number
  readonly subject: string
  readonly sealedRefresh: string
  readonly cnpj: string
  readonly side: Side
}

/** Sessions whose facts stop counting within `aheadSeconds`, at most 100, each given to one process only. */
export async function takeStale(db: Db, now: Date, aheadSeconds: number): Promise<StaleSession[]> {
  const { rows } = await sql<StaleSession>`
    select id, subject, sealed_refresh as "sealedRefresh", cnpj, side
      from eprod.take_stale_sessions(${now}, ${aheadSeconds})`.execute(db)
  return rows
}

/** What the provider told anew. */
export async function freshen(
  db: Db,
  session: { id: number; classes: readonly number[]; freshUntil: Date; sealedRefresh: string },
): Promise<void> {
  const facts = {
    classes: session.classes,
    fresh_until: session.freshUntil,
    sealed_refresh: session.sealedRefresh,
  }
  await sql`select eprod.freshen_session(${session.id}, ${JSON.stringify(facts)}::jsonb)`.execute(db)
}

export async function endById(db: Db, id: number, now: Date): Promise<void> {
  await sql`select eprod.end_session(${id}, ${now})`.execute(db)
}
