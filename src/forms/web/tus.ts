// /envios: files of a draft's documents, in pieces, by the tus protocol 1.0.0. No transaction waits for bytes. What became
// of a file that has come whole is told by uploads.ts.
import { readTus, TUS_EXTENSIONS, TUS_VERSION, type TusHeaders } from '#attachments/rules/tus.ts'
import { beginUpload, giveUpUpload } from '#attachments/uploads.ts'
import { draftToWrite, refuseUnlessMayFile } from '#forms/actions.ts'
import { takingOf } from '#forms/rules/taking.ts'
import type { FormDoors } from '#forms/web/draft.tsx'
import { conclude, refused, uploadToSend } from '#forms/web/uploads.ts'
import { settingsNow } from '#settings/reads.ts'
import { DAY_MS } from '#shared/kit/dates.ts'
import { found, Refusal } from '#shared/refusals.ts'
import type { Site, Streamed, Visit } from '#shared/web/site.ts'

export function routes(site: Site, doors: FormDoors): void {
  site.stream('POST', '/envios', (streamed) => create(streamed, doors))
  site.stream('HEAD', '/envios/:id', (streamed) => tell(streamed, doors))
  site.stream('PATCH', '/envios/:id', (streamed) => append(streamed, doors))
  site.stream('DELETE', '/envios/:id', (streamed) => giveUp(streamed, doors))
}

const idOf = ({ request }: Streamed): string => String((request.params as { id?: unknown }).id ?? '')

/** Headers of the request; those of every answer are set. Refuses another version. */
function speak({ request, reply }: Streamed): TusHeaders {
  reply.headers({
    'tus-resumable': TUS_VERSION,
    'tus-version': TUS_VERSION,
    'tus-extension': TUS_EXTENSIONS,
    'cache-control': 'no-store',
  })
  const said = readTus(request.headers)
  if (!said) throw new Refusal('upload-version')
  return said
}

/** POST /envios: metadata `rascunho`, `documento`, `nome`; 201 with the upload's address, 422 for what is wrong with it. */
async function create(streamed: Streamed, doors: FormDoors): Promise<void> {
  const { reply, request } = streamed
  const said = speak(streamed)
  const size = said.length
  if (size === undefined) throw new Refusal('bad-request')
  const begun = await streamed.visit((visit) => begin(visit, doors, { said, size }))
  if ('problem' in begun)
    return void (await reply.code(begun.status).type('application/problem+json').send(begun.problem))
  reply.code(201).header('location', `/envios/${begun.id}`).header('upload-expires', begun.expires)
  const came = said.piece ? await take(streamed, doors, { id: begun.id, from: 0, size }) : 0
  if (said.piece && !request.raw.destroyed) reply.header('upload-offset', came)
  await reply.send()
}

type Begun = { readonly id: string; readonly expires: string } | { readonly problem: string; readonly status: number }

async function begin(
  visit: Visit,
  doors: FormDoors,
  { said, size }: { said: TusHeaders; size: number },
): Promise<Begun> {
  const draft = await draftToWrite(visit, said.metadata.get('rascunho') ?? '')
  if (draft.filedAs !== null) throw new Refusal('draft-already-filed')
  const { fileBytes, unclaimedDays } = await settingsNow(visit.tx)
  const document = said.metadata.get('documento') ?? ''
  const taking = takingOf(draft.definition, document, fileBytes)
  if (!taking) throw new Refusal('bad-request')
  const file = { draftId: draft.id, document, field: taking.field, name: said.metadata.get('nome') ?? '', size }
  const begun = await beginUpload({ ...visit, store: doors.store }, file, taking.rule)
  if (begun.ok) {
    return { id: begun.value, expires: new Date(visit.now.getTime() + unclaimedDays * DAY_MS).toUTCString() }
  }
  const [problem] = begun.problems
  const answer = refused(visit, { draft, problem: found(problem) })
  return { problem: JSON.stringify(answer.json), status: answer.status }
}

/** HEAD /envios/:id: where to go on. */
async function tell(streamed: Streamed, doors: FormDoors): Promise<void> {
  speak(streamed)
  const upload = await streamed.visit((visit) => uploadToSend(visit, idOf(streamed)))
  const came = upload.concludedAt ? upload.size : await doors.store.parts.length(upload.id)
  await streamed.reply.code(200).headers({ 'upload-offset': came, 'upload-length': upload.size }).send()
}

/** PATCH /envios/:id: the bytes from Upload-Offset on. */
async function append(streamed: Streamed, doors: FormDoors): Promise<void> {
  const said = speak(streamed)
  if (!said.piece || said.offset === undefined) throw new Refusal('bad-request')
  const upload = await streamed.visit((visit) => uploadToSend(visit, idOf(streamed)))
  if (upload.concludedAt) throw new Refusal('upload-out-of-step')
  const came = await take(streamed, doors, { id: upload.id, from: said.offset, size: upload.size })
  await streamed.reply.code(204).header('upload-offset', came).send()
}

async function take(
  { request, visit }: Streamed,
  doors: FormDoors,
  span: { id: string; from: number; size: number },
): Promise<number> {
  // A body that says it is too long is not begun with.
  if (Number(request.headers['content-length'] ?? 0) > span.size - span.from) throw new Refusal('upload-longer')
  const came = await doors.store.parts.append(span.id, request.raw, span)
  if (came < span.size) return came
  const content = await doors.store.received(span.id)
  await visit((own) => conclude(own, doors, { id: span.id, content })).catch((error: unknown) => {
    // All bytes are there. Why the file was not taken, as that the session ended meanwhile, is said to who asks for it.
    if (!(error instanceof Refusal)) throw error
  })
  return came
}

/** DELETE /envios/:id */
async function giveUp(streamed: Streamed, doors: FormDoors): Promise<void> {
  speak(streamed)
  const given = await streamed.visit((visit) => {
    refuseUnlessMayFile(visit.actor)
    return giveUpUpload({ ...visit, store: doors.store }, idOf(streamed))
  })
  if (!given) throw new Refusal('not-found')
  await streamed.reply.code(204).send()
}
