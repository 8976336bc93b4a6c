// Corrects the address typed into the form of an open ticket: lock → decide → write → record, as a move does; no status changes.
import { record } from '#journal/actions.ts'
import type { Tx } from '#shared/db/connect.ts'
import { type Actor, mayWriteForInstitution } from '#shared/kit/actor.ts'
import { found, Refusal } from '#shared/refusals.ts'
import { lockTicket, setNotifyEmail } from '#tickets/store.ts'

/** `address`: checked by the caller. Refusals: `not-found`, `needs-include-class`, `closed-stays-closed`. */
export async function correctEmail(
  mover: { readonly tx: Tx; readonly actor: Actor; readonly now: Date },
  ticketId: number,
  address: string,
): Promise<void> {
  const { tx, actor, now } = mover
  const ticket = found(await lockTicket(tx, ticketId))
  if (!mayWriteForInstitution(actor)) throw new Refusal('needs-include-class')
  if (ticket.status === 'closed') throw new Refusal('closed-stays-closed')
  const before = await setNotifyEmail(tx, ticket, { address, at: now })
  await record(tx, {
    thing: 'ticket',
    thingId: ticketId,
    institutionId: ticket.institution_id,
    actorId: actor.personId,
    event: 'correct-email',
    at: now,
    facts: { from: ticket.status, to: ticket.status },
    privateFacts: { before, after: address },
  })
}
