// What identity keeps: sessions, by the database's own functions (0013-entry.sql). No role reads or writes the table itself.
import { sql } from 'kysely'
import type { Person } from '#identity/rules/entry.ts'
import type { Db } from '#shared/db/connect.ts'
import type { Side } from '#shared/kit/actor.ts'

export interface NewSession {
  readonly person: Person
  readonly tokenHash: Buffer
  /** For ending the provider's session too. */
  readonly idToken: string | undefined
  readonly providerSession: string | undefined
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
  const facts = { ...session.person, id_token: session.idToken ?? null, sid: session.providerSession ?? null }
  const { rows } = await sql<SignedIn>`
    select session_id as "sessionId", person_id as "personId", institution_id as "institutionId", side
      from eprod.sign_in(${JSON.stringify(facts)}::jsonb, ${session.tokenHash}, ${session.now},
                         ${session.idleSeconds}, ${session.absoluteSeconds})`.execute(db)
  return rows[0]!
}

/** Ends the session of a token. Returns its ID token, or undefined when there was no live session or none was kept. */
export async function closeSession(db: Db, tokenHash: Buffer, now: Date): Promise<string | undefined> {
  const { rows } = await sql<{ hint: string | null }>`select eprod.sign_out(${tokenHash}, ${now}) as hint`.execute(db)
  return rows[0]?.hint ?? undefined
}
