// What is kept of tickets: the only writer of ticket, follow_up, requested_document and ticket_observer.

import { sql } from 'kysely'
import type { Tx } from '#shared/db/connect.ts'
import type { FollowUpKind, Outcome } from '#shared/db/tables.ts'
import type { TicketChange } from '#tickets/rules/change.ts'
import type { Status } from '#tickets/rules/lifecycle.ts'
import type { RequestedDocument } from '#tickets/rules/moves.ts'

export interface NewTicket {
  readonly institutionId: number
  readonly requesterId: number
  readonly subject: string
  readonly formVersionId: number
  readonly caseCode: string
  readonly answers: Readonly<Record<string, unknown>>
  readonly plate: string | null
  readonly chassis: string | null
  readonly renavam: string | null
  readonly teamId: number | null
  readonly notifyEmail: string | null
  readonly copiedFrom: number | null
}

/** Inserts a ticket as Novo; returns its number. */
export async function insertTicket(tx: Tx, ticket: NewTicket, at: Date): Promise<number> {
  const row = await tx
    .insertInto('eprod.ticket')
    .values({
      institution_id: ticket.institutionId,
      requester_id: ticket.requesterId,
      subject: ticket.subject,
      form_version_id: ticket.formVersionId,
      case_code: ticket.caseCode,
      answers: JSON.stringify(ticket.answers),
      plate: ticket.plate,
      chassis: ticket.chassis,
      renavam: ticket.renavam,
      team_id: ticket.teamId,
      notify_email: ticket.notifyEmail,
      copied_from: ticket.copiedFrom,
      opened_at: at,
      updated_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export interface LockedTicket {
  readonly id: number
  readonly institution_id: number
  readonly status: Status
  readonly version: number
  readonly assignee_id: number | null
  readonly team_id: number | null
  readonly form_version_id: number
  readonly due_at: Date | null
  readonly waiting_type_id: number | null
  readonly waiting_reason: string | null
  readonly updated_at: Date
}

const LOCKED = [
  'id',
  'institution_id',
  'status',
  'version',
  'assignee_id',
  'team_id',
  'form_version_id',
  'due_at',
  'waiting_type_id',
  'waiting_reason',
  'updated_at',
] as const

/** Locks a ticket the context may see until the transaction ends; undefined: it does not exist for this actor. */
export async function lockTicket(tx: Tx, id: number): Promise<LockedTicket | undefined> {
  return await tx.selectFrom('eprod.ticket').select(LOCKED).where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
}

/** Locks up to `most` tickets due at `now`, the longest due first; those somebody else holds are passed over. */
export async function lockDue(tx: Tx, now: Date, most: number): Promise<LockedTicket[]> {
  return await tx
    .selectFrom('eprod.ticket')
    .select(LOCKED)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(sql.lit(most))
    .forNoKeyUpdate()
    .skipLocked()
    .execute()
}

/** Writes a change of a locked ticket; its version counts up by one. */
export async function updateTicket(tx: Tx, ticket: LockedTicket, change: TicketChange & { at: Date }): Promise<void> {
  const { at, ...columns } = change
  await tx
    .updateTable('eprod.ticket')
    .set({ ...columns, version: ticket.version + 1, updated_at: at })
    .where('id', '=', ticket.id)
    .execute()
}

/** Writes another address over the one typed into the form of a locked ticket; returns the one before. */
export async function setNotifyEmail(
  tx: Tx,
  ticket: LockedTicket,
  change: { address: string; at: Date },
): Promise<string | null> {
  const row = await tx.selectFrom('eprod.ticket').select('notify_email').where('id', '=', ticket.id).executeTakeFirst()
  await tx
    .updateTable('eprod.ticket')
    .set({ notify_email: change.address, version: ticket.version + 1, updated_at: change.at })
    .where('id', '=', ticket.id)
    .execute()
  return row?.notify_email ?? null
}

export interface NewFollowUp {
  readonly kind: FollowUpKind
  readonly authorId: number | null
  readonly body: string
  readonly at: Date
  readonly outcome?: Outcome | undefined
  readonly waitingTypeId?: number | undefined
  readonly waitingReason?: string | undefined
  readonly dueAt?: Date | null | undefined
  readonly requestKey?: string | undefined
}

/** Appends to the timeline; returns the follow-up's id. */
export async function insertFollowUp(tx: Tx, ticket: LockedTicket, followUp: NewFollowUp): Promise<number> {
  const row = await tx
    .insertInto('eprod.follow_up')
    .values({
      ticket_id: ticket.id,
      institution_id: ticket.institution_id,
      kind: followUp.kind,
      author_id: followUp.authorId,
      body: followUp.body,
      outcome: followUp.outcome ?? null,
      waiting_type_id: followUp.waitingTypeId ?? null,
      waiting_reason: followUp.waitingReason ?? null,
      due_at: followUp.dueAt ?? null,
      request_key: followUp.requestKey ?? null,
      created_at: followUp.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** The documents a request wants replaced. */
export async function insertRequestedDocuments(
  tx: Tx,
  request: { followUpId: number; institutionId: number },
  documents: readonly RequestedDocument[],
): Promise<void> {
  if (documents.length === 0) return
  await tx
    .insertInto('eprod.requested_document')
    .values(
      documents.map((wanted) => ({
        follow_up_id: request.followUpId,
        institution_id: request.institutionId,
        document: wanted.document,
        fault: wanted.fault,
      })),
    )
    .execute()
}

/** What a person wrote under a key before, or undefined. A key is unique within its ticket and author. */
export async function writtenBefore(
  tx: Tx,
  post: { ticketId: number; authorId: number; requestKey: string },
): Promise<{ kind: FollowUpKind; body: string } | undefined> {
  return await tx
    .selectFrom('eprod.follow_up')
    .select(['kind', 'body'])
    .where('ticket_id', '=', post.ticketId)
    .where('author_id', '=', post.authorId)
    .where('request_key', '=', post.requestKey)
    .executeTakeFirst()
}

/** Adds the job that fires the ticket's deadline at its due instant, instead of the one waiting for it. */
export async function enqueueDeadline(tx: Tx, ticketId: number): Promise<void> {
  await sql`select eprod.enqueue_deadline(${ticketId})`.execute(tx)
}

export interface ClockChange {
  readonly ticket: LockedTicket
  readonly change: TicketChange
  /** A solution without answer; absent: nothing is written on the timeline. */
  readonly body?: string | undefined
}

/** Appends the clock's solutions of many tickets; returns the follow-up's id of each ticket that has one. */
export async function insertClockSolutions(
  tx: Tx,
  changes: readonly ClockChange[],
  at: Date,
): Promise<Map<number, number>> {
  const written = changes.filter(({ body }) => body !== undefined)
  if (written.length === 0) return new Map()
  const rows = written.map(({ ticket, change, body }) => ({
    ticket_id: ticket.id,
    institution_id: ticket.institution_id,
    body: body?.trim(),
    due_at: change.due_at,
  }))
  const { rows: ids } = await sql<{ id: number; ticket_id: number }>`
    insert into eprod.follow_up (ticket_id, institution_id, kind, body, outcome, due_at, created_at)
    select r.ticket_id, r.institution_id, 'solution', r.body, 'no-answer', r.due_at, ${at}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(ticket_id bigint, institution_id int, body text, due_at timestamptz)
    returning id, ticket_id`.execute(tx)
  return new Map(ids.map((row) => [row.ticket_id, row.id]))
}

/** Writes the clock's changes of many locked tickets in one statement; each version counts up by one. */
export async function updateDue(tx: Tx, changes: readonly ClockChange[], at: Date): Promise<void> {
  const rows = changes.map(({ ticket, change }) => ({ id: ticket.id, version: ticket.version + 1, ...change }))
  await sql`update eprod.ticket t
     set status = r.status, version = r.version, updated_at = ${at}, due_at = r.due_at, waiting_type_id = null,
         waiting_reason = null, solved_at = coalesce(r.solved_at, t.solved_at), closed_at = r.closed_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id bigint, status text, version int, due_at timestamptz, solved_at timestamptz, closed_at timestamptz)
   where t.id = r.id`.execute(tx)
}

export interface Reminded {
  readonly ticketId: number
  readonly institutionId: number
  readonly status: Status
  readonly dueAt: Date
  readonly days: number
}

/** Waiting tickets with the reminder whose time has come last. Not for a deadline that began later than that. */
const soon = (now: Date, days: readonly number[]) => sql`
  from eprod.ticket t
  join lateral (select min(n) as days from unnest(${[...days]}::int[]) n
                 where t.due_at - make_interval(hours => 24 * n) <= ${now}) d on d.days is not null
 where t.due_at > ${now} and t.due_at <= ${now}::timestamptz + make_interval(hours => 24 * ${Math.max(...days)}::int)
   and not exists (select from eprod.reminder r where r.ticket_id = t.id and r.due_at = t.due_at and r.days = d.days)
   and exists (select from eprod.follow_up f where f.ticket_id = t.id and f.due_at = t.due_at
                  and f.created_at <= t.due_at - make_interval(hours => 24 * d.days))`

/**
 * Notes up to `most` reminders as sent. No ticket is locked: who answers one does not wait. Only its chain is taken, where
 * nobody else writes on it, and then it is asked again whether the ticket still waits. The key lets only one of two workers
 * write a reminder.
 */
export async function insertReminders(
  tx: Tx,
  now: Date,
  asked: { days: readonly number[]; most: number },
): Promise<Reminded[]> {
  // The lock of eprod.chain_entry.
  const { rows: taken } = await sql<{ id: number }>`
    select s.id from (select t.id ${soon(now, asked.days)} order by t.due_at limit ${sql.lit(asked.most)}) s
     where pg_try_advisory_xact_lock(hashtextextended('ticket:' || s.id, 7))`.execute(tx)
  if (taken.length === 0) return []
  const { rows } = await sql<Reminded>`
    with due as (select t.id, t.institution_id, t.status, t.due_at, d.days ${soon(now, asked.days)}
                    and t.id = any(${taken.map(({ id }) => id)}::bigint[])),
    noted as (
      insert into eprod.reminder (ticket_id, due_at, days, institution_id, sent_at)
      select id, due_at, days, institution_id, ${now} from due on conflict do nothing returning ticket_id, due_at, days)
    select s.id as "ticketId", s.institution_id as "institutionId", s.status, s.due_at as "dueAt", s.days
      from due s join noted n on n.ticket_id = s.id order by s.due_at, s.id`.execute(tx)
  return rows
}
