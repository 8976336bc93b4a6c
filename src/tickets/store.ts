// What is kept of tickets: the only writer of ticket, follow_up, requested_document and ticket_observer.

import type { Tx } from '#shared/db/connect.ts'
import type { FollowUpKind, Outcome } from '#shared/db/tables.ts'
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

/** Locks a ticket the context may see until the transaction ends; undefined: it does not exist for this actor. */
export async function lockTicket(tx: Tx, id: number): Promise<LockedTicket | undefined> {
  return await tx
    .selectFrom('eprod.ticket')
    .select([
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
    ])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export interface TicketChange {
  readonly status?: Status
  readonly assignee_id?: number | null
  readonly team_id?: number | null
  readonly waiting_type_id?: number | null
  readonly waiting_reason?: string | null
  readonly due_at?: Date | null
  readonly solved_at?: Date | null
  readonly closed_at?: Date | null
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

/** Was this post written before? Its key is unique within the ticket. */
export async function writtenBefore(tx: Tx, ticketId: number, requestKey: string): Promise<boolean> {
  const row = await tx
    .selectFrom('eprod.follow_up')
    .select('id')
    .where('ticket_id', '=', ticketId)
    .where('request_key', '=', requestKey)
    .executeTakeFirst()
  return row !== undefined
}
