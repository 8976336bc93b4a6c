// Gives back what a person sent to a ticket after the session had ended: the files laid by again, the text as an attempt.
import { addUnsentToTicket } from '#attachments/actions.ts'
import type { FileStore } from '#attachments/files.ts'
import { takeKeptPost } from '#forms/actions.ts'
import type { Problem } from '#shared/problems.ts'
import type { Visit } from '#shared/web/site.ts'
import { requireVisible } from '#tickets/reads/visible.ts'
import type { Verb } from '#tickets/rules/lifecycle.ts'
import { mayAttach } from '#tickets/rules/moves.ts'

const FORMS: Readonly<Record<string, Verb>> = {
  acompanhamentos: 'follow-up',
  aprovacao: 'refuse',
  recusa: 'refuse',
  solucao: 'solve',
  pendencia: 'ask',
}

export interface Resumed {
  readonly verb: Verb
  readonly posted: { readonly fields: Readonly<Record<string, readonly string[]>> }
  readonly problems: readonly Problem[]
  /** The ticket takes nothing from this person any more: the files had to go, the text is shown to be copied. */
  readonly tooLate: boolean
}

/**
 * The kept post as an attempt of its form, or undefined when there is none of this person for this ticket. Its files come once, its text
 * as often as it is asked for within the hour.
 */
export async function resumeKept(
  visit: Visit,
  kept: { ticketId: number; keptId: string; store: FileStore },
): Promise<Resumed | undefined> {
  const { tx, actor, now } = visit
  const ticket = await requireVisible(tx, kept.ticketId)
  const post = await takeKeptPost(visit, kept.store, {
    id: kept.keptId,
    under: `/chamados/${kept.ticketId}`,
    stays: true,
  })
  if (!post) return undefined
  const tooLate = !mayAttach(ticket, actor)
  const problems: Problem[] = [...post.problems]
  for (const file of tooLate ? [] : post.files) {
    const place = { ticketId: kept.ticketId, institutionId: ticket.institutionId }
    const added = await addUnsentToTicket({ tx, actor, now, store: kept.store }, file, place)
    if (!added.ok) problems.push(...added.problems)
  }
  await kept.store.discard(post.files)
  await kept.store.forgetKept(kept.keptId)
  const form = FORMS[post.path.split('/').at(-1) ?? ''] ?? 'follow-up'
  const verb = post.fields.privada?.[0] ? 'note' : form
  return { verb, posted: { fields: { ...post.fields, chave: [] } }, problems, tooLate }
}
