// Work that must not take long: a statement beyond its time is given up and the transaction goes on.
import { sql } from 'kysely'
import type { Tx } from '#shared/db/connect.ts'

const CANCELLED = '57014'

/** The result of `work`, or undefined when one of its statements took more than `ms` milliseconds. What it wrote then is undone. */
export async function within<T>(tx: Tx, ms: number, work: () => Promise<T>): Promise<T | undefined> {
  await sql.raw(`savepoint limited; set local statement_timeout = ${Math.ceil(ms)}`).execute(tx)
  try {
    const done = await work()
    await sql.raw('release limited; set local statement_timeout to default').execute(tx)
    return done
  } catch (error) {
    if ((error as { code?: string }).code !== CANCELLED) throw error
    await sql.raw('rollback to limited; release limited').execute(tx)
    return undefined
  }
}
