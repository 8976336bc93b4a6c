// The posts of a ticket: each lays its files by, then does one verb of the life cycle; what fails is shown again with all
// that was typed and uploaded.
import { addUnsentToTicket, removeUnsent } from '#attachments/actions.ts'
import type { FileStore } from '#attachments/files.ts'
import { forgetKeptOf } from '#forms/actions.ts'
import { isUuid } from '#shared/kit/uuid.ts'
import type { Problem } from '#shared/problems.ts'
import { Refusal } from '#shared/refusals.ts'
import { type Answer, fieldOf, type Site, type Visit } from '#shared/web/site.ts'
import { admitMove, moveTicket } from '#tickets/actions/move-ticket.ts'
import { requestedNow } from '#tickets/reads/request.ts'
import { requireVisible } from '#tickets/reads/visible.ts'
import { followUpVerb, type Verb } from '#tickets/rules/lifecycle.ts'
import {
  DOCUMENT_FAULTS,
  type DocumentFault,
  type Move,
  mayAttach,
  noteProblems,
  type RequestedDocument,
} from '#tickets/rules/moves.ts'
import { ANSWERS } from '#tickets/web/files.tsx'
import { ticketIdOf, ticketPage } from '#tickets/web/ticket.tsx'

/** Address → verb and the notice said afterwards. The verb of a follow-up hangs on status, side and privacy. */
const POSTS = {
  acompanhamentos: { verb: 'follow-up', done: 'acompanhamento' },
  aprovacao: { verb: 'approve', done: 'aprovacao' },
  recusa: { verb: 'refuse', done: 'recusa' },
  solucao: { verb: 'solve', done: 'solucao' },
  pendencia: { verb: 'ask', done: 'pendencia' },
  atribuicao: { verb: 'take', done: 'assumir' },
} as const satisfies Record<string, { verb: Verb; done: string }>
type Post = keyof typeof POSTS

/** Conflict: the ticket is no longer as the page showed it. What was typed must not go with the refusal. */
const CHANGED = 409

const ASSIGNMENTS = {
  assumir: 'take',
  atribuir: 'assign',
  devolver: 'give-back',
} as const satisfies Record<string, Verb>

export function routes(site: Site, store: FileStore): void {
  for (const post of Object.keys(POSTS) as Post[]) {
    site.post(
      `/chamados/:id/${post}`,
      async (visit, request) => await act(visit, { id: ticketIdOf(request), post, store }),
    )
  }
}

interface Acting {
  readonly id: number
  readonly post: Post
  readonly store: FileStore
}

async function act(visit: Visit, acting: Acting): Promise<Answer> {
  const { tx, actor, now, posted } = visit
  const ticket = await requireVisible(tx, acting.id)
  const verb = verbOf(visit, acting.post, ticket.status)
  const move = moveOf(visit, verb)
  const mover = { tx, actor, now }
  const tried = { verb: shownIn(verb), posted, problems: [] }
  try {
    // Asked before any file is laid by: a refused post leaves none.
    const { again: repeated } = await admitMove(mover, acting.id, move)
    if (repeated) return done(visit, acting, verb)
    const laid = await layFilesBy(visit, acting, { ...ticket, verb })
    const removed = fieldOf(posted, 'remover')
    if (removed) {
      await removeUnsent(tx, { id: removed, ticketId: acting.id, personId: actor.personId })
      return await ticketPage(visit, acting.id, { attempt: tried, notice: 'removido' })
    }
    if (laid.problems.length > 0) return await again(visit, acting.id, { ...tried, problems: laid.problems })
    const moved = await moveTicket(mover, acting.id, { ...move, files: [...(move.files ?? []), ...laid.ids] })
    if (!moved.ok) return await again(visit, acting.id, { ...tried, problems: moved.problems })
    await forgetKeptOf(visit, `/chamados/${acting.id}`)
    return done(visit, acting, verb)
  } catch (error) {
    return await changed(visit, acting, { error, verb })
  }
}

/** Refused as no longer fitting: the ticket as it is now, with what was typed, and the files where they still have a place. */
async function changed(visit: Visit, acting: Acting, refused: { error: unknown; verb: Verb }): Promise<Answer> {
  const { error, verb } = refused
  const { posted } = visit
  if (!(error instanceof Refusal) || error.status !== CHANGED) throw error
  if (acting.post === 'atribuicao')
    return await ticketPage(visit, acting.id, { notice: 'outroTecnico', status: CHANGED })
  const brought = posted.files.length > 0 || posted.fields.anexo !== undefined
  if (!(fieldOf(posted, 'texto') || brought)) throw error
  // Asked again: whoever came first may have changed it since this post was read.
  const ticket = await requireVisible(visit.tx, acting.id)
  const keeps = mayAttach(ticket, visit.actor)
  const { problems } = keeps ? await layFilesBy(visit, acting, { ...ticket, verb }) : { problems: [] }
  const attempt = { verb: shownIn(verb), posted: withoutKey(posted), problems }
  const late = error.code === 'deadline-over' ? 'prazo' : 'mudou'
  const notice = keeps || !brought ? late : 'mudouTarde'
  return await ticketPage(visit, acting.id, { attempt, notice, status: CHANGED })
}

