// What screens and the verifier read of the journal.
import { sql } from 'kysely'
import type { Event, StoredEntry } from '#journal/rules.ts'
import type { Tx } from '#shared/db/connect.ts'

export interface HistoryRow {
  /** Of the entry. */
  readonly id: number
  readonly at: Date
  readonly event: Event
  readonly actor: string | null
  /** Whom the ticket was given to, where that changed. */
  readonly assignee: string | null
  readonly facts: Readonly<Record<string, unknown>>
}

/** The history of one thing, newest first, without private parts. Row-level security hides what is the staff's own. */
export async function historyOf(tx: Tx, things: readonly string[], thingId: number | string): Promise<HistoryRow[]> {
  const { rows } = await sql<HistoryRow>`
    select e.id, e.at, e.event, p.name as actor, e.public_part as facts,
           (select n.name from eprod.person n where n.id = (e.public_part->>'assignee')::int) as assignee
      from eprod.journal_entry e left join eprod.person p on p.id = e.actor_id
     where e.thing = any(${[...things]}::text[]) and e.thing_id = ${String(thingId)}
     order by e.id desc limit 500`.execute(tx)
  return rows
}

/** One thing's chain in order, as `firstBroken` wants it. */
export async function chainOf(tx: Tx, thing: string, thingId: number | string): Promise<StoredEntry[]> {
  const { rows } = await sql<StoredEntry>`
    select e.seq, encode(e.previous_hash, 'hex') as "previousHash", encode(e.hash, 'hex') as hash,
           eprod.journal_text(e) as text, e.private_part::text as "privateText", encode(e.salt, 'hex') as salt,
           encode(e.private_digest, 'hex') as "privateDigest"
      from eprod.journal_entry e where e.thing = ${thing} and e.thing_id = ${String(thingId)} order by e.seq`.execute(
    tx,
  )
  return rows
}
