// /chamados/:id/documentos/:n: a file of a ticket, opened safely and logged.
import { fileAnswer } from '#attachments/answer.ts'
import type { FileStore } from '#attachments/files.ts'
import { fileOfTicket } from '#attachments/reads.ts'
import { record } from '#journal/actions.ts'
import { found } from '#shared/refusals.ts'
import type { Site } from '#shared/web/site.ts'
import { ticketIdOf } from '#tickets/web/ticket.tsx'

export function routes(site: Site, store: FileStore): void {
  site.get('/chamados/:id/documentos/:n', async (visit, request) => {
    const { n = '' } = request.params as { n?: string }
    const number = found(/^[1-9][0-9]{0,5}$/.test(n) ? Number(n) : undefined)
    const id = ticketIdOf(request)
    const file = found(await fileOfTicket(visit.tx, id, number))
    await record(visit.tx, {
      thing: visit.actor.side === 'staff' ? 'ticket-reading-staff' : 'ticket-reading',
      thingId: id,
      institutionId: file.institutionId,
      actorId: visit.actor.personId,
      event: 'open-file',
      at: visit.now,
      facts: { n: number, sha256: file.sha256.toString('hex') },
      staffOnly: visit.actor.side === 'staff',
    })
    const download = (request.query as { baixar?: string }).baixar !== undefined
    return fileAnswer(store, file, { download, headers: request.headers })
  })
}
