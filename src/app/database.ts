// Gives the site its database: the embedded cluster or DATABASE_URL, migrated, with a URL for each role.
import pg from 'pg'
import type { Config } from '#app/config.ts'
import { DATABASE, startCluster } from '#shared/db/cluster.ts'
import { migrate, type RolePasswords } from '#shared/db/migrate.ts'
import { databasePasswords, rolesOf } from '#shared/db/passwords.ts'
import { Obstacle } from '#shared/obstacle.ts'

export interface Database {
  /** The owner's URL: for migrating, seeding and the worker's set-up only. */
  readonly owner: string
  readonly web: string
  readonly staff: string
  readonly entry: string
  readonly worker: string
  readonly soe: string
  /** Stops the embedded server; nothing to do for another. */
  stop(): Promise<void>
}

type Role = keyof RolePasswords
/** Source: the oldest major that has all we use (grants on parameters). */
const OLDEST = 150_000
const ROLES = {
  web: 'eprod_web',
  staff: 'eprod_staff',
  entry: 'eprod_entry',
  worker: 'eprod_worker',
  soe: 'eprod_soe',
} as const

/**
 * Opens the database of the settings and migrates it with the steps in the folder `migrations`. Throws an Obstacle for
 * what the person at the console can mend.
 */
export async function openDatabase(config: Config, migrations: string, log: (line: string) => void): Promise<Database> {
  if (config.databaseUrl !== undefined) return await openForeign(config, config.databaseUrl, migrations)
  const cluster = await startCluster({ folder: config.data, log })
  try {
    await migrate(cluster.url(DATABASE), migrations, rolesOf(cluster.passwords))
  } catch (error) {
    await cluster.stop()
    throw error
  }
  return {
    owner: cluster.url(DATABASE),
    web: cluster.urlAs(ROLES.web, DATABASE),
    staff: cluster.urlAs(ROLES.staff, DATABASE),
    entry: cluster.urlAs(ROLES.entry, DATABASE),
    worker: cluster.urlAs(ROLES.worker, DATABASE),
    soe: cluster.urlAs(ROLES.soe, DATABASE),
    stop: cluster.stop,
  }
}

async function openForeign(config: Config, owner: string, migrations: string): Promise<Database> {
  const kept = await databasePasswords(config.data)
  // A role whose URL is given has the password its administrator gave it.
  const ours = (Object.keys(ROLES) as (keyof typeof ROLES)[]).filter((name) => config.roleUrls[name] === undefined)
  const passwords: Partial<Record<Role, string>> = Object.fromEntries(
    ours.map((name) => [ROLES[name], kept[ROLES[name]]]),
  )
  try {
    await checkServer(owner)
    await migrate(owner, migrations, passwords)
  } catch (error) {
    throw sentenceFor(error as Error & { code?: string }, owner)
  }
  const urlOf = (name: keyof typeof ROLES) => config.roleUrls[name] ?? withUser(owner, ROLES[name], kept[ROLES[name]])
  return {
    owner,
    web: urlOf('web'),
    staff: urlOf('staff'),
    entry: urlOf('entry'),
    worker: urlOf('worker'),
    soe: urlOf('soe'),
    stop: async () => {},
  }
}

async function checkServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    const { rows } = await client.query(`select current_setting('server_version_num')::int as version,
      current_setting('server_version') as name, current_setting('server_encoding') as encoding`)
    if (rows[0].version < OLDEST)
      throw new Obstacle(`DATABASE_URL: PostgreSQL ${rows[0].name} is too old, 15 is the least.`)
    if (rows[0].encoding !== 'UTF8')
      throw new Obstacle(`DATABASE_URL: the database is in ${rows[0].encoding}; make one in UTF8.`)
  } finally {
    await client.end()
  }
}

/** Codes: PostgreSQL's "Error Codes" appendix and Node's of a connection. */
function sentenceFor(error: Error & { code?: string }, url: string): Error {
  const owner = decodeURIComponent(new URL(url).username)
  if (/permission denied to set parameter "eprod\.maintenance"/.test(error.message)) {
    return new Obstacle(
      `DATABASE_URL: ask a superuser of the server for: grant set on parameter "eprod.maintenance" to "${owner}"`,
    )
  }
  if (/permission denied to (create|alter) role/.test(error.message)) {
    return new Obstacle(`DATABASE_URL: ${owner} must be allowed to make roles: alter role "${owner}" createrole`)
  }
  const cannotConnect =
    /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|28|3D000|57P03)/.test(error.code ?? '') || /timeout/.test(error.message)
  return cannotConnect ? new Obstacle(`DATABASE_URL: cannot connect: ${error.message || error.code}`) : error
}

function withUser(url: string, user: string, password: string): string {
  const other = new URL(url)
  other.username = user
  other.password = password
  return other.href
}
