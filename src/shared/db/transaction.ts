// A transaction whose statements, asked for at once, travel at once: Kysely's own runs them one after the other, and on the
// path of a page each way to PostgreSQL and back costs more than most statements do.
import { type CompiledQuery, type DatabaseConnection, type QueryResult, Transaction } from 'kysely'
import type { PoolClient } from 'pg'
import { type Db, doorOf, type Tx } from '#shared/db/connect.ts'
import type { Tables } from '#shared/db/tables.ts'

export interface Opening<First> {
  readonly db: Db
  /** Sent before anything else, in the packet of the statements asked for at once. */
  readonly first: CompiledQuery<First>
  /** The result may go out before the commit is known, where no statement changed a row. */
  readonly reading: boolean
}

/**
 * Runs one transaction: commits what `run` returns, rolls back when that is undefined or it throws. The handle refuses
 * statements after that, since its connection then belongs to somebody else.
 */
export async function inTransaction<First, Result>(
  opening: Opening<First>,
  run: (tx: Tx, first: Promise<readonly First[]>) => Promise<Result | undefined>,
): Promise<Result | undefined> {
  const { pool, ...props } = doorOf(opening.db)
  const client = await pool.connect()
  const state = { ended: false, changed: false }
  const connection = connectionOf(client, state)
  const executor = opening.db.getExecutor().withConnectionProvider({
    provideConnection: async (consumer) => {
      if (state.ended) throw new Error('this transaction has ended')
      return await consumer(connection)
    },
  })
  try {
    client.query('begin').catch(() => {})
    const first = connection.executeQuery<First>(opening.first).then(({ rows }) => rows)
    first.catch(() => {})
    const result = await run(new Transaction<Tables>({ ...props, executor }), first)
    state.ended = true
    if (result === undefined) await end(client, 'rollback')
    else if (state.changed || !opening.reading) await commit(client)
    else commit(client).catch(() => {})
    return result
  } catch (error) {
    const begun = !state.ended
    // Before the connection goes back: what is asked for meanwhile must not run for its next holder.
    state.ended = true
    if (begun) await end(client, 'rollback').catch(() => {})
    throw error
  }
}

async function commit(client: PoolClient): Promise<void> {
  // PostgreSQL answers so when a statement had failed whose error nobody passed on.
  if ((await end(client, 'commit')) === 'ROLLBACK') throw new Error('a statement of this transaction had failed')
}

/** Ends the transaction and gives the connection back; one that fails at it is thrown away. */
async function end(client: PoolClient, how: 'commit' | 'rollback'): Promise<string> {
  try {
    const { command } = await client.query(how)
    client.release()
    return command
  } catch (broken) {
    client.release(broken as Error)
    throw broken
  }
}

interface State {
  ended: boolean
  changed: boolean
}

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

function connectionOf(client: PoolClient, state: State): DatabaseConnection {
  return {
    async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      const { command, rowCount, rows } = await client.query(sql, [...parameters])
      if (!CHANGES.has(command)) return { rows }
      state.changed = true
      return { rows, numAffectedRows: BigInt(rowCount ?? 0) }
    },
    streamQuery() {
      throw new Error('a pipelined connection streams no rows')
    },
  }
}
