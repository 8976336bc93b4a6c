// Adds a job inside the transaction: no effect for a rolled-back change, none lost after a commit.
import { sql } from 'kysely'
import type { Tx } from '#shared/db/connect.ts'

/** Enqueues a task (`room.verb-noun`) with its payload; `at`: not before; `key`: replaces a waiting job of the same key. */
export async function enqueue(tx: Tx, task: string, job: { payload: unknown; at?: Date; key?: string }): Promise<void> {
  await sql`select eprod.enqueue(${task}, ${JSON.stringify(job.payload)}::jsonb, ${job.at ?? null}::timestamptz, ${job.key ?? null})`.execute(
    tx,
  )
}

/** Enqueues one task for many payloads in one statement. */
export async function enqueueAll(
  tx: Tx,
  task: string,
  jobs: readonly { payload: unknown; at: Date; key: string }[],
): Promise<void> {
  if (jobs.length === 0) return
  await sql`select eprod.enqueue(${task}, j.payload, j.at, j.key)
    from jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb) as j(payload jsonb, at timestamptz, key text)`.execute(tx)
}
