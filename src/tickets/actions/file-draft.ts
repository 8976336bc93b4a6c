// Files a checked draft: the ticket is opened and the draft remembers it, in one transaction.
import { type Filler, markFiled } from '#forms/actions.ts'
import type { Draft } from '#forms/reads.ts'
import { documentsOf } from '#forms/rules/definition.ts'
import { filingFacts } from '#forms/rules/filing.ts'
import type { Values } from '#forms/rules/question-type.ts'
import { openTicket } from '#tickets/actions/open-ticket.ts'

/** Opens the ticket of a draft whose `values` were found without problems; the caller holds the draft's lock. */
export async function fileDraft(filler: Filler, draft: Draft, values: Values): Promise<{ ticketId: number }> {
  const ticketId = await openTicket(filler, {
    ...filingFacts(draft.definition, values),
    draftId: draft.id,
    documents: documentsOf(draft.definition).map(({ key }) => key),
    formVersionId: draft.formVersionId,
    answers: values,
    copiedFrom: draft.copiedFrom,
  })
  await markFiled(filler, draft.id, ticketId)
  return { ticketId }
}
