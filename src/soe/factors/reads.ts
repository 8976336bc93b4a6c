// What is read of second factors: which an account has, and what checking them needs.
import { sql } from 'kysely'
import type { SoeDb } from '#soe/tables.ts'

export interface Passkey {
  readonly id: string
  readonly name: string
  readonly createdAt: Date
  readonly usedAt: Date | null
}

export interface Factors {
  /** Since when; null: none. */
  readonly totpSince: Date | null
  /** Recovery codes left. */
  readonly codes: number
  readonly passkeys: readonly Passkey[]
}

/** The second factors of an account. */
export async function factorsOf(db: SoeDb, accountId: string): Promise<Factors> {
  const [{ rows }, passkeys] = await Promise.all([
    sql<{ totpSince: Date | null; codes: number }>`
      select (select created_at from soe.totp where account_id = ${accountId}::uuid) as "totpSince",
             (select count(*)::int from soe.recovery_code where account_id = ${accountId}::uuid and used_at is null) as codes`.execute(
      db,
    ),
    db
      .selectFrom('soe.passkey')
      .select(['id', 'name', 'created_at as createdAt', 'used_at as usedAt'])
      .where('account_id', '=', accountId)
      .orderBy('created_at')
      .execute(),
  ])
  return { ...rows[0]!, passkeys }
}

/** Has the account any second factor? */
export function hasFactor(factors: Factors): boolean {
  return factors.totpSince !== null || factors.passkeys.length > 0
}

export async function sealedSecretOf(db: SoeDb, accountId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('soe.totp')
    .select('sealed_secret')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.sealed_secret
}

export interface PasskeyOwner {
  readonly accountId: string
  readonly cpf: string
  readonly status: 'active' | 'blocked'
  readonly institutionId: number
  readonly publicKey: Buffer
  readonly counter: number
}

/** A passkey with whose it is. */
export async function passkeyById(db: SoeDb, id: string): Promise<PasskeyOwner | undefined> {
  const { rows } = await sql<PasskeyOwner>`
    select a.id as "accountId", a.cpf::text as cpf, a.status, a.institution_id as "institutionId",
           k.public_key as "publicKey", k.counter
      from soe.passkey k join soe.account a on a.id = k.account_id where k.id = ${id}`.execute(db)
  return rows[0]
}
