// What is read of applications: for the provider at every request, and for the administrator's pages.
import { sql } from 'kysely'
import type { SoeDb, SoeTx } from '#soe/tables.ts'

type Handle = SoeDb | SoeTx

export interface Application {
  readonly id: string
  readonly name: string
  readonly redirectUris: readonly string[]
  readonly postLogoutUris: readonly string[]
  readonly backchannelLogoutUri: string | null
  readonly status: 'active' | 'suspended'
  readonly createdAt: Date
}

const APPLICATION = sql`c.id, c.name, c.redirect_uris as "redirectUris", c.post_logout_uris as "postLogoutUris",
  c.backchannel_logout_uri as "backchannelLogoutUri", c.status, c.created_at as "createdAt"`

/** All of them by name; at most 500. */
export async function applications(db: Handle): Promise<readonly Application[]> {
  const { rows } = await sql<Application>`
    select ${APPLICATION} from soe.client c order by lower(c.name), c.id limit 500`.execute(db)
  return rows
}

/** One application; undefined: there is none. `lock`: its changes take turns. */
export async function applicationById(db: Handle, id: string, lock = false): Promise<Application | undefined> {
  const { rows } = await sql<Application>`
    select ${APPLICATION} from soe.client c where c.id = ${id} ${lock ? sql`for update` : sql``}`.execute(db)
  return rows[0]
}

/** The names of those in use. */
export async function activeApplicationIds(db: Handle): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from soe.client where status = 'active' order by id`.execute(db)
  return rows.map((row) => row.id)
}

/** Where the browser may be sent from a form of ours: the addresses of those in use. */
export async function activeAddresses(db: Handle): Promise<string[]> {
  const { rows } = await sql<{ address: string }>`
    select distinct unnest(redirect_uris || post_logout_uris) as address from soe.client where status = 'active'`.execute(
    db,
  )
  return rows.map((row) => row.address)
}

/** Whose secret counts at an instant, by its hash. */
export async function holdsSecret(db: Handle, given: { clientId: string; hash: Buffer; now: Date }): Promise<boolean> {
  const { rows } = await sql`select from soe.client_secret where client_id = ${given.clientId}
    and secret_hash = ${given.hash} and (ends_at is null or ends_at > ${given.now})`.execute(db)
  return rows.length === 1
}

/** Was this very secret kept for the application, whenever? */
export async function secretKept(db: Handle, given: { clientId: string; hash: Buffer }): Promise<boolean> {
  const { rows } =
    await sql`select from soe.client_secret where client_id = ${given.clientId} and secret_hash = ${given.hash}`.execute(
      db,
    )
  return rows.length === 1
}

export interface KeptSecret {
  readonly id: number
  readonly madeAt: Date
  /** null: the installation. */
  readonly madeBy: string | null
  /** null: the one in use. */
  readonly endsAt: Date | null
}

/** An application's secrets, the newest first; what they are nobody can read. */
export async function secretsOf(db: Handle, clientId: string): Promise<readonly KeptSecret[]> {
  const { rows } = await sql<KeptSecret>`
    select s.id, s.made_at as "madeAt", a.name as "madeBy", s.ends_at as "endsAt"
      from soe.client_secret s left join soe.account a on a.id = s.made_by
     where s.client_id = ${clientId} order by s.id desc limit 20`.execute(db)
  return rows
}
