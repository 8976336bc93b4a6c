// What the OpenID provider keeps: its adapter's rows and its signing keys. The only writer of soe.provider_state and soe.signing_key.
import { sql } from 'kysely'
import type { SoeDb, SoeTx } from '#soe/tables.ts'

export interface StateRow {
  readonly model: string
  readonly id: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly grantId: string | null
  readonly userCode: string | null
  readonly uid: string | null
  /** null: it does not expire. */
  readonly expiresAt: Date | null
}

/** Keeps a row anew; what was consumed stays consumed. */
export async function keepState(db: SoeDb, row: StateRow): Promise<void> {
  await sql`
    insert into soe.provider_state (model, id, payload, grant_id, user_code, uid, expires_at)
    values (${row.model}, ${row.id}, ${JSON.stringify(row.payload)}::jsonb, ${row.grantId}, ${row.userCode}, ${row.uid},
            ${row.expiresAt})
    on conflict (model, id) do update set payload = excluded.payload, grant_id = excluded.grant_id,
      user_code = excluded.user_code, uid = excluded.uid, expires_at = excluded.expires_at`.execute(db)
}

/** Marks a row as used. Returns whether this call was the first: of two at once only one is. */
export async function consumeState(db: SoeDb, row: { model: string; id: string; now: Date }): Promise<boolean> {
  const done = await db
    .updateTable('soe.provider_state')
    .set({ consumed_at: row.now })
    .where('model', '=', row.model)
    .where('id', '=', row.id)
    .where('consumed_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

export async function removeState(db: SoeDb, row: { model: string; id: string }): Promise<void> {
  await db.deleteFrom('soe.provider_state').where('model', '=', row.model).where('id', '=', row.id).execute()
}

/** Removes a grant itself and all codes and tokens given under it. */
export async function removeGrant(db: SoeDb, grantId: string): Promise<void> {
  await sql`delete from soe.provider_state where grant_id = ${grantId} or (model = 'Grant' and id = ${grantId})`.execute(
    db,
  )
}

/** Removes the codes and tokens given under a grant. */
export async function removeGranted(db: SoeDb, grantId: string): Promise<void> {
  await sql`delete from soe.provider_state where grant_id = ${grantId} and model in
    ('AccessToken', 'AuthorizationCode', 'RefreshToken')`.execute(db)
}

/** Removes what expired before an instant. */
export async function removeExpired(db: SoeDb, before: Date): Promise<void> {
  await db.deleteFrom('soe.provider_state').where('expires_at', '<', before).execute()
}

export interface KeptKey {
  readonly kid: string
  readonly sealedJwk: string
  readonly createdAt: Date
}

/** Keys not retired, newest first. */
export async function keptKeys(db: SoeDb | SoeTx): Promise<KeptKey[]> {
  return db
    .selectFrom('soe.signing_key')
    .select(['kid', 'sealed_jwk as sealedJwk', 'created_at as createdAt'])
    .where('retired_at', 'is', null)
    .orderBy('created_at', 'desc')
    .execute()
}

export async function keepKey(tx: SoeTx, key: KeptKey): Promise<void> {
  await tx
    .insertInto('soe.signing_key')
    .values({ kid: key.kid, sealed_jwk: key.sealedJwk, created_at: key.createdAt })
    .execute()
}

/** Retires the keys whose successor was made before an instant. */
export async function retireKeys(tx: SoeTx, given: { successorsBefore: Date; now: Date }): Promise<void> {
  await sql`
    update soe.signing_key k set retired_at = ${given.now}
     where retired_at is null and exists (select from soe.signing_key n
            where n.created_at > k.created_at and n.created_at < ${given.successorsBefore})`.execute(tx)
}

/** Lets two processes that start at once make one key between them. */
export async function lockKeys(tx: SoeTx): Promise<void> {
  await sql`select pg_advisory_xact_lock(7310)`.execute(tx)
}
