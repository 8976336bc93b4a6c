// Moves a ticket: lock → decide → write → record → enqueue, in one transaction. Every change of an open ticket passes here.
import { claimForTicket, ownUnsent } from '#attachments/actions.ts'
import { refusedBy } from '#attachments/rules/checks.ts'
import { record } from '#journal/actions.ts'
import { type Covered, coverOf } from '#journal/rules.ts'
import { deadlineRules } from '#settings/reads.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { FollowUpKind, Outcome } from '#shared/db/tables.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { bad, type Checked, good } from '#shared/problems.ts'
import { found, Refusal } from '#shared/refusals.ts'
import { referenceProblems } from '#tickets/reads/references.ts'
import { changeOf, factsOf, type TicketChange } from '#tickets/rules/change.ts'
import { isTooLate } from '#tickets/rules/deadlines.ts'
import { decide, type Status, type Verb } from '#tickets/rules/lifecycle.ts'
import { type Move, problemsOf, reasonOf } from '#tickets/rules/moves.ts'
import {
  enqueueDeadline,
  insertFollowUp,
  insertRequestedDocuments,
  type LockedTicket,
  lockTicket,
  updateTicket,
  writtenBefore,
} from '#tickets/store.ts'

/** Who moves, in which transaction, when. */
export interface Mover {
  readonly tx: Tx
  readonly actor: Actor | 'clock'
  readonly now: Date
}

export interface Moved {
  readonly status: Status
  /** The same post was written before; nothing was written now. */
  readonly again: boolean
}

/** The task that fires one ticket's deadline at its due instant. */
export const FIRE_DEADLINE = 'tickets.fire-deadline'

const KINDS: Partial<Record<Verb, FollowUpKind>> = {
  ask: 'request',
  answer: 'follow-up',
  'follow-up': 'follow-up',
  note: 'note',
  solve: 'solution',
  lapse: 'solution',
  approve: 'approval',
  refuse: 'refusal',
}

/** A locked ticket and where a move would lead it; `again`: the same post was written before. */
interface Standing {
  readonly ticket: LockedTicket
  readonly next: Status
  readonly again: boolean
}

/**
 * Locks the ticket and tells whether a move is let through, before anything is done for it: no file of a refused post is
 * laid by. Refusals: `not-found` (or not visible), `changed-meanwhile`, `deadline-over`, and those of
 * `decide`.
 */
export async function admitMove(mover: Mover, ticketId: number, move: Move): Promise<Standing> {
  const { tx, actor } = mover
  const ticket = found(await lockTicket(tx, ticketId))
  if (actor !== 'clock' && (await isRepeated(tx, { ticketId, authorId: actor.personId }, move))) {
    return { ticket, next: ticket.status, again: true }
  }
  const decision = decide({ status: ticket.status, assigned: ticket.assignee_id !== null }, move.verb, actor)
  if (!decision.ok) throw new Refusal(decision.code)
  if (actor !== 'clock' && isTooLate(ticket, move.verb, mover.now)) throw new Refusal('deadline-over')
  if (move.version !== undefined && move.version !== ticket.version) throw new Refusal('changed-meanwhile')
  if (move.seenAssignee !== undefined && move.seenAssignee !== ticket.assignee_id)
    throw new Refusal('changed-meanwhile')
  return { ticket, next: decision.next, again: false }
}

/** Was the very same written before under the move's key? Another text under it is not to be lost: `changed-meanwhile`. */
async function isRepeated(tx: Tx, by: { ticketId: number; authorId: number }, move: Move): Promise<boolean> {
  const before = move.requestKey && (await writtenBefore(tx, { ...by, requestKey: move.requestKey }))
  if (!before) return false
  if (before.kind === KINDS[move.verb] && before.body === (move.body?.trim() ?? '')) return true
  throw new Refusal('changed-meanwhile')
}

/**
 * Does one verb of the life cycle. The files it names, laid by for this ticket by the actor, are claimed by the follow-up
 * it writes. Problems: what the move lacks. Refusals: those of `admitMove`.
 */
export async function moveTicket(mover: Mover, ticketId: number, asked: Move): Promise<Checked<Moved>> {
  const { tx, actor, now } = mover
  const { ticket, next, again } = await admitMove(mover, ticketId, asked)
  if (again) return good({ status: ticket.status, again })
  const files =
    actor === 'clock' ? [] : await ownUnsent(tx, { ticketId, personId: actor.personId, ids: asked.files ?? [] })
  const move = { ...asked, files: files.map(({ id }) => id) }
  const infected = files.flatMap((file) => refusedBy(file, { field: 'arquivos', now }) ?? [])
  const problems = [...problemsOf(move, files.length), ...infected, ...(await referenceProblems(tx, ticket, move))]
  if (problems.length > 0) return bad(...problems)
  const change = changeOf({ ticket, move, next }, mover, await deadlineRules(tx))
  const written = await writeFollowUp(mover, { ticket, move, dueAt: change.due_at ?? null })
  // A private note leaves no trace on the ticket itself: neither its version nor its last update may tell of it.
  if (move.verb !== 'note') await updateTicket(tx, ticket, { ...change, at: now })
  await recordMove(mover, { ticket, move, change, next, written })
  if (change.due_at) await enqueueDeadline(tx, ticketId)
  return good({ status: next, again: false })
}

interface Written {
  readonly followUpId: number
  readonly covered: Covered
}

async function writeFollowUp(
  mover: Mover,
  asked: { ticket: LockedTicket; move: Move; dueAt: Date | null },
): Promise<Written | undefined> {
  const { ticket, move } = asked
  const kind = KINDS[move.verb]
  if (!kind) return undefined
  const personId = mover.actor === 'clock' ? null : mover.actor.personId
  const body = move.body?.trim() ?? ''
  const followUpId = await insertFollowUp(mover.tx, ticket, {
    kind,
    authorId: personId,
    body,
    at: mover.now,
    outcome: move.outcome as Outcome | undefined,
    waitingTypeId: kind === 'request' ? move.waitingTypeId : undefined,
    waitingReason: kind === 'request' ? reasonOf(move) : undefined,
    dueAt: kind === 'request' || kind === 'solution' ? asked.dueAt : undefined,
    requestKey: move.requestKey,
  })
  const request = { followUpId, institutionId: ticket.institution_id }
  const documents = kind === 'request' ? (move.documents ?? []) : []
  await insertRequestedDocuments(mover.tx, request, documents)
  // A private note takes no files: their numbers would tell the institution that there is one.
  const files =
    personId === null || kind === 'note'
      ? []
      : await claimForTicket(mover.tx, { unsentOf: personId, ticketId: ticket.id, followUpId, files: move.files ?? [] })
  return { followUpId, covered: coverOf({ body, files, documents }) }
}

async function recordMove(
  mover: Mover,
  done: { ticket: LockedTicket; move: Move; next: Status; change: TicketChange; written: Written | undefined },
): Promise<void> {
  const { ticket, move, change, written } = done
  await record(mover.tx, {
    thing: move.verb === 'note' ? 'ticket-note' : 'ticket',
    thingId: ticket.id,
    institutionId: ticket.institution_id,
    actorId: mover.actor === 'clock' ? null : mover.actor.personId,
    event: move.verb,
    at: mover.now,
    staffOnly: move.verb === 'note',
    facts: factsOf(done, change, written?.followUpId),
    ...(written && mover.actor !== 'clock' ? { privateFacts: { ...written.covered } } : {}),
  })
}
