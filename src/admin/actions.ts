// What an administrator can do to jobs and letters: have them tried again. The database asks for class 904 itself.
import { sql } from 'kysely'
import { record } from '#journal/actions.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'

export interface Again {
  readonly kind: 'job' | 'letter'
  readonly id: number
}

/** Has a job or a refused letter tried again now; what is gone or runs already is passed over. Recorded. */
export async function tryAgain(by: { tx: Tx; actor: Actor; now: Date }, again: Again): Promise<boolean> {
  const asked =
    again.kind === 'job'
      ? sql<{ done: boolean }>`select eprod.try_job_again(${again.id}, ${by.now}) as done`
      : sql<{ done: boolean }>`select eprod.send_letter_again(${again.id}) as done`
  const { rows } = await asked.execute(by.tx)
  if (!rows[0]?.done) return false
  await record(by.tx, {
    thing: 'setting',
    thingId: again.kind,
    institutionId: by.actor.institutionId,
    actorId: by.actor.personId,
    event: 'try-again',
    at: by.now,
    facts: { id: again.id },
    staffOnly: true,
  })
  return true
}
