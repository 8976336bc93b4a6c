// Starts and stops the embedded PostgreSQL of an EPROD_DATA folder as a real server process. Its data folder:
// cluster-data.ts; which account and which programs: cluster-programs.ts; who holds the folder: cluster-lock.ts; what is inside the database: migrate.ts.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { asAccount, makeData, type Place, preparePlace } from '#shared/db/cluster-data.ts'
import { freeDataFolder, inUse, isReady, pidOf, runningPort } from '#shared/db/cluster-lock.ts'
import { type DatabasePasswords, databasePasswords } from '#shared/db/passwords.ts'
import { Obstacle } from '#shared/obstacle.ts'

export interface ClusterOptions {
  /** EPROD_DATA: the data lie in its folder `postgres`, the log in `log/postgres.log`. */
  readonly folder: string
  /** TCP port on 127.0.0.1; without it only the socket in the data folder listens. */
  readonly port?: number
  /** False: a crash of the machine may lose data (tests). */
  readonly durable?: boolean
  readonly log?: (line: string) => void
}

export interface Cluster {
  /** URL of a database as its owner, an ordinary role: row-level security binds it as it does on any other server. */
  url(database: string): string
  /** URL of a database as one of the kept roles. */
  urlAs(role: keyof DatabasePasswords, database: string): string
  readonly passwords: DatabasePasswords
  /** Stops the server and waits until its process has ended. */
  stop(): Promise<void>
}

/** The database of an installation. */
export const DATABASE = 'eprod'
const START_MS = 60_000
const STOP_MS = 20_000
/** Longest path of a unix socket is 107 bytes; its file name takes 17. */
const SOCKET_PATH = 90
/** Only a part of the socket's name. */
const SOCKET_PORT = 5432

const MIB = 1024 ** 2
/** MiB of PostgreSQL's own cache: an eighth of the machine, so that what an institution's searches touch stays in it. */
const CACHE = Math.min(
  2048,
  Math.max(128, Math.floor(Math.min(totalmem(), process.constrainedMemory() || Infinity) / 8 / MIB)),
)

const SETTINGS = {
  shared_buffers: `${CACHE}MB`,
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_connections: '100',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
}
const CARELESS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
}

/**
 * Starts the cluster, making it first where there is none, with the database `eprod` and its owner `eprod_owner`.
 * Throws an Obstacle with one sentence for what the person at the console can mend.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const folder = resolve(options.folder)
  const place = await preparePlace(folder, options.log ?? (() => {}))
  await freeDataFolder(place.data, place.log)
  if (!existsSync(join(place.data, 'PG_VERSION'))) makeData(place)
  const socket = hasSocket(place.data)
  const port = options.port ?? (socket ? undefined : await freePort())
  const server = await kept(place, { port, socket, durable: options.durable ?? true })
  const urlAs = urlsOf(place.data, { passwords: place.passwords, port: port ?? SOCKET_PORT })
  const cluster: Cluster = {
    url: (database) => urlAs('eprod_owner', database),
    urlAs,
    passwords: place.passwords,
    stop: server.stop,
  }
  await ensureDatabase(cluster).catch(async (error: Error) => {
    await server.stop()
    throw (error as { code?: string }).code === '28P01'
      ? new Obstacle(
          `The passwords in ${folder}/secrets are not those of ${place.data}: restore the file that belongs to it.`,
        )
      : error
  })
  return cluster
}

/** Owner's URL of the installation's database while another process runs its cluster, else undefined. */
export async function runningUrl(folder: string): Promise<string | undefined> {
  const data = join(resolve(folder), 'postgres')
  const port = runningPort(data)
  if (port === undefined) return undefined
  return urlsOf(data, { passwords: await databasePasswords(folder), port })('eprod_owner', DATABASE)
}

function hasSocket(data: string): boolean {
  return Buffer.byteLength(data) <= SOCKET_PATH
}

function urlsOf(data: string, known: { passwords: DatabasePasswords; port: number }): Cluster['urlAs'] {
  const host = hasSocket(data) ? `?host=${encodeURIComponent(data)}` : ''
  return (role, database) => `postgres://${role}:${known.passwords[role]}@127.0.0.1:${known.port}/${database}${host}`
}

interface Listening {
  readonly port: number | undefined
  readonly socket: boolean
  readonly durable: boolean
}

const RESTART_MS = 1000

