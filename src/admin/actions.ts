// What an administrator can do to jobs and letters: have them tried again. The database asks for class 904 itself.
import { sql } from 'kysely'
import { record } from '#journal/actions.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'

export interface Again {
  readonly kind: 'job' | 'letter'
  /** One of them, or every one that failed. */
  readonly id: number | 'all'
}

/** Has jobs or refused letters tried again now; what is gone or runs already is passed over. Recorded. */
export async function tryAgain(by: { tx: Tx; actor: Actor; now: Date }, again: Again): Promise<boolean> {
  const { rows } = await sql<{ done: number }>`select (${asked(again, by.now)})::int as done`.execute(by.tx)
  const done = rows[0]?.done ?? 0
  if (done === 0) return false
  await record(by.tx, {
    thing: 'setting',
    thingId: again.kind,
    institutionId: by.actor.institutionId,
    actorId: by.actor.personId,
    event: 'try-again',
    at: by.now,
    facts: again.id === 'all' ? { rows: done } : { id: again.id },
    staffOnly: true,
  })
  return true
}

function asked({ kind, id }: Again, now: Date) {
  if (id === 'all') return kind === 'job' ? sql`eprod.try_jobs_again(${now})` : sql`eprod.send_letters_again()`
  return kind === 'job' ? sql`eprod.try_job_again(${id}, ${now})` : sql`eprod.send_letter_again(${id})`
}
