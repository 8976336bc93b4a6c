// What is kept of accounts, classes, sign-in attempts and the audit: their only writer.
import { sql } from 'kysely'
import type { NewAccount, TriedFrom } from '#soe/accounts/rules.ts'
import type { SoeDb, SoeTx } from '#soe/tables.ts'

type Kept = Omit<NewAccount, 'password'> & { institutionId: number; passwordHash: string | null; now: Date }

/** Adds an account; undefined when the CPF has one already. */
export async function addAccount(tx: SoeTx, account: Kept): Promise<string | undefined> {
  const row = await tx
    .insertInto('soe.account')
    .values({
      institution_id: account.institutionId,
      cpf: account.cpf,
      name: account.name,
      email: account.email,
      password_hash: account.passwordHash,
      master: account.master,
      created_at: account.now,
    })
    .onConflict((conflict) => conflict.column('cpf').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export async function addClass(
  tx: SoeTx,
  grant: { accountId: string; class: number; by: string | null; now: Date },
): Promise<void> {
  await tx
    .insertInto('soe.account_class')
    .values({ account_id: grant.accountId, class: grant.class, granted_at: grant.now, granted_by: grant.by })
    .onConflict((conflict) => conflict.columns(['account_id', 'class']).doNothing())
    .execute()
}

/** Writes a try down before it is looked at, so that tries at the same time count each other. */
export async function addAttempt(db: SoeDb, given: TriedFrom & { cpf: string; now: Date }): Promise<number> {
  const row = await db
    .insertInto('soe.sign_in_attempt')
    .values({ cpf: given.cpf, address: given.address, device: given.device, at: given.now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function closeAttempt(db: SoeDb | SoeTx, id: number, outcome: 'in' | 'refused' | 'slowed'): Promise<void> {
  await db.updateTable('soe.sign_in_attempt').set({ outcome }).where('id', '=', id).execute()
}

/** Closes a try that led in, by a browser that may have got its name only now. */
export async function closeSignIn(db: SoeTx, id: number, { device }: TriedFrom): Promise<void> {
  await db.updateTable('soe.sign_in_attempt').set({ outcome: 'in', device }).where('id', '=', id).execute()
}

/** Removes tries older than an instant; they serve no purpose any more. */
export async function forgetAttempts(db: SoeDb, before: Date): Promise<void> {
  await db.deleteFrom('soe.sign_in_attempt').where('at', '<', before).execute()
}

export async function keepPassword(tx: SoeTx, given: { accountId: string; hash: string }): Promise<void> {
  await tx.updateTable('soe.account').set({ password_hash: given.hash }).where('id', '=', given.accountId).execute()
}

export interface AuditEntry {
  readonly at: Date
  readonly event: string
  readonly actorId: string | null
  readonly accountId: string | null
  readonly institutionId?: number | null
  readonly facts: Readonly<Record<string, unknown>>
}

export async function writeAudit(tx: SoeTx, entry: AuditEntry): Promise<void> {
  await sql`insert into soe.audit (at, event, actor_id, account_id, institution_id, facts)
    values (${entry.at}, ${entry.event}, ${entry.actorId}, ${entry.accountId}, ${entry.institutionId ?? null},
            ${JSON.stringify(entry.facts)}::jsonb)`.execute(tx)
}
