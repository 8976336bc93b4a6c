// What is kept of every change: the only writer of eprod.journal_entry. The chain is made by its trigger (0003-journal.sql).

import { sql } from 'kysely'
import type { Entry } from '#journal/rules.ts'
import type { Db, Tx } from '#shared/db/connect.ts'

/** Appends one entry; `seq`, hashes and salt are the database's. */
export async function insertEntry(tx: Tx, entry: Entry): Promise<void> {
  await tx
    .insertInto('eprod.journal_entry')
    .values({
      thing: entry.thing,
      thing_id: String(entry.thingId),
      institution_id: entry.institutionId,
      actor_id: entry.actorId,
      event: entry.event,
      at: entry.at,
      public_part: JSON.stringify(entry.facts),
      private_part: entry.privateFacts ? JSON.stringify(entry.privateFacts) : null,
      staff_only: entry.staffOnly ?? false,
    })
    .execute()
}

/** Appends many entries without private parts in one statement, in their order. */
export async function insertEntries(tx: Tx, entries: readonly Entry[]): Promise<void> {
  const rows = entries.map((entry) => ({
    thing: entry.thing,
    thing_id: String(entry.thingId),
    institution_id: entry.institutionId,
    actor_id: entry.actorId,
    event: entry.event,
    at: entry.at,
    facts: entry.facts,
    staff_only: entry.staffOnly ?? false,
  }))
  await sql`insert into eprod.journal_entry (thing, thing_id, institution_id, actor_id, event, at, public_part, staff_only)
    select r.thing, r.thing_id, r.institution_id, r.actor_id, r.event, r.at, r.facts, r.staff_only
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(thing text, thing_id text, institution_id int, actor_id int, event text, at timestamptz, facts jsonb, staff_only boolean)`.execute(
    tx,
  )
}

/** Seals a day, `AAAA-MM-DD`, once (0043-readings-and-seals.sql). */
export async function sealDay(db: Db, day: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select eprod.seal_day(${day}::date, ${now}) as done`.execute(db)
  return rows[0]?.done ?? false
}
