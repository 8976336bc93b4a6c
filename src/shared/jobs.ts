// Adds a job inside the transaction: no effect for a rolled-back change, none lost after a commit.
import { sql } from 'kysely'
import type { Tx } from '#shared/db/connect.ts'

/** Enqueues a task (`room.verb-noun`) for many payloads in one statement; `at`: not before; `key`: replaces a waiting job. The worker only. */
export async function enqueueAll(
  tx: Tx,
  task: string,
  jobs: readonly { payload: unknown; at: Date; key: string }[],
): Promise<void> {
  if (jobs.length === 0) return
  await sql`select eprod.enqueue(${task}, j.payload, j.at, j.key)
    from jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb) as j(payload jsonb, at timestamptz, key text)`.execute(tx)
}
