// What can be done with the journal: record a change.
import type { Entry } from '#journal/rules.ts'
import { insertEntries, insertEntry, sealDay } from '#journal/store.ts'
import type { Db, Tx } from '#shared/db/connect.ts'

/** The last step of every action: the change becomes one entry, in the same transaction. */
export async function record(tx: Tx, entry: Entry): Promise<void> {
  await insertEntry(tx, entry)
}

/** The same for many changes of one kind at once, as the clock makes them. None has a private part. */
export async function recordAll(tx: Tx, entries: readonly Omit<Entry, 'privateFacts'>[]): Promise<void> {
  if (entries.length > 0) await insertEntries(tx, entries)
}

/** São Paulo's midnight is three hours after UTC's, in every season. */
const OFFSET_MS = 3 * 3_600_000

/** Seals the day that ended last in São Paulo: all entries and readings up to now. Returns whether it was not sealed before. */
export async function sealDayBefore(db: Db, now: Date): Promise<boolean> {
  const day = new Date(now.getTime() - OFFSET_MS - 86_400_000).toISOString().slice(0, 10)
  return await sealDay(db, day, now)
}
