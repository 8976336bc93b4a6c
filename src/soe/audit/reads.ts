// What is read of the audit of SOE/WEB. In the scope of an institution it is that institution's alone.
import { sql } from 'kysely'
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
  readonly facts: Readonly<Record<string, unknown>>
}

export const AUDIT_A_PAGE = 50

/** Entries about one account, or of the whole institution, newest first, before a number; one more than a page tells of more. */
export async function auditPage(
  tx: SoeTx,
  given: { institutionId: number; accountId: string | undefined; before: number | undefined },
): Promise<AuditRow[]> {
  const about = given.accountId ? sql`e.account_id = ${given.accountId}::uuid` : sql`true`
  const { rows } = await sql<AuditRow>`/* plan anew */
    select e.id, e.at, e.event, e.actor_id as "actorId", by.name as actor, about.name as about, e.account_id as "accountId", e.facts
      from soe.audit e left join soe.account by on by.id = e.actor_id left join soe.account about on about.id = e.account_id
     where e.institution_id = ${given.institutionId} and ${about} and e.id < ${given.before ?? Number.MAX_SAFE_INTEGER}
     order by e.id desc limit ${sql.lit(AUDIT_A_PAGE + 1)}`.execute(tx)
  return rows
}
