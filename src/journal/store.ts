// What is kept of every change: the only writer of eprod.journal_entry. The chain is made by its trigger (0003-journal.sql).

import type { Entry } from '#journal/rules.ts'
import type { Tx } from '#shared/db/connect.ts'

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