function verbOf(visit: Visit, post: Post, status: Parameters<typeof followUpVerb>[0]): Verb {
  if (post === 'acompanhamentos') {
    if (fieldOf(visit.posted, 'privada')) return 'note'
    return followUpVerb(status, visit.actor)
  }
  if (post !== 'atribuicao') return POSTS[post].verb
  const action = fieldOf(visit.posted, 'acao')
  if (!Object.hasOwn(ASSIGNMENTS, action)) throw new Refusal('bad-request')
  return ASSIGNMENTS[action as keyof typeof ASSIGNMENTS]
}

/** The form of the page in which a verb's fields stand. */
function shownIn(verb: Verb): Verb {
  if (verb === 'approve') return 'refuse'
  return verb === 'answer' ? 'follow-up' : verb
}

const NONE: ReadonlySet<string> = new Set()

/**
 * Lays the posted files by for the actor's follow-up on this ticket; the faulty ones become problems and are left out. A
 * private note takes none.
 */
async function layFilesBy(
  visit: Visit,
  acting: Acting,
  to: { institutionId: number; verb: Verb },
): Promise<{ ids: string[]; problems: Problem[] }> {
  const { tx, actor, now, posted } = visit
  const sender = { tx, actor, now, store: acting.store }
  const { institutionId, verb } = to
  const ids: string[] = []
  const requested = posted.files.some(({ field }) => field.startsWith(ANSWERS))
    ? await requestedNow(tx, acting.id)
    : NONE
  const problems = verb === 'note' ? noteProblems(fieldOf(posted, 'texto'), posted.files.length) : []
  for (const file of verb === 'note' ? [] : posted.files) {
    const document = file.field.slice(ANSWERS.length)
    const place = requested.has(document) ? { document } : {}
    const added = await addUnsentToTicket(sender, file, { ticketId: acting.id, institutionId, ...place })
    if (added.ok) ids.push(added.value.id)
    else problems.push(...added.problems)
  }
  return { ids, problems }
}

function moveOf(visit: Visit, verb: Verb): Move {
  const { posted } = visit
  const number = (name: string) => Number.parseInt(fieldOf(posted, name), 10) || undefined
  return {
    verb,
    version: number('versao'),
    body: posted.fields.texto?.[0]?.replace(/\r\n?/g, '\n'),
    outcome: fieldOf(posted, 'resultado') || undefined,
    waitingTypeId: number('tipo'),
    waitingReason: fieldOf(posted, 'motivo') || undefined,
    documents: requestedIn(posted.fields),
    assigneeId: number('tecnico'),
    seenAssignee: posted.fields.visto === undefined ? undefined : (number('visto') ?? null),
    files: posted.fields.anexo?.filter(isUuid),
    requestKey: isUuid(fieldOf(posted, 'chave')) ? fieldOf(posted, 'chave') : undefined,
  }
}

function requestedIn(fields: Visit['posted']['fields']): RequestedDocument[] {
  return Object.entries(fields)
    .filter(
      ([name, values]) =>
        name.startsWith('documento.') && (DOCUMENT_FAULTS as readonly string[]).includes(values[0] ?? ''),
    )
    .map(([name, values]) => ({ document: name.slice('documento.'.length), fault: values[0] as DocumentFault }))
}

function done(visit: Visit, acting: Acting, verb: Verb): Answer {
  const said: Partial<Record<Verb, string>> = {
    answer: 'resposta',
    note: 'nota',
    'give-back': 'devolver',
    assign: 'atribuir',
  }
  const notice = said[verb] ?? POSTS[acting.post].done
  const queue = fieldOf(visit.posted, 'volta') === 'fila'
  return { redirect: queue ? `/atendimento?feito=${notice}` : `/chamados/${acting.id}?feito=${notice}` }
}

async function again(
  visit: Visit,
  id: number,
  attempt: { verb: Verb; posted: Visit['posted']; problems: Problem[] },
): Promise<Answer> {
  return await ticketPage(visit, id, { attempt, status: 422 })
}

/** A key belongs to one state of the page; after a change the next try is a new one. */
function withoutKey(posted: Visit['posted']): Visit['posted'] {
  return { ...posted, fields: { ...posted.fields, chave: [] } }
}
