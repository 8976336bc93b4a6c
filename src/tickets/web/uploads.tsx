// POST /chamados/:id/envios: a file for one's next follow-up, sent by the island with its progress shown. Answers JSON. It
// becomes part of the ticket only with the text of the form that carries it.
import { addUnsentToTicket, FOLLOW_UP, removeUnsent } from '#attachments/actions.ts'
import type { FileStore } from '#attachments/files.ts'
import { unsentFiles } from '#attachments/reads.ts'
import { Refusal } from '#shared/refusals.ts'
import { fileForScript } from '#shared/ui/file-row.tsx'
import { problemAnswer } from '#shared/web/problem-json.ts'
import { type Answer, fieldOf, type Site, type Visit } from '#shared/web/site.ts'
import { requestedNow } from '#tickets/reads/request.ts'
import { requireVisible, type VisibleTicket } from '#tickets/reads/visible.ts'
import { admitFiles } from '#tickets/rules/moves.ts'
import { unsentFile } from '#tickets/web/files.tsx'
import { sentenceOf } from '#tickets/web/screen.ts'
import { ticketIdOf } from '#tickets/web/ticket.tsx'

export function routes(site: Site, store: FileStore): void {
  site.post('/chamados/:id/envios', async (visit, request) => await upload(visit, ticketIdOf(request), store))
  site.get('/chamados/:id/envios', async (visit, request) => {
    const ticketId = ticketIdOf(request)
    await ticketToSendTo(visit, ticketId)
    const { documento } = request.query as { documento?: unknown }
    return await filesNow(visit, ticketId, typeof documento === 'string' ? documento : FOLLOW_UP)
  })
  site.post('/chamados/:id/envios/remover', async (visit, request) => {
    const ticketId = ticketIdOf(request)
    await ticketToSendTo(visit, ticketId)
    await removeUnsent(visit.tx, { id: fieldOf(visit.posted, 'remover'), ticketId, personId: visit.actor.personId })
    return await filesNow(visit, ticketId, fieldOf(visit.posted, 'documento') || FOLLOW_UP)
  })
}

/** One file. 422 with the sentence of what is wrong; otherwise all that lie by for this person's next form. */
async function upload(visit: Visit, ticketId: number, store: FileStore): Promise<Answer> {
  const { institutionId } = await ticketToSendTo(visit, ticketId)
  const [file] = visit.posted.files
  if (!file) throw new Refusal('bad-request')
  const asked = fieldOf(visit.posted, 'documento')
  const document = asked && (await requestedNow(visit.tx, ticketId)).has(asked) ? asked : FOLLOW_UP
  const added = await addUnsentToTicket({ ...visit, store }, file, { ticketId, institutionId, document })
  if (added.ok) return await filesNow(visit, ticketId, document)
  const [problem] = added.problems
  if (!problem) throw new Error('a refused file without a problem')
  return problemAnswer(visit.words.forms.draft.fileProblemTitle(1), problem, sentenceOf({ visit }, problem))
}

async function ticketToSendTo(visit: Visit, ticketId: number): Promise<VisibleTicket> {
  const ticket = await requireVisible(visit.tx, ticketId)
  const decision = admitFiles(ticket, visit.actor)
  if (!decision.ok) throw new Refusal(decision.code)
  return ticket
}

async function filesNow({ tx, actor, words }: Visit, ticketId: number, document: string): Promise<Answer> {
  const unsent = await unsentFiles(tx, { ticketId, personId: actor.personId })
  const all = unsent.filter((file) => file.document === document)
  const { ready } = words.ticketPage.followUp
  return { json: { files: all.map((file) => fileForScript(words, unsentFile(words, file), ready)) } }
}
