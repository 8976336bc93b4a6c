// Opens pools and the one handle type of the database. Every statement is a named prepared one, except those that say
// `/* plan anew */`: a generic plan took a search from 2.8 ms to 1.7 s.

import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import { Kysely, type KyselyProps, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { Packet } from '#shared/db/packet.ts'
import type { Tables } from '#shared/db/tables.ts'

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

/** Put at the start of a statement that must be planned for its own values. */
export const PLAN_ANEW = '/* plan anew */'

const names = new Map<string, string>()
/** Keeps a runaway of generated statements from filling memory on both ends. */
const MOST_NAMES = 500

/** The prepared statement's name for a text, or undefined when it is to be planned anew. */
export function statementName(text: string): string | undefined {
  const known = names.get(text)
  if (known) return known
  if (text.startsWith(PLAN_ANEW) || names.size >= MOST_NAMES) return undefined
  const name = `s${createHash('sha256').update(text).digest('hex').slice(0, 20)}`
  names.set(text, name)
  return name
}

type Ask = (...given: unknown[]) => Promise<pg.QueryResult>
const EMPTY = { rows: [], fields: [], rowCount: null, oid: 0 }

/**
 * A client that names its prepared statements (Kysely as shipped sends them unnamed and so planned each time). Statements
 * of one turn of the event loop leave in one write, `begin` with the first of its transaction: each write costs more than
 * most statements do. A transaction without a statement is never begun.
 */
class NamingClient extends pg.Client {
  #beginWaits = false
  #gathering = false

  // biome-ignore lint/suspicious/noExplicitAny: pg's overloads are wider than any one signature
  override query(...given: any[]): any {
    const [text, values, ...rest] = given
    const ask = super.query.bind(this) as unknown as Ask
    if (text instanceof Packet) return ask(text)
    if (text === 'begin' && typeof values !== 'function') {
      this.#beginWaits = true
      return Promise.resolve({ ...EMPTY, command: 'BEGIN' })
    }
    if (this.#beginWaits && (text === 'commit' || text === 'rollback')) {
      this.#beginWaits = false
      return Promise.resolve({ ...EMPTY, command: text.toUpperCase() })
    }
    this.#gather()
    // Where `begin` fails the connection is gone, and the statement behind it says so.
    if (this.#beginWaits) ask('begin').catch(() => {})
    this.#beginWaits = false
    const name = nameFor(text, values)
    return name ? ask({ name, text, values }, ...rest) : ask(...given)
  }

  #gather(): void {
    if (this.#gathering) return
    const { stream } = (this as unknown as { connection: { stream: Socket } }).connection
    this.#gathering = true
    stream.cork()
    process.nextTick(() => {
      this.#gathering = false
      stream.uncork()
    })
  }
}

function nameFor(text: unknown, values: unknown): string | undefined {
  if (typeof text !== 'string' || !Array.isArray(values)) return undefined
  return values.length > 0 || text.startsWith('select ') ? statementName(text) : undefined
}

const types: pg.CustomTypesConfig = {
  // Identifiers and counts stay far below 2^53.
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

export interface Connection {
  readonly db: Db
  readonly pool: pg.Pool
  close(): Promise<void>
}

type Door = Omit<KyselyProps, 'executor'> & {
  readonly pool: pg.Pool
  /** Cancels what a connection of the pool is at. */
  readonly cancel: (client: pg.PoolClient) => Promise<unknown>
}
const doors = new WeakMap<Db, Door>()

/** The pool behind a handle that `connect` made, and what a transaction on it is made of. */
export function doorOf(db: Db): Door {
  const door = doors.get(db)
  if (!door) throw new Error('connect() did not make this handle')
  return door
}

/**
 * Connects to a database URL. `max` connections, of which one is waited for `waitSeconds` (5 unless said: a page is not to hang);
 * statements end after `statementSeconds` (0: never), so that a search no index can serve does not hold the house.
 */
export function connect(
  url: string,
  options: { max: number; statementSeconds?: number; waitSeconds?: number },
): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    Client: NamingClient,
    types,
    // Statements asked for at once travel at once.
    pipeline: true,
    statement_timeout: (options.statementSeconds ?? 10) * 1000,
    idle_in_transaction_session_timeout: 60_000,
    connectionTimeoutMillis: (options.waitSeconds ?? 5) * 1000,
  } as pg.PoolConfig)
  // A connection that PostgreSQL ended while idle is replaced at the next use; the pool must not bring the process down.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const config = { dialect: new PostgresDialect({ pool }) }
  const db = new Kysely<Tables>(config)
  const { cancel, close } = canceller(url)
  doors.set(db, { pool, cancel, config, dialect: config.dialect, driver: config.dialect.createDriver() })
  return { db, pool, close: () => Promise.all([db.destroy(), close()]).then(() => {}) }
}

/** By a connection of its own, open while it is needed: those of the pool may all be waiting to be cancelled. */
function canceller(url: string): { cancel: Door['cancel']; close: () => Promise<void> } {
  const side = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 5000 })
  side.on('error', () => {})
  const cancel: Door['cancel'] = (client) =>
    side.query('select pg_cancel_backend($1)', [(client as unknown as { processID: number }).processID])
  return { cancel, close: () => side.end() }
}

/** What time it is for the database: one clock for every process. */
export async function databaseNow(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  return rows[0]?.now ?? new Date()
}
