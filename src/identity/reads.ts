// What signing in reads: on which side of the counter an institution stands; and the limits of one's own session.
import { sql } from 'kysely'
import type { Db, Tx } from '#shared/db/connect.ts'
import type { Side } from '#shared/kit/actor.ts'

/** The side of a CNPJ: staff only for institutions the installation has marked so; every other is an institution. */
export async function sideOf(db: Db, cnpj: string | undefined): Promise<Side> {
  if (cnpj === undefined) return 'institution'
  const { rows } = await sql<{ side: Side }>`select eprod.side_of(${cnpj}) as side`.execute(db)
  return rows[0]!.side
}

export interface OwnSession {
  readonly startedAt: Date
  readonly endsAt: Date
  readonly idleSeconds: number
  /** The provider does not tell when access changes: it is asked again every few minutes. */
  readonly askedAgain: boolean
}

/** The session of the running visit. */
export async function ownSession(tx: Tx): Promise<OwnSession> {
  const { rows } = await sql<OwnSession>`
    select started_at as "startedAt", ends_at as "endsAt", idle_seconds as "idleSeconds", asked_again as "askedAgain"
      from eprod.own_session()`.execute(tx)
  return rows[0]!
}
