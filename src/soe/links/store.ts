// What is kept of one-time links: their only writer.
import { sql } from 'kysely'
import type { KeptLink, LinkPurpose } from '#soe/links/rules.ts'
import type { SoeDb, SoeTx } from '#soe/tables.ts'

export interface NewLink {
  readonly tokenHash: Buffer
  readonly accountId: string
  readonly purpose: LinkPurpose
  readonly by: string | null
  readonly now: Date
  readonly expiresAt: Date
}

/** Keeps a link in place of one of the same account and purpose. Two at once take turns at the account's row. */
export async function addLink(tx: SoeTx, link: NewLink): Promise<void> {
  await sql`select from soe.account where id = ${link.accountId}::uuid for update`.execute(tx)
  await sql`update soe.link set replaced_at = ${link.now}
    where account_id = ${link.accountId}::uuid and purpose = ${link.purpose} and used_at is null and replaced_at is null`.execute(
    tx,
  )
  await sql`insert into soe.link (token_hash, account_id, purpose, made_by, created_at, expires_at)
    values (${link.tokenHash}, ${link.accountId}, ${link.purpose}, ${link.by}, ${link.now}, ${link.expiresAt})`.execute(
    tx,
  )
}

const COLUMNS = sql`account_id as "accountId", purpose, expires_at as "expiresAt", used_at as "usedAt", replaced_at as "replacedAt"`

/** A blocked account's link is none. */
export async function linkByHash(db: SoeDb | SoeTx, tokenHash: Buffer): Promise<KeptLink | undefined> {
  const { rows } = await sql<KeptLink>`select ${COLUMNS} from soe.link
    where token_hash = ${tokenHash} and exists (select from soe.account a where a.id = account_id and a.status = 'active')`.execute(
    db,
  )
  return rows[0]
}

/** Uses the link up, if it is still to be used: of two at once one is first. Returns whether it was this one. */
export async function markUsed(tx: SoeTx, given: { tokenHash: Buffer; now: Date }): Promise<boolean> {
  const { numAffectedRows } = await sql`update soe.link set used_at = ${given.now}
    where token_hash = ${given.tokenHash} and used_at is null and replaced_at is null and expires_at > ${given.now}`.execute(
    tx,
  )
  return numAffectedRows === 1n
}

/** Removes links that expired before an instant: until then it can be told why one does not work. */
export async function forgetLinks(db: SoeDb, before: Date): Promise<void> {
  await sql`delete from soe.link where expires_at < ${before}`.execute(db)
}
