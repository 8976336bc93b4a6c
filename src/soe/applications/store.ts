// What is kept of applications and the hashes of their secrets: their only writer.
import { sql } from 'kysely'
import type { ApplicationData } from '#soe/applications/rules.ts'
import type { SoeTx } from '#soe/tables.ts'

/** Adds an application; false: the name is taken. */
export async function addApplication(tx: SoeTx, id: string, data: ApplicationData & { now: Date }): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into soe.client (id, name, redirect_uris, post_logout_uris, backchannel_logout_uri, created_at)
    values (${id}, ${data.name}, ${[...data.redirectUris]}, ${[...data.postLogoutUris]}, ${data.backchannelLogoutUri},
            ${data.now})
    on conflict (id) do nothing`.execute(tx)
  return numAffectedRows === 1n
}

export async function changeApplication(tx: SoeTx, id: string, data: ApplicationData): Promise<void> {
  await sql`update soe.client set name = ${data.name}, redirect_uris = ${[...data.redirectUris]},
      post_logout_uris = ${[...data.postLogoutUris]}, backchannel_logout_uri = ${data.backchannelLogoutUri}
    where id = ${id}`.execute(tx)
}

export async function changeStatus(tx: SoeTx, id: string, status: 'active' | 'suspended'): Promise<void> {
  await sql`update soe.client set status = ${status} where id = ${id}`.execute(tx)
}

/** Ends at an instant every secret that would count longer. */
export async function endSecrets(tx: SoeTx, clientId: string, endsAt: Date): Promise<void> {
  await sql`update soe.client_secret set ends_at = ${endsAt}
    where client_id = ${clientId} and (ends_at is null or ends_at > ${endsAt})`.execute(tx)
}

/** Keeps the hash of the secret in use from now on. */
export async function addSecret(
  tx: SoeTx,
  secret: { clientId: string; hash: Buffer; by: string; now: Date },
): Promise<void> {
  await sql`insert into soe.client_secret (client_id, secret_hash, made_at, made_by)
    values (${secret.clientId}, ${secret.hash}, ${secret.now}, ${secret.by}::uuid)`.execute(tx)
}
