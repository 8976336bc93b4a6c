// Gives a test file its own real database: a clone of the migrated template, with a connection for each role.
import { randomBytes, randomInt } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { inject } from 'vitest'
import { type Connection, connect } from '#shared/db/connect.ts'

const TEMPLATE = 'eprod_template'

export interface TestDatabase {
  readonly name: string
  /** The owner with `eprod.maintenance` on, so that a test can arrange and look at rows behind the walls. */
  readonly owner: Connection
  readonly web: Connection
  readonly staff: Connection
  readonly entry: Connection
  readonly worker: Connection
  readonly soe: Connection
  readonly urls: Readonly<Record<'admin' | 'owner' | 'web' | 'staff' | 'entry' | 'worker' | 'soe', string>>
  /** Closes the connections and removes the database. */
  drop(): Promise<void>
}

/**
 * Clones the template (about 40 ms). Call in `beforeAll`, `drop` in `afterAll`. `bare`: an empty database instead, for
 * the tests of migrating itself.
 */
export async function cloneDatabase(options: { bare?: boolean } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const given = inject('clusterUrls')
  await asAdmin(`create database ${name} template ${options.bare ? 'template0' : TEMPLATE} owner eprod_owner`)
  const urlFor = (url: string) => url.replace(`/${TEMPLATE}`, `/${name}`)
  const urls = {
    admin: urlFor(given.admin),
    owner: urlFor(given.owner),
    web: urlFor(given.web),
    staff: urlFor(given.staff),
    entry: urlFor(given.entry),
    worker: urlFor(given.worker),
    soe: urlFor(given.soe),
  }
  const maintaining = `${urls.owner}${urls.owner.includes('?') ? '&' : '?'}options=-c%20eprod.maintenance%3Don`
  const open = (url: string) => connect(url, { max: 4 })
  const roles = {
    web: open(urls.web),
    staff: open(urls.staff),
    entry: open(urls.entry),
    worker: open(urls.worker),
    soe: open(urls.soe),
  }
  // Arranging many rows on a busy machine takes what it takes; only the product's own statements are timed.
  const owner = connect(maintaining, { max: 4, statementSeconds: 0 })
  // A version of a form is known by its number for as long as a process lives, and test files share theirs.
  if (!options.bare) {
    await sql`alter table eprod.form_version alter column id restart with ${sql.lit(randomInt(1000, 2 ** 31))}`.execute(
      owner.db,
    )
  }
  return {
    name,
    ...roles,
    owner,
    urls,
    drop: async () => {
      await Promise.all([owner, ...Object.values(roles)].map((connection) => connection.close()))
      await asAdmin(`drop database ${name} with (force)`)
    },
  }
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('clusterUrls').admin.replace(`/${TEMPLATE}`, '/postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
