// What is kept of asking masters to confirm classes: about which period of a class they were written to.

import { sql } from 'kysely'
import { countsAt } from '#soe/accounts/reads.ts'
import type { SoeDb, SoeTx } from '#soe/tables.ts'

/** A class that still counts and that its institution's masters were not written to about since it was granted or confirmed. */
export interface UnaskedClass {
  readonly accountId: string
  readonly name: string
  readonly class: number
  /** Granted or last confirmed. */
  readonly since: Date
}

const SINCE = sql`coalesce(c.confirmed_at, c.granted_at)`
const unasked = (given: { before: Date; now: Date }) => sql`${SINCE} <= ${given.before}
  and c.asked_about is distinct from ${SINCE}
  and ${countsAt(given.now)}`

/** Active institutions with classes held since before an instant and not asked about. */
export async function institutionsToAsk(db: SoeDb, given: { before: Date; now: Date }): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`/* plan anew */
    select distinct i.id from soe.account_class c join soe.account a on a.id = c.account_id
      join soe.institution i on i.id = a.institution_id
     where i.status = 'active' and ${unasked(given)} order by i.id`.execute(db)
  return rows.map((row) => row.id)
}

/** Those classes of one institution, the longest ago first. */
export async function unaskedClasses(
  tx: SoeTx,
  given: { institutionId: number; before: Date; now: Date },
): Promise<readonly UnaskedClass[]> {
  const { rows } = await sql<UnaskedClass>`/* plan anew */
    select a.id as "accountId", a.name, c.class, ${SINCE} as since
      from soe.account_class c join soe.account a on a.id = c.account_id
     where a.institution_id = ${given.institutionId} and ${unasked(given)} order by ${SINCE}, a.name, c.class`.execute(
    tx,
  )
  return rows
}

/** Notes that the masters were written to about these periods. */
export async function markAsked(tx: SoeTx, classes: readonly UnaskedClass[]): Promise<void> {
  const held = JSON.stringify(classes.map((one) => ({ id: one.accountId, class: one.class })))
  await sql`update soe.account_class c set asked_about = ${SINCE}
     from jsonb_to_recordset(${held}::jsonb) as held(id uuid, class int)
    where c.account_id = held.id and c.class = held.class`.execute(tx)
}

export interface Master {
  readonly id: string
  readonly name: string
  readonly email: string
}

/** The masters of an institution who can sign in. */
export async function activeMasters(tx: SoeTx, institutionId: number): Promise<readonly Master[]> {
  const { rows } = await sql<Master>`select id, name, email from soe.account
     where institution_id = ${institutionId} and master and status = 'active' and password_hash is not null
     order by name, id`.execute(tx)
  return rows
}
