// What can be done with the journal: record a change.
import type { Entry } from '#journal/rules.ts'
import { insertEntry } from '#journal/store.ts'
import type { Tx } from '#shared/db/connect.ts'

/** The last step of every action: the change becomes one entry, in the same transaction. */
export async function record(tx: Tx, entry: Entry): Promise<void> {
  await insertEntry(tx, entry)
}
