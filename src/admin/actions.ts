// What an administrator can do to jobs and letters: have them tried again, or lay aside what failed. The database asks for class 904 itself.
import { sql } from 'kysely'
import { record } from '#journal/actions.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'

export interface Again {
  readonly kind: 'job' | 'letter'
  /** One of them, or every one that failed. */
  readonly id: number | 'all'
}

interface By {
  readonly tx: Tx
  readonly actor: Actor
  readonly now: Date
}

/** Has jobs or refused letters tried again now; what is gone or runs already is passed over. Recorded. */
export async function tryAgain(by: By, again: Again): Promise<boolean> {
  const { rows } = await sql<{ done: number }>`select (${asked(again, by.now)})::int as done`.execute(by.tx)
  const done = rows[0]?.done ?? 0
  if (done > 0) await note(by, 'try-again', { ...again, rows: done })
  return done > 0
}

/** A job or letter that failed and that nobody wants tried again: it goes from the lists and from what a monitor counts. Recorded. */
export async function layAside(by: By, { kind, id }: { kind: Again['kind']; id: number }): Promise<boolean> {
  const aside =
    kind === 'job' ? sql`eprod.lay_job_aside(${id}, ${by.now})` : sql`eprod.lay_letter_aside(${id}, ${by.now})`
  const { rows } = await sql<{ done: boolean }>`select ${aside} as done`.execute(by.tx)
  const done = rows[0]?.done ?? false
  if (done) await note(by, 'lay-aside', { kind, id, rows: 1 })
  return done
}

async function note(by: By, event: 'try-again' | 'lay-aside', done: Again & { rows: number }): Promise<void> {
  await record(by.tx, {
    thing: done.kind,
    thingId: done.id,
    institutionId: by.actor.institutionId,
    actorId: by.actor.personId,
    event,
    at: by.now,
    facts: done.id === 'all' ? { rows: done.rows } : {},
    staffOnly: true,
  })
}

function asked({ kind, id }: Again, now: Date) {
  if (id === 'all') return kind === 'job' ? sql`eprod.try_jobs_again(${now})` : sql`eprod.send_letters_again()`
  return kind === 'job' ? sql`eprod.try_job_again(${id}, ${now})` : sql`eprod.send_letter_again(${id})`
}
