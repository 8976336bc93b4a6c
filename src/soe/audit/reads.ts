// What is read of the audit of SOE/WEB. In the scope of an institution it is that institution's alone.
import { type RawBuilder, sql } from 'kysely'
import type { SoeTx } from '#soe/tables.ts'

export interface AuditRow {
  readonly id: number
  readonly at: Date
  readonly event: string
  readonly actorId: string | null
  /** null: out of this scope, or nobody. */
  readonly actor: string | null
  readonly about: string | null
  readonly accountId: string | null
  readonly institution: string | null
  readonly facts: Readonly<Record<string, unknown>>
}

export const AUDIT_A_PAGE = 50

async function page(tx: SoeTx, which: RawBuilder<unknown>, before: number | undefined): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`/* plan anew */
    select e.id, e.at, e.event, e.actor_id as "actorId", by.name as actor, about.name as about, e.account_id as "accountId",
           i.name as institution, e.facts
      from soe.audit e left join soe.account by on by.id = e.actor_id left join soe.account about on about.id = e.account_id
           left join soe.institution i on i.id = e.institution_id
     where ${which} and e.id < ${before ?? Number.MAX_SAFE_INTEGER}
     order by e.id desc limit ${sql.lit(AUDIT_A_PAGE + 1)}`.execute(tx)
  return rows
}

/** Entries about one account, or of the whole institution, newest first, before a number; one more than a page tells of more. */
export async function auditPage(
  tx: SoeTx,
  given: { institutionId: number; accountId: string | undefined; before: number | undefined },
): Promise<AuditRow[]> {
  const about = given.accountId ? sql`e.account_id = ${given.accountId}::uuid` : sql`true`
  return await page(tx, sql`e.institution_id = ${given.institutionId} and ${about}`, given.before)
}

/** What was changed anywhere in the house, sign-ins aside: they have a list of their own. Pages as `auditPage`. */
export async function changesPage(tx: SoeTx, before: number | undefined): Promise<AuditRow[]> {
  return await page(tx, sql`e.event not in ('signed-in', 'sign-in-refused')`, before)
}

/** What was changed of an institution, newest first. */
export async function institutionChanges(tx: SoeTx, institutionId: number): Promise<AuditRow[]> {
  const which = sql`e.event not in ('signed-in', 'sign-in-refused') and e.institution_id = ${institutionId}`
  return await page(tx, which, undefined)
}

/** What was changed of an application, newest first. */
export async function applicationChanges(tx: SoeTx, application: string): Promise<AuditRow[]> {
  return await page(tx, sql`e.facts->>'application' = ${application}`, undefined)
}
