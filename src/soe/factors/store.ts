// What is kept of second factors: secrets of one-time codes (sealed), recovery codes (hashed), passkeys. Their only writer.
import { sql } from 'kysely'
import type { SoeDb, SoeTx } from '#soe/tables.ts'

type Handle = SoeDb | SoeTx

/** Keeps the secret of an account in place of an earlier one. `step`: the one its first code used up. */
export async function keepTotp(
  tx: Handle,
  given: { accountId: string; sealedSecret: string; step: number; now: Date },
): Promise<void> {
  const row = { sealed_secret: given.sealedSecret, last_step: given.step }
  await tx
    .insertInto('soe.totp')
    .values({ account_id: given.accountId, created_at: given.now, ...row })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(row))
    .execute()
}

/** Uses a step up. False: it, or a later one, was used before; of two at once one is. */
export async function useStep(db: Handle, given: { accountId: string; step: number }): Promise<boolean> {
  const done = await db
    .updateTable('soe.totp')
    .set({ last_step: given.step })
    .where('account_id', '=', given.accountId)
    .where('last_step', '<', given.step)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

export async function removeTotp(tx: Handle, accountId: string): Promise<void> {
  await tx.deleteFrom('soe.totp').where('account_id', '=', accountId).execute()
}

/** Keeps new recovery codes in place of the earlier ones. */
export async function keepCodes(tx: Handle, accountId: string, hashes: readonly Buffer[]): Promise<void> {
  await tx.deleteFrom('soe.recovery_code').where('account_id', '=', accountId).execute()
  if (hashes.length === 0) return
  const rows = hashes.map((hash) => ({ account_id: accountId, code_hash: hash }))
  await tx.insertInto('soe.recovery_code').values(rows).execute()
}

/** Uses a recovery code up; false: there is none, or it was used. */
export async function useCode(db: Handle, given: { accountId: string; hash: Buffer; now: Date }): Promise<boolean> {
  const done = await db
    .updateTable('soe.recovery_code')
    .set({ used_at: given.now })
    .where('account_id', '=', given.accountId)
    .where('code_hash', '=', given.hash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

export interface NewPasskey {
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly publicKey: Uint8Array
  readonly counter: number
  readonly transports: readonly string[]
  readonly now: Date
}

/** Keeps a passkey; false: it is known already. */
export async function keepPasskey(tx: Handle, given: NewPasskey): Promise<boolean> {
  const done = await tx
    .insertInto('soe.passkey')
    .values({
      id: given.id,
      account_id: given.accountId,
      name: given.name,
      public_key: Buffer.from(given.publicKey),
      counter: given.counter,
      transports: [...given.transports],
      created_at: given.now,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

export async function passkeyUsed(tx: Handle, given: { id: string; counter: number; now: Date }): Promise<void> {
  await tx
    .updateTable('soe.passkey')
    .set({ counter: given.counter, used_at: given.now })
    .where('id', '=', given.id)
    .execute()
}

export async function removePasskey(tx: Handle, given: { id: string; accountId: string }): Promise<void> {
  await tx.deleteFrom('soe.passkey').where('id', '=', given.id).where('account_id', '=', given.accountId).execute()
}

/** Uses a challenge up; false: it was answered before. Kept until it would have expired anyway. */
export async function useChallenge(db: Handle, given: { id: string; until: Date }): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into soe.used_challenge (id, until) values (${given.id}, ${given.until}) on conflict do nothing`.execute(db)
  return numAffectedRows === 1n
}

export async function forgetChallenges(db: Handle, before: Date): Promise<void> {
  await sql`delete from soe.used_challenge where until < ${before}`.execute(db)
}
