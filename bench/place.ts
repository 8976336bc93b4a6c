// Where measuring happens: the database eprod_bench on the embedded cluster of EPROD_DATA (also while EPROD runs on it), or
// beside the one DATABASE_URL names.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { runningUrl, startCluster } from '#shared/db/cluster.ts'
import type { RolePasswords } from '#shared/db/migrate.ts'
import { type DatabasePasswords, databasePasswords } from '#shared/db/passwords.ts'

const NAME = 'eprod_bench'
/** The project's folder. */
export const ROOT = join(import.meta.dirname, '..')

export interface Place {
  /** EPROD_DATA. */
  readonly folder: string
  readonly urls: Readonly<Record<'owner' | 'web' | 'staff' | 'entry' | 'worker' | 'soe', string>>
  /** A role that row-level security does not bind: what the bare route connects as. */
  readonly plain: string
  readonly passwords: DatabasePasswords
  /** Process number of PostgreSQL's first process on this machine; undefined: the server is elsewhere. */
  readonly postmaster: number | undefined
  stop(): Promise<void>
}

/** Opens the place; the database itself is made by `remake`. */
export async function openPlace(): Promise<Place> {
  const folder = resolve(process.env.EPROD_DATA || './var')
  const passwords = await databasePasswords(folder)
  const foreign = process.env.DATABASE_URL
  if (foreign) {
    const owner = withDatabase(foreign)
    return placeOf({ folder, passwords, owner, plain: maintaining(owner), stop: async () => {} })
  }
  const running = await runningUrl(folder)
  const cluster = running === undefined ? await startCluster({ folder, log: console.error }) : undefined
  const owner = withDatabase(running ?? cluster?.url(NAME) ?? '')
  const plain = withUser(owner, 'postgres', passwords.postgres)
  const postmaster = Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  return placeOf({ folder, passwords, owner, plain, postmaster, stop: async () => await cluster?.stop() })
}

interface Known {
  readonly folder: string
  readonly passwords: DatabasePasswords
  readonly owner: string
  readonly plain: string
  readonly postmaster?: number
  readonly stop: () => Promise<void>
}

function placeOf({ owner, postmaster, ...known }: Known): Place {
  const as = (role: keyof RolePasswords) => withUser(owner, role, known.passwords[role])
  return {
    ...known,
    postmaster,
    urls: {
      owner,
      web: as('eprod_web'),
      staff: as('eprod_staff'),
      entry: as('eprod_entry'),
      worker: as('eprod_worker'),
      soe: as('eprod_soe'),
    },
  }
}

/** The same cluster and roles, another database. */
export function beside(place: Place, name: string): Place {
  const urls = Object.entries(place.urls).map(([role, url]) => [role, withDatabase(url, name)])
  return { ...place, urls: Object.fromEntries(urls) as Place['urls'], plain: withDatabase(place.plain, name) }
}

/** Removes the database and makes an empty one. */
export async function remake(place: Place): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(place.plain, 'postgres') })
  await client.connect()
  const { pathname, username } = new URL(place.urls.owner)
  const name = pg.escapeIdentifier(pathname.slice(1))
  try {
    await client.query(`drop database if exists ${name} with (force)`)
    await client.query(`create database ${name}`)
    await client.query(`alter database ${name} owner to ${pg.escapeIdentifier(decodeURIComponent(username))}`)
  } finally {
    await client.end()
  }
}

function withDatabase(url: string, name = NAME): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

function withUser(url: string, user: string, password: string): string {
  const other = new URL(url)
  other.username = user
  other.password = password
  return other.href
}

/** The URL with `eprod.maintenance` on: the owner then sees all rows. */
export function maintaining(url: string): string {
  const other = new URL(url)
  other.searchParams.set('options', '-c eprod.maintenance=on')
  return other.href
}
