// A transaction whose statements, asked for at once, travel at once: Kysely's own runs them one after the other, and on the
// path of a page each way to PostgreSQL and back costs more than most statements do.
import { type CompiledQuery, type DatabaseConnection, type QueryResult, Transaction } from 'kysely'
import type pg from 'pg'
import { type Db, doorOf, statementName, type Tx } from '#shared/db/connect.ts'
import { type Asked, Packet } from '#shared/db/packet.ts'
import type { Tables } from '#shared/db/tables.ts'

export interface Opening<First> {
  readonly db: Db
  /** Sent before anything else, in the packet of the statements asked for at once. */
  readonly first: CompiledQuery<First>
  /** The result may go out before the commit is known, where no statement changed a row. */
  readonly reading: boolean
  /** Of work that can be begun anew: what it was seen to need so far. */
  readonly habit?: Habit | undefined
  /** Aborted: the statement that runs is cancelled, no other is begun, and its reason is thrown. */
  readonly signal?: AbortSignal | undefined
}

/** How often in a row such work read what it needed in one packet and changed nothing; kept by whoever runs it. */
export interface Habit {
  streak: number
}

/** After so many times it is taken for granted: the commit leaves in the same packet, and the transaction may only read. */
const TRUSTED = 20

/** The transaction was ended in its one packet, and would have needed more: to be begun anew. Nothing was changed. */
export class NeedsMore extends Error {}

/**
 * Runs one transaction: commits what `run` returns, rolls back when that is undefined or it throws. The handle refuses
 * statements after that, since its connection then belongs to somebody else. With a habit it may throw NeedsMore.
 */
export async function inTransaction<First, Result>(
  opening: Opening<First>,
  run: (tx: Tx, first: Promise<readonly First[]>) => Promise<Result | undefined>,
): Promise<Result | undefined> {
  const { pool, cancel, ...props } = doorOf(opening.db)
  const client = await pool.connect()
  const sender = new Sender(client, { ...opening, cancel: () => cancel(client) })
  const executor = opening.db.getExecutor().withConnectionProvider({
    provideConnection: async (consumer) => await consumer(sender),
  })
  try {
    const first = sender.executeQuery<First>(opening.first).then(({ rows }) => rows)
    first.catch(() => {})
    const result = await run(new Transaction<Tables>({ ...props, executor }), first)
    if (result === undefined) await sender.end('rollback')
    else if (sender.changed || !opening.reading) await sender.commit()
    else sender.commit().catch(() => {})
    sender.needsNoMore()
    return result
  } catch (error) {
    // Before anything is waited for: what is asked for meanwhile must not run for the connection's next holder.
    await sender.end('rollback').catch(() => {})
    sender.needsNoMore()
    throw error
  }
}

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

/** Gathers what is asked for in one turn of the event loop, and sends it with `begin` in front of the first. */
class Sender implements DatabaseConnection {
  changed = false
  #packet: Packet | undefined
  #sent = 0
  #failed = false
  #ended = false
  /** Of a whole transaction; its commit is passed over where a statement before it failed. */
  #committed: Promise<{ command: string }> = Promise.resolve(NOTHING)
  readonly #client: pg.PoolClient
  readonly #habit: Habit | undefined
  readonly #whole: boolean
  readonly #signal: AbortSignal | undefined
  readonly #cancel: () => void
  #cancelling: Promise<unknown> | undefined

  constructor(
    client: pg.PoolClient,
    { habit, signal, cancel }: Pick<Opening<never>, 'habit' | 'signal'> & { cancel: () => Promise<unknown> },
  ) {
    this.#client = client
    this.#habit = habit
    this.#whole = habit !== undefined && habit.streak >= TRUSTED
    this.#signal = signal
    this.#cancel = () => {
      this.#cancelling = cancel().catch(() => {})
    }
    signal?.addEventListener('abort', this.#cancel)
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { command, rowCount, rows } = await this.#ask(sql, parameters)
    if (!CHANGES.has(command)) return { rows }
    this.changed = true
    return { rows, numAffectedRows: BigInt(rowCount ?? 0) }
  }

  // biome-ignore lint/correctness/useYield: it has no rows to give
  async *streamQuery(): AsyncGenerator<never> {
    throw new Error('a pipelined connection streams no rows')
  }

  async commit(): Promise<void> {
    if (this.#habit && !this.#whole) this.#habit.streak = this.#sent === 1 && !this.changed ? this.#habit.streak + 1 : 0
    // PostgreSQL answers so when a statement had failed whose error nobody passed on.
    if ((await this.end('commit')) === 'ROLLBACK') throw new Error('a statement of this transaction had failed')
  }

  /** Ends the transaction and gives the connection back; one that fails at it is thrown away. */
  async end(how: 'commit' | 'rollback'): Promise<string | undefined> {
    if (this.#ended) return undefined
    const ending = this.#whole ? undefined : this.#gather(how === 'commit' ? COMMIT : ROLLBACK)
    this.#send()
    this.#ended = true
    try {
      const { command } = await (ending ?? this.#committed)
      this.#signal?.removeEventListener('abort', this.#cancel)
      // Its next holder's statements are not to be met.
      await this.#cancelling
      this.#client.release()
      return command
    } catch (broken) {
      this.#signal?.removeEventListener('abort', this.#cancel)
      this.#client.release(broken as Error)
      throw broken
    }
  }

  /** Whatever failed in a whole transaction is done again in one that may take its time. */
  needsNoMore(): void {
    if (this.#whole && this.#failed) throw new NeedsMore()
  }

  async #ask(text: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    if (this.#ended) throw new Error('this transaction has ended')
    this.#signal?.throwIfAborted()
    const opening = this.#sent === 0 && !this.#packet
    try {
      if (this.#whole && this.#sent > 0) throw new NeedsMore()
      return await this.#gather({ text, name: statementName(text), values })
    } catch (error) {
      this.#failed = true
      // The visit may have to note that it goes on, once in a while, whatever the page is.
      if (this.#habit && !opening) this.#habit.streak = 0
      throw error
    }
  }

  #gather(asked: Asked): Promise<pg.QueryResult> {
    if (!this.#packet) {
      const packet = new Packet()
      this.#packet = packet
      if (this.#sent === 0) packet.add(this.#whole ? READ : BEGIN).catch(() => {})
      process.nextTick(() => packet === this.#packet && this.#send())
    }
    return this.#packet.add(asked)
  }

  #send(): void {
    const packet = this.#packet
    this.#packet = undefined
    if (!packet) return
    this.#sent += 1
    if (this.#whole) this.#committed = packet.add(COMMIT).catch(() => this.#client.query('rollback'))
    this.#committed.catch(() => {})
    this.#client.query(packet)
  }
}

const named = (text: string): Asked => ({ text, name: statementName(text), values: [] })
const BEGIN = named('begin')
const READ = named('begin read only')
const COMMIT = named('commit')
const ROLLBACK = named('rollback')
const NOTHING = { command: '' }
