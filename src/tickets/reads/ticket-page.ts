// What the ticket page shows: one query for the ticket, one for its timeline, one for its files.
import { sql } from 'kysely'
import { checkColumn } from '#attachments/reads.ts'
import type { FileCheck } from '#attachments/rules/checks.ts'
import type { Tx } from '#shared/db/connect.ts'
import { fixed } from '#shared/db/fixed.ts'
import type { FollowUpKind, Outcome } from '#shared/db/tables.ts'
import { found } from '#shared/refusals.ts'
import type { Status } from '#tickets/rules/lifecycle.ts'
import type { DocumentFault } from '#tickets/rules/moves.ts'

export interface TicketFacts {
  readonly id: number
  readonly institutionId: number
  readonly institution: string
  readonly status: Status
  readonly version: number
  readonly title: string
  readonly category: string
  readonly caseCode: string
  readonly formVersionId: number
  readonly answers: Readonly<Record<string, unknown>>
  readonly plate: string | null
  readonly chassis: string | null
  readonly renavam: string | null
  readonly requesterId: number
  readonly requester: string
  readonly assigneeId: number | null
  readonly assignee: string | null
  readonly team: string | null
  readonly observers: string | null
  readonly notifyEmail: string | null
  /** Nobody has followed the link of its first letter, or its letters were stopped; null for a person's own and one confirmed. */
  readonly emailState: 'unconfirmed' | 'stopped' | null
  /** Letters do not reach it. */
  readonly emailFails: boolean
  readonly waitingType: Readonly<Record<string, string>> | null
  readonly waitingReason: string | null
  readonly dueAt: Date | null
  readonly openedAt: Date
  readonly updatedAt: Date
  readonly solvedAt: Date | null
  readonly closedAt: Date | null
  readonly copiedFrom: number | null
  readonly copies: readonly number[]
}

/**
 * The facts of a ticket the context may see; `not-found` otherwise. Names of short tables are asked for by themselves: as a join
 * the planner reads all of such a table and sorts it.
 */
export async function ticketFacts(tx: Tx, id: number): Promise<TicketFacts> {
  const { rows } = await tx.executeQuery(fixed<TicketFacts>`
    select t.id, t.institution_id as "institutionId", i.name as institution, t.status, t.version, t.title, t.category,
           t.case_code as "caseCode", t.form_version_id as "formVersionId", t.answers, t.plate, t.chassis, t.renavam,
           t.requester_id as "requesterId", r.name as requester, t.assignee_id as "assigneeId", a.name as assignee,
           (select g.name from eprod.team g where g.id = t.team_id) as team, t.notify_email as "notifyEmail",
           (select case when m.stopped_at is not null then 'stopped' when m.confirmed_at is null then 'unconfirmed' end
              from eprod.mail_address m
             where m.institution_id = t.institution_id and m.address = lower(t.notify_email)) as "emailState",
           exists (select from eprod.failing_address b where b.address = lower(t.notify_email)) as "emailFails",
           (select w.name from eprod.waiting_type w where w.id = t.waiting_type_id) as "waitingType", t.waiting_reason as "waitingReason",
           t.due_at as "dueAt", t.opened_at as "openedAt", t.updated_at as "updatedAt", t.solved_at as "solvedAt",
           t.closed_at as "closedAt", t.copied_from as "copiedFrom",
           (select string_agg(og.name, ', ') from eprod.ticket_observer o join eprod.team og on og.id = o.team_id
             where o.ticket_id = t.id) as observers,
           array(select c.id::int from eprod.ticket c where c.copied_from = t.id order by c.id) as copies
      from eprod.ticket t
      join eprod.institution i on i.id = t.institution_id
      join eprod.person r on r.id = t.requester_id
      left join eprod.person a on a.id = t.assignee_id
     where t.id = ${id}`)
  return found(rows[0])
}

export interface TimelineRow {
  /** Of the journal entry. */
  readonly id: number
  readonly at: Date
  readonly event: string
  readonly from: Status | null
  readonly to: Status
  /** null: the clock. */
  readonly author: string | null
  readonly authorSide: 'institution' | 'staff' | null
  readonly authorInstitution: string | null
  readonly assignee: string | null
  readonly followUpId: number | null
  readonly kind: FollowUpKind | null
  readonly body: string | null
  readonly outcome: Outcome | null
  readonly waitingType: Readonly<Record<string, string>> | null
  readonly waitingReason: string | null
  readonly dueAt: Date | null
  readonly requested: readonly { document: string; fault: DocumentFault }[] | null
}

/** Of more, the newest are shown and the page says where the others are. Written out in `timeline`. */
export const MOST_ENTRIES = 1000

/**
 * The journal of a ticket with the follow-up each entry wrote, newest first. Row-level security leaves out private notes.
 * Whether the ticket is seen is asked once, before a row is looked at: these statements leave with the one for the facts, and what
 * belongs to a ticket of others would be read and then left out by the walls, which takes longer than finding nothing: 25 % of
 * the whole answer. The ticket's number leads to the follow-ups: `->>` is not leakproof, so that behind the walls no index serves their id.
 */
export async function timeline(tx: Tx, id: number): Promise<TimelineRow[]> {
  const { rows } = await tx.executeQuery(fixed<TimelineRow>`
    select e.id, e.at, e.event, e.public_part->>'from' as "from", e.public_part->>'to' as "to",
           p.name as author, p.side as "authorSide", i.name as "authorInstitution",
           (select n.name from eprod.person n where n.id = (e.public_part->>'assignee')::int) as assignee,
           f.id as "followUpId", f.kind, f.body, f.outcome, f.waiting_reason as "waitingReason", f.due_at as "dueAt",
           (select w.name from eprod.waiting_type w where w.id = f.waiting_type_id) as "waitingType",
           (select json_agg(json_build_object('document', d.document, 'fault', d.fault) order by d.document)
              from eprod.requested_document d where d.follow_up_id = f.id) as requested
      from eprod.journal_entry e
      left join eprod.person p on p.id = e.actor_id
      left join eprod.institution i on i.id = p.institution_id
      left join eprod.follow_up f on f.ticket_id = ${id} and f.id = (e.public_part->>'followUp')::bigint
     where e.thing in ('ticket', 'ticket-note') and e.thing_id = ${String(id)}
       and (select true from eprod.ticket where id = ${id})
     order by e.id desc limit 1000`)
  return rows
}

export interface TicketFile {
  readonly id: string
  readonly n: number | null
  readonly document: string
  readonly name: string
  readonly size: number
  readonly mediaType: string
  readonly followUpId: number | null
  readonly uploadedBy: number
  readonly staffOnly: boolean
  readonly check: FileCheck | null
}

/** Files of a ticket in their order; `n` null: laid by for a follow-up its writer has not sent yet. */
export async function ticketFiles(tx: Tx, id: number): Promise<TicketFile[]> {
  const { rows } = await sql<TicketFile>`
    with vehicle as (select array_remove(array[plate::text, chassis], null) as ids from eprod.ticket where id = ${id})
    select a.id, a.n, a.document, a.name, a.size, a.media_type as "mediaType", a.follow_up_id as "followUpId",
           a.uploaded_by as "uploadedBy", a.staff_only as "staffOnly", ${checkColumn(sql`vehicle.ids`)} as "check"
      from eprod.attachment a, vehicle where a.ticket_id = ${id} and (select true from eprod.ticket where id = ${id})
     order by a.n nulls last, a.uploaded_at`.execute(tx)
  return rows
}