/** A server that runs until it is told to end: one that ended by itself, as for want of memory, is started again. */
async function kept(place: Place, listening: Listening): Promise<{ stop(): Promise<void> }> {
  let server = await launchPatiently(place, listening)
  let over = false
  let starting: Promise<void> = Promise.resolve()
  const restart = async (): Promise<void> => {
    while (!over) {
      place.log('PostgreSQL has ended by itself: it is started again.')
      try {
        server = await launchPatiently(place, listening)
        return watch()
      } catch (error) {
        place.log((error as Error).message)
        await pause(RESTART_MS)
      }
    }
  }
  const watch = (): void => {
    server.once('exit', () => {
      if (!over) starting = restart()
    })
  }
  watch()
  return {
    stop: async () => {
      over = true
      await starting
      await stop(server)
    },
  }
}

/** The processes of a server that was killed end a moment after it and hold the folder until then. */
class StillHeld extends Obstacle {}
const STILL_HELD = /shared memory block .* still in use/
const HELD_TRIES = 20

async function launchPatiently(place: Place, listening: Listening): Promise<ChildProcess> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await launch(place, listening)
    } catch (error) {
      if (!(error instanceof StillHeld) || tries === HELD_TRIES) throw error
      await pause(250)
    }
  }
}

async function launch(place: Place, listening: Listening): Promise<ChildProcess> {
  const settings: Record<string, string> = {
    ...SETTINGS,
    ...(listening.durable ? {} : CARELESS),
    listen_addresses: listening.port === undefined ? '' : '127.0.0.1',
    port: `${listening.port ?? SOCKET_PORT}`,
    // Relative to the data folder, which only the server's account and root may enter.
    unix_socket_directories: listening.socket ? '.' : '',
  }
  const { path, descriptor, options } = asAccount(place.account, place.data)
  const logStart = existsSync(place.logFile) ? statSync(place.logFile).size : 0
  const logDescriptor = openSync(place.logFile, 'a', 0o600)
  chmodSync(place.logFile, 0o600)
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // In a process group of its own: Ctrl-C in the terminal reaches EPROD alone, which stops the server last.
  const server = spawn(join(place.programs, 'bin/postgres'), ['-D', path, ...flags], {
    ...options,
    detached: true,
    stdio: ['ignore', logDescriptor, logDescriptor, descriptor],
  })
  closeSync(logDescriptor)
  closeSync(descriptor)
  const failed = new Promise<Error>((tell) => server.once('error', tell))
  const end = () => server.kill('SIGINT')
  process.once('exit', end)
  server.once('exit', () => process.off('exit', end))
  await ready(server, { place, failed, told: () => readFileSync(place.logFile).subarray(logStart).toString() })
  return server
}

async function ready(
  server: ChildProcess,
  seen: { place: Place; failed: Promise<Error>; told: () => string },
): Promise<void> {
  const { place } = seen
  for (let waited = 0; waited < START_MS; waited += 10) {
    const error = await Promise.race([seen.failed, pause(10)])
    if (error) throw error
    if (server.exitCode !== null || server.signalCode !== null) throw whyNot(place, seen.told())
    if (pidOf(place.data) === server.pid && isReady(place.data)) return
  }
  await stop(server)
  throw new Obstacle(`PostgreSQL did not start within ${START_MS / 1000} seconds: see ${place.logFile}.`)
}

function whyNot(place: Place, told: string): Obstacle {
  if (STILL_HELD.test(told)) return new StillHeld(inUse(place.data, undefined))
  if (/lock file ".*" already exists/.test(told)) return new Obstacle(inUse(place.data, pidOf(place.data)))
  const port = /could not bind IPv4 address/.test(told) ? 'its port is in use; ' : ''
  const last = told.split('\n').findLast((line) => /FATAL|PANIC/.test(line)) ?? told.trim().split('\n').at(-1)
  return new Obstacle(`PostgreSQL did not start: ${port}${last} (${place.logFile})`)
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise<void>((tell) => server.once('exit', () => tell()))
  const hard = setTimeout(() => server.kill('SIGQUIT'), STOP_MS)
  // Fast shutdown: running transactions are rolled back, what was committed is on disk.
  server.kill('SIGINT')
  await ended
  clearTimeout(hard)
}

async function ensureDatabase(cluster: Cluster): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.urlAs('postgres', 'postgres') })
  await client.connect()
  try {
    const owner = await client.query(`select from pg_roles where rolname = 'eprod_owner'`)
    if (owner.rowCount === 0) {
      const password = client.escapeLiteral(cluster.passwords.eprod_owner)
      await client.query(`create role eprod_owner login createrole createdb password ${password}`)
    }
    // Our definer functions switch it on in their header, which only a superuser, or whom it grants this, may write. At every
    // start: one that was broken off may have left the role without it.
    await client.query(`grant set on parameter "eprod.maintenance" to eprod_owner`)
    const database = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (database.rowCount === 0) await client.query(`create database ${DATABASE} owner eprod_owner`)
  } finally {
    await client.end()
  }
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  return await new Promise((tell, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => tell(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
