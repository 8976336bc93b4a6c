// Work that must not take long: a statement beyond its time is given up and the transaction goes on.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#shared/db/connect.ts'

const CANCELLED = '57014'

/** The result of `work`, or undefined when one of its statements took more than `ms` milliseconds. What it wrote then is undone. */
export async function within<T>(tx: Tx, ms: number, work: () => Promise<T>): Promise<T | undefined> {
  const asked = (...statements: RawBuilder<unknown>[]) => Promise.all(statements.map((one) => one.execute(tx)))
  // Not waited for: they leave with the first statements of the work.
  const limited = asked(
    sql`savepoint limited`,
    sql`select set_config('statement_timeout', ${String(Math.ceil(ms))}, true)`,
  )
  limited.catch(() => {})
  try {
    const done = await work()
    await asked(sql`release limited`, sql`set local statement_timeout to default`)
    return done
  } catch (error) {
    if ((error as { code?: string }).code !== CANCELLED) throw error
    await asked(sql`rollback to limited`, sql`release limited`)
    return undefined
  }
}
