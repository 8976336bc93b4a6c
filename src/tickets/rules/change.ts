// What a move changes on a ticket and what the journal says of it. One place for people and the clock. Pure.
import { coverOf } from '#journal/rules.ts'
import type { DeadlineRules } from '#settings/rules.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { deadlineOf } from '#tickets/rules/deadlines.ts'
import type { Status } from '#tickets/rules/lifecycle.ts'
import { type Move, reasonOf } from '#tickets/rules/moves.ts'

/** A ticket as it is before the move. */
export interface Before {
  readonly status: Status
  readonly assignee_id: number | null
}

export interface Step {
  readonly ticket: Before
  readonly move: Move
  readonly next: Status
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

/** The columns a move changes. What belongs to a status (waiting, due, instants) goes when the status goes. */
export function changeOf(step: Step, by: { actor: Actor | 'clock'; now: Date }, rules: DeadlineRules): TicketChange {
  const { ticket, move, next } = step
  const staffId = by.actor !== 'clock' && by.actor.side === 'staff' ? by.actor.personId : undefined
  const change: { -readonly [K in keyof TicketChange]: TicketChange[K] } = {}
  if (move.verb === 'take' && staffId) change.assignee_id = staffId
  if (move.verb === 'assign' && move.assigneeId) change.assignee_id = move.assigneeId
  if (move.verb === 'give-back') change.assignee_id = null
  // Whoever asks or solves on an unassigned ticket becomes its assignee in the same step (product, section 3).
  if ((move.verb === 'ask' || move.verb === 'solve') && ticket.assignee_id === null && staffId) {
    change.assignee_id = staffId
  }
  if (next === ticket.status && move.verb !== 'ask') return change
  change.status = next
  change.due_at = deadlineOf(next, by.now, rules)
  change.waiting_type_id = next === 'pending' ? (move.waitingTypeId ?? null) : null
  change.waiting_reason = next === 'pending' ? reasonOf(move) : null
  if (next === 'solved') change.solved_at = by.now
  else if (next !== 'closed') change.solved_at = null
  if (next === 'closed') change.closed_at = by.now
  return change
}

/** The public facts of a move's journal entry. */
export function factsOf(
  step: Step,
  change: TicketChange,
  followUpId: number | undefined,
): Readonly<Record<string, unknown>> {
  const { ticket, move, next } = step
  return {
    from: ticket.status,
    to: next,
    ...(followUpId === undefined ? {} : { followUp: followUpId }),
    ...(change.assignee_id === undefined ? {} : { assigneeBefore: ticket.assignee_id, assignee: change.assignee_id }),
    ...(change.due_at ? { due: change.due_at.toISOString() } : {}),
    ...(move.outcome ? { outcome: move.outcome } : {}),
    ...(change.waiting_reason ? { reason: change.waiting_reason } : {}),
    // The clock's text is composed of what others wrote: covered without a salt, so that many entries are written as one is.
    ...(move.verb === 'lapse' ? { text: coverOf({ body: move.body ?? '' }).text } : {}),
  }
}
