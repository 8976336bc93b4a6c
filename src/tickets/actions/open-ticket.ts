// Opens a ticket from a checked draft: writes it, claims its files, records. Filing the same draft twice is the forms room's to stop.
import { claimForTicket } from '#attachments/actions.ts'
import { record } from '#journal/actions.ts'
import { coverOf } from '#journal/rules.ts'
import type { Tx } from '#shared/db/connect.ts'
import { type Actor, mayWriteForInstitution } from '#shared/kit/actor.ts'
import { Refusal } from '#shared/refusals.ts'
import { teamForNewTickets } from '#tickets/reads/references.ts'
import { insertTicket } from '#tickets/store.ts'

/** What a checked draft says of the ticket to be. Identifiers are canonical. */
export interface Filing {
  readonly draftId: string
  /** Keys of the form's documents, in their order. */
  readonly documents: readonly string[]
  readonly formVersionId: number
  readonly subject: string
  readonly caseCode: string
  readonly answers: Readonly<Record<string, unknown>>
  readonly plate: string | null
  readonly chassis: string | null
  readonly renavam: string | null
  readonly notifyEmail: string | null
  readonly copiedFrom: number | null
}

/** Opens the ticket as Novo with the team RECONET in charge; returns its number. Refuses without classes 122 and 151. */
export async function openTicket(
  opener: { readonly tx: Tx; readonly actor: Actor; readonly now: Date },
  filing: Filing,
): Promise<number> {
  const { tx, actor, now } = opener
  if (!mayWriteForInstitution(actor)) throw new Refusal('needs-include-class')
  const { draftId, documents, ...facts } = filing
  const ticketId = await insertTicket(
    tx,
    { ...facts, institutionId: actor.institutionId, requesterId: actor.personId, teamId: await teamForNewTickets(tx) },
    now,
  )
  const files = await claimForTicket(tx, { draftId, ticketId, documents })
  await record(tx, {
    thing: 'ticket',
    thingId: ticketId,
    institutionId: actor.institutionId,
    actorId: actor.personId,
    event: 'open',
    at: now,
    facts: {
      from: null,
      to: 'new',
      case: filing.caseCode,
      formVersion: filing.formVersionId,
      copiedFrom: filing.copiedFrom,
    },
    privateFacts: {
      plate: filing.plate,
      chassis: filing.chassis,
      renavam: filing.renavam,
      ...coverOf({ body: filing.answers, files }),
    },
  })
  return ticketId
}
