// What is kept of notifications: the only writer of notification, mail_choice, mail_address and held_letter.
import { sql } from 'kysely'
import type { Scope } from '#notifications/rules/kinds.ts'
import type { Link } from '#notifications/rules/links.ts'
import type { Db, Tx } from '#shared/db/connect.ts'
import type { Lang } from '#words/words.ts'

export interface NewNotification {
  readonly personId: number
  readonly entryId: number
  readonly ticketId: number
  readonly event: string
  readonly at: Date
  readonly digest: boolean
}

/** Lays lines for bells; returns those that were not there before, as `person entry`. */
export async function insertNotifications(tx: Tx, lines: readonly NewNotification[]): Promise<Set<string>> {
  if (lines.length === 0) return new Set()
  const { rows } = await sql<{ key: string }>`
    insert into eprod.notification (person_id, entry_id, ticket_id, event, at, digest)
    select r."personId", r."entryId", r."ticketId", r.event, r.at, r.digest
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
        as r("personId" int, "entryId" bigint, "ticketId" bigint, event text, at timestamptz, digest boolean)
    on conflict do nothing returning person_id || ' ' || entry_id as key`.execute(tx)
  return new Set(rows.map((row) => row.key))
}

/** Marks one's own lines as read: of some tickets, or all; `upTo`: of entries of the journal no newer than this one. */
export async function markRead(
  tx: Tx,
  whose: { personId: number; tickets?: readonly number[]; upTo?: number | undefined },
  at: Date,
): Promise<void> {
  let lines = tx
    .updateTable('eprod.notification')
    .set({ read_at: at })
    .where('person_id', '=', whose.personId)
    .where('read_at', 'is', null)
  if (whose.tickets) lines = lines.where('ticket_id', 'in', whose.tickets.length > 0 ? whose.tickets : [0])
  if (whose.upTo !== undefined) lines = lines.where('entry_id', '<=', whose.upTo)
  await lines.execute()
}

/**
 * Marks what a line of one's own leads to as read: all there is of its ticket, or the line itself where it is of none. Returns
 * where it leads; undefined: there is no such line of one's own.
 */
export async function followLine(
  tx: Tx,
  line: { personId: number; id: number },
  at: Date,
): Promise<{ ticketId: number | null; searchId: number | null } | undefined> {
  const { rows } = await sql<{ ticketId: number | null; searchId: number | null }>`
    select ticket_id as "ticketId", search_id as "searchId" from eprod.notification
     where id = ${line.id} and person_id = ${line.personId}`.execute(tx)
  const [of] = rows
  if (!of) return undefined
  // A statement of its own: an answer waits for the commit of what is seen to change.
  let lines = tx
    .updateTable('eprod.notification')
    .set({ read_at: at })
    .where('person_id', '=', line.personId)
    .where('read_at', 'is', null)
  lines = of.ticketId === null ? lines.where('id', '=', line.id) : lines.where('ticket_id', '=', of.ticketId)
  await lines.execute()
  return of
}

export interface MailChoice {
  readonly scope: Scope
  readonly digest: boolean
  readonly lang: Lang
}

/** Keeps one's own choice. */
export async function putChoice(
  tx: Tx,
  whose: { personId: number; institutionId: number },
  choice: MailChoice & { at: Date },
): Promise<void> {
  const { at, ...chosen } = choice
  const values = { ...chosen, changed_at: at }
  await tx
    .insertInto('eprod.mail_choice')
    .values({ person_id: whose.personId, institution_id: whose.institutionId, ...values })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(values))
    .execute()
}

/**
 * Notes that a letter goes to an address; true: it is the first one, so it brings the link that confirms. A link nobody followed
 * while letters waited for it is sent anew with the next ticket.
 */
export async function noteAddress(tx: Tx, of: { institutionId: number; address: string }, at: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into eprod.mail_address as m (institution_id, address, first_at)
    values (${of.institutionId}, ${of.address}, ${at})
    on conflict (institution_id, address) do update set first_at = excluded.first_at
      where m.first_at is null or m.confirmed_at is null and m.first_at < excluded.first_at - interval '7 days'
    returning address`.execute(tx)
  return rows.length > 0
}

/** Asks for the link to be sent again to a ticket's typed address; false: it needs none, or one went a while ago. */
export async function askAddress(tx: Tx, ticketId: number, at: Date): Promise<boolean> {
  const { rows } = await sql<{ asked: boolean }>`select eprod.ask_address(${ticketId}, ${at}) as asked`.execute(tx)
  return rows[0]?.asked ?? false
}

/** Lays a letter by until its address is confirmed. */
export async function holdLetter(
  tx: Tx,
  letter: { institutionId: number; address: string; entryId: number; until: Date },
): Promise<void> {
  await tx
    .insertInto('eprod.held_letter')
    .values({
      institution_id: letter.institutionId,
      address: letter.address,
      entry_id: letter.entryId,
      held_until: letter.until,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Takes what was laid by for an address; each once. */
export async function takeHeld(tx: Tx, of: { institutionId: number; address: string }): Promise<number[]> {
  const rows = await tx
    .deleteFrom('eprod.held_letter')
    .where('institution_id', '=', of.institutionId)
    .where('address', '=', of.address)
    .returning('entry_id')
    .execute()
  return rows.map((row) => row.entry_id).sort((a, b) => a - b)
}

/** Drops what nobody confirmed in time, and bell lines older than `before`. */
export async function dropOld(tx: Tx, now: Date, before: Date): Promise<void> {
  await tx.deleteFrom('eprod.held_letter').where('held_until', '<', now).execute()
  await tx.deleteFrom('eprod.notification').where('at', '<', before).where('digest', '=', false).execute()
}

/** Takes the lines that wait for a person's daily letter; each once. */
export async function takeDigest(tx: Tx, personId: number): Promise<number[]> {
  const rows = await tx
    .updateTable('eprod.notification')
    .set({ digest: false })
    .where('person_id', '=', personId)
    .where('digest', '=', true)
    .returning('entry_id')
    .execute()
  return rows.map((row) => row.entry_id).sort((a, b) => a - b)
}

/** Does what a letter's link says; its signature has been read. Nobody is signed in: definer functions write. */
export async function followLink(db: Db, link: Link, at: Date): Promise<void> {
  if ('personId' in link) await sql`select eprod.stop_mail(${link.personId}, ${at})`.execute(db)
  else if (link.does === 'stop')
    await sql`select eprod.stop_address(${link.institutionId}, ${link.address}, ${at})`.execute(db)
  else await sql`select eprod.confirm_address(${link.institutionId}, ${link.address}, ${at})`.execute(db)
}

/** Lays a line for the bell of whoever asked to be told of a search. */
export async function insertAlertLine(
  tx: Tx,
  of: { personId: number; searchId: number },
  line: { amount: number; at: Date },
): Promise<void> {
  await sql`insert into eprod.notification (person_id, search_id, event, amount, at)
    values (${of.personId}, ${of.searchId}, 'search-alert', ${line.amount}, ${line.at})`.execute(tx)
}
