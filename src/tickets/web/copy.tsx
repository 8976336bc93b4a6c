// *Abrir novo a partir deste*: copies a closed ticket's answers into a draft and links both.
import { draftFromTicket } from '#forms/actions.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Site } from '#shared/web/site.ts'
import { requireVisible } from '#tickets/reads/visible.ts'
import { ticketIdOf } from '#tickets/web/ticket.tsx'

export function routes(site: Site): void {
  site.post('/chamados/:id/copia', async (visit, request) => {
    const id = ticketIdOf(request)
    const { status } = await requireVisible(visit.tx, id)
    if (status !== 'closed') throw new Refusal('not-in-this-status')
    return { redirect: `/rascunhos/${await draftFromTicket(visit, id)}` }
  })
}
