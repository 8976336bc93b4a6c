// What can be done with the journal: record a change.
import type { Entry } from '#journal/rules.ts'
import { insertEntries, insertEntry } from '#journal/store.ts'
import type { Tx } from '#shared/db/connect.ts'

/** The last step of every action: the change becomes one entry, in the same transaction. */
export async function record(tx: Tx, entry: Entry): Promise<void> {
  await insertEntry(tx, entry)
}

/** The same for many changes of one kind at once, as the clock makes them. None has a private part. */
export async function recordAll(tx: Tx, entries: readonly Omit<Entry, 'privateFacts'>[]): Promise<void> {
  if (entries.length > 0) await insertEntries(tx, entries)
}
