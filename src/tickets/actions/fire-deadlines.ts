// The clock: 7 days of Pendente become Solucionado, 10 of Solucionado become Fechado (guide, step 4), and reminders before.
import { recordAll } from '#journal/actions.ts'
import { deadlineRules } from '#settings/reads.ts'
import type { Db, Tx } from '#shared/db/connect.ts'
import { enqueueAll } from '#shared/jobs.ts'
import { DAY_MS } from '#shared/kit/dates.ts'
import { FIRE_DEADLINE, moveTicket } from '#tickets/actions/move-ticket.ts'
import { dueTickets } from '#tickets/reads/clock-plan.ts'
import { lastRequests } from '#tickets/reads/request.ts'
import { factsOf } from '#tickets/rules/change.ts'
import { clockMove, clockStep } from '#tickets/rules/clock.ts'
import { REMINDER_DAYS } from '#tickets/rules/deadlines.ts'
import { insertClockSolutions, insertReminders, lockDue, lockTicket, updateDue } from '#tickets/store.ts'

/** Tickets of one transaction: large enough for its fixed cost to vanish, small enough to hold few locks. */
const BATCH = 250

/** Fires every deadline due at `now`, the longest due first, each exactly once; returns how many. */
export async function fireDeadlines(db: Db, now: Date): Promise<number> {
  return await inBatches(db, (tx) => fireBatch(tx, now))
}

/** The same where many at once failed: each by itself, so that only the one that cannot be fired is left; returns how many. */
export async function fireOneByOne(db: Db, now: Date): Promise<number> {
  let fired = 0
  for (const id of await db.transaction().execute((tx) => dueTickets(tx, now))) {
    fired += Number(await fireDeadline(db, id, now).catch(() => false))
  }
  return fired
}

/** Sends the reminders whose time has come at `now`, each exactly once; returns how many. */
export async function remindOfDeadlines(db: Db, now: Date): Promise<number> {
  return await inBatches(db, (tx) => remindBatch(tx, now))
}

/** Until a batch is not full: the rest is somebody else's, or comes with the next minute. */
async function inBatches(db: Db, batch: (tx: Tx) => Promise<number>): Promise<number> {
  for (let sum = 0; ; ) {
    const done = await db.transaction().execute(batch)
    sum += done
    if (done < BATCH) return sum
  }
}

/** Lock, decide, write, record, enqueue: as moveTicket does, for many tickets in one statement each. */
async function fireBatch(tx: Tx, now: Date): Promise<number> {
  const tickets = await lockDue(tx, now, BATCH)
  if (tickets.length === 0) return 0
  const rules = await deadlineRules(tx)
  const requests = await requestsOf(tx, tickets)
  const steps = tickets.map((ticket) => ({
    ...clockStep({ ticket, asked: requests.get(ticket.id) }, now, rules),
    ticket,
  }))
  const followUps = await insertClockSolutions(
    tx,
    steps.map(({ ticket, change, move }) => ({ ticket, change, body: move.body })),
    now,
  )
  await updateDue(tx, steps, now)
  await recordAll(
    tx,
    steps.map((step) => ({
      thing: 'ticket',
      thingId: step.ticket.id,
      institutionId: step.ticket.institution_id,
      actorId: null,
      event: step.move.verb,
      at: now,
      facts: factsOf(step, step.change, followUps.get(step.ticket.id)),
    })),
  )
  const waiting = steps.flatMap(({ ticket, change }) =>
    change.due_at
      ? [{ payload: { ticketId: ticket.id }, at: change.due_at, key: `${FIRE_DEADLINE}:${ticket.id}` }]
      : [],
  )
  await enqueueAll(tx, FIRE_DEADLINE, waiting)
  return tickets.length
}

async function remindBatch(tx: Tx, now: Date): Promise<number> {
  const reminded = await insertReminders(tx, now, { days: REMINDER_DAYS, most: BATCH })
  await recordAll(
    tx,
    reminded.map(({ ticketId, institutionId, status, dueAt }) => ({
      thing: 'ticket',
      thingId: ticketId,
      institutionId,
      actorId: null,
      event: 'remind',
      at: now,
      // What is really left: after a stop a reminder may come late.
      facts: {
        from: status,
        to: status,
        due: dueAt.toISOString(),
        days: Math.ceil((dueAt.getTime() - now.getTime()) / DAY_MS),
      },
    })),
  )
  return reminded.length
}

/**
 * Fires one ticket's deadline if it is due at `now`. Locks the row first, so that an answer in the same second wins or
 * loses as a whole. Returns whether it moved.
 */
export async function fireDeadline(db: Db, ticketId: number, now: Date): Promise<boolean> {
  return await db.transaction().execute(async (tx) => {
    const ticket = await lockTicket(tx, ticketId)
    if (!ticket?.due_at || ticket.due_at.getTime() > now.getTime()) return false
    const requests = await requestsOf(tx, [ticket])
    await moveTicket({ tx, actor: 'clock', now }, ticketId, clockMove(ticket, requests.get(ticketId)))
    return true
  })
}

function requestsOf(tx: Tx, tickets: readonly { id: number; status: string }[]) {
  return lastRequests(
    tx,
    tickets.filter(({ status }) => status === 'pending').map(({ id }) => id),
  )
}
