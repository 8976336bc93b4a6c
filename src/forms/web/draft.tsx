// A draft's page and posts: fill in, save, send. What is typed and uploaded stays whatever else is wrong.
import { addToDraft, keepOnlyDocuments, type Sender } from '#attachments/actions.ts'
import type { FileStore } from '#attachments/files.ts'
import { filesOfDraft, filesOfTicket } from '#attachments/reads.ts'
import { stoppedUploads } from '#attachments/uploads.ts'
import {
  answersFrom,
  checkDraft,
  discardDraft,
  discardedDraft,
  draftFromTicket,
  draftInPlaceOf,
  draftToWrite,
  lockedDraft,
  refuseUnlessMayFile,
  saveAnswers,
  takeKeptPost,
  takeNewVersion,
} from '#forms/actions.ts'
import { type Draft, draftById } from '#forms/reads.ts'
import { DOCUMENT_FIELD } from '#forms/rules/check.ts'
import { withStarts } from '#forms/rules/definition.ts'
import { evaluate } from '#forms/rules/evaluate.ts'
import { vehicleOf } from '#forms/rules/filing.ts'
import { progressOf } from '#forms/rules/progress.ts'
import type { Values } from '#forms/rules/question-type.ts'
import type { SameVehicle } from '#forms/rules/same-vehicle.ts'
import { merge, readSeen, SEEN_FIELD } from '#forms/rules/seen.ts'
import { takingOf } from '#forms/rules/taking.ts'
import { discardedPage } from '#forms/web/discarded.tsx'
import { type DraftView, draftPage } from '#forms/web/draft-page.tsx'
import { WHOLE_FORM } from '#forms/web/draft-problems.tsx'
import { standingOf } from '#forms/web/new-version.tsx'
import { removeOne } from '#forms/web/uploads.ts'
import { settingsNow } from '#settings/reads.ts'
import type { Tx } from '#shared/db/connect.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import type { Problem } from '#shared/problems.ts'
import { found } from '#shared/refusals.ts'
import { type Answer, fieldOf, type ReceivedFile, type Visit } from '#shared/web/site.ts'

/** What the forms room is given by the rooms to its right, and the store of files. */
export interface FormDoors {
  readonly store: FileStore
  /** Opens the ticket from a draft without problems, in the visit's transaction; claims its files and calls markFiled. */
  readonly fileDraft: (visit: Visit, draft: Draft, values: Values) => Promise<{ ticketId: number }>
  /** Tickets of the visitor's institution by canonical plate or chassis. */
  readonly sameVehicle: (tx: Tx, vehicle: ReturnType<typeof vehicleOf>) => Promise<SameVehicle[]>
}

/** What the page of a draft says besides how the draft stands. */
type Shown = Pick<DraftView, 'draft'> & Partial<DraftView>

const senderOf = (visit: Visit, doors: FormDoors): Sender => ({ ...visit, store: doors.store })

/** GET /rascunhos/:id */
export async function showDraft(
  visit: Visit,
  doors: FormDoors,
  asked: { id: string; query: Record<string, unknown> },
): Promise<Answer> {
  refuseUnlessMayFile(visit.actor)
  const draft = await draftById(visit.tx, asked.id)
  if (!draft) return await discardedPage(visit, asked.id)
  if (draft.filedAs !== null) return { redirect: `/chamados/${draft.filedAs}` }
  if (typeof asked.query.retomar === 'string')
    return await resume(visit, doors, { id: asked.id, kept: asked.query.retomar })
  // What one typed oneself is no news.
  if (draft.personId !== visit.actor.personId) visit.noteReading('draft', draft.id)
  const text = visit.words.forms.draft
  const copied = draft.copiedFrom !== null && draft.createdAt.getTime() === draft.updatedAt.getTime()
  const source = showTicketId(draft.copiedFrom ?? 0)
  const notices: Readonly<Record<string, string>> = {
    salvo: text.savedNotice,
    versao: text.versionTaken,
    retomado: text.resumedNotice,
    refeito: text.madeAnewNotice,
    ...(draft.copiedFrom === null ? {} : { sobra: text.leftoverNotice(source) }),
  }
  const shown = Object.keys(notices).find((name) => name in asked.query)
  const notice = shown ? notices[shown] : copied ? text.copiedNotice(source) : undefined
  return await show(visit, doors, { draft, notice })
}

async function show(visit: Visit, doors: FormDoors, more: Shown): Promise<Answer> {
  const { draft } = more
  const { fileBytes, draftFileDays } = await settingsNow(visit.tx)
  const vehicle = vehicleOf(draft.definition, draft.answers)
  const files = await filesOfDraft(visit.tx, draft.id, vehicle)
  const others = await doors.sameVehicle(visit.tx, vehicle)
  const standing = await standingOf(visit, draft)
  const stopped = await stoppedUploads(senderOf(visit, doors), draft.id)
  const limits = { fileBytes, draftFileDays, scans: doors.store.scans }
  const shown = { answers: draft.answers, files, others, standing, stopped, problems: [], filing: false, ...limits }
  return draftPage(visit, { ...shown, ...more })
}

/** Lays what an expired session had sent over the draft; the address without `retomar` is then safe to reload. */
async function resume(visit: Visit, doors: FormDoors, asked: { id: string; kept: string }): Promise<Answer> {
  const draft = await draftToWrite(visit, asked.id)
  const kept = await takeKeptPost(visit, doors.store, { id: asked.kept, under: `/rascunhos/${asked.id}` })
  if (!kept) return { redirect: `/rascunhos/${asked.id}` }
  const { problems: changed } = await saveAnswers(visit, draft, kept.fields)
  const problems = [...kept.problems, ...changed, ...(await addFiles(visit, doors, { draft, files: kept.files }))]
  await doors.store.forgetKept(asked.kept)
  if (problems.length === 0) return { redirect: `/rascunhos/${asked.id}?retomado` }
  return await show(visit, doors, {
    draft: await draftToWrite(visit, asked.id),
    problems,
    notice: visit.words.forms.draft.resumedNotice,
  })
}

/** POST /rascunhos/:id, by the pressed button: enviar, salvar, atualizar, or remover with a file's id. */
export async function postDraft(visit: Visit, doors: FormDoors, id: string): Promise<Answer> {
  const before = await lockedDraft(visit, id)
  if (!before) return await afterDiscarding(visit, doors, id)
  if (before.filedAs !== null) return await afterFiling(visit, doors, { draft: before, ticketId: before.filedAs })
  if (fieldOf(visit.posted, 'acao') === 'descartar') {
    await discardDraft(visit, before)
    return { redirect: '/abrir-chamado?feito=descartado' }
  }
  const files = await unseenFiles(visit, before)
  const { problems: changed, unseen } = await saveAnswers(visit, before, visit.posted.fields)
  const problems = [...changed, ...(await addFiles(visit, doors, { draft: before, files: visit.posted.files }))]
  const remove = fieldOf(visit.posted, 'remover')
  if (remove) await removeOne(visit, doors, { draftId: id, id: remove })
  const draft = found(await draftById(visit.tx, id))
  const once = fieldOf(visit.posted, 'chave') || undefined
  const act = fieldOf(visit.posted, 'acao')
  if (act === 'versao' && problems.length === 0) {
    await takeNewVersion(visit, draft)
    return { redirect: `/rascunhos/${id}?versao` }
  }
  if (act === 'enviar' && !remove)
    return await file(visit, doors, { draft, problems: [...files, ...problems], unseen, once })
  if (problems.length > 0) return await show(visit, doors, { draft, problems, once })
  return { redirect: `/rascunhos/${id}${act === 'salvar' ? '?salvo' : `#${await nextSection(visit, draft)}`}` }
}

/**
 * Another tab has sent this draft. A second click brings nothing new and is led to the ticket; what this tab holds beyond
 * the ticket goes on as a draft copied from it, so that nothing typed is lost and no second ticket is opened unasked.
 */
async function afterFiling(visit: Visit, doors: FormDoors, sent: { draft: Draft; ticketId: number }): Promise<Answer> {
  const { draft, ticketId } = sent
  const typed = answersFrom(draft.definition, visit.posted.fields)
  const { answers } = merge(draft.answers, typed, readSeen(visit.posted.fields[SEEN_FIELD]?.at(-1)))
  const newer = Object.entries(answers).filter(([key, value]) => value.trim() && value !== (draft.answers[key] ?? ''))
  const known = await filesOfTicket(visit.tx, ticketId)
  const files = visit.posted.files.filter((file) => !known.some(({ sha256 }) => sha256.equals(file.sha256)))
  if (newer.length === 0 && files.length === 0) return { redirect: `/chamados/${ticketId}` }
  const copy = await draftToWrite(visit, await draftFromTicket(visit, ticketId))
  await saveAnswers(visit, copy, Object.fromEntries(newer.map(([key, value]) => [key, [value]])))
  const problems = await addFiles(visit, doors, { draft: copy, files })
  if (problems.length === 0) return { redirect: `/rascunhos/${copy.id}?sobra` }
  const notice = visit.words.forms.draft.leftoverNotice(showTicketId(ticketId))
  return await show(visit, doors, { draft: await draftToWrite(visit, copy.id), problems, notice })
}

/** Where one goes on filling in: the first section that is not done. */
async function nextSection(visit: Visit, draft: Draft): Promise<string> {
  const files = new Set((await filesOfDraft(visit.tx, draft.id)).map((one) => one.document))
  const answers = withStarts(draft.definition, draft.answers, { ownEmail: visit.actor.email })
  const steps = progressOf(draft.definition, { answers, verdict: evaluate(draft.definition, answers), files })
  return `s-${(steps.find((step) => step.state === 'now') ?? steps.at(-1))?.key}`
}

/** The draft was thrown away while its page stood open: what the page holds goes on as a new one. */
async function afterDiscarding(visit: Visit, doors: FormDoors, id: string): Promise<Answer> {
  const gone = found(await discardedDraft(visit.tx, id))
  if (fieldOf(visit.posted, 'acao') === 'descartar') return { redirect: '/abrir-chamado?feito=descartado' }
  const draft = await draftInPlaceOf(visit, gone)
  const { [SEEN_FIELD]: _, ...fields } = visit.posted.fields
  await saveAnswers(visit, draft, fields)
  const problems = await addFiles(visit, doors, { draft, files: visit.posted.files })
  if (problems.length === 0) return { redirect: `/rascunhos/${draft.id}?refeito` }
  const notice = visit.words.forms.draft.madeAnewNotice
  return await show(visit, doors, { draft: await draftToWrite(visit, draft.id), problems, notice })
}

async function file(
  visit: Visit,
  doors: FormDoors,
  sent: { draft: Draft; problems: readonly Problem[]; unseen: readonly string[]; once: string | undefined },
): Promise<Answer> {
  const { once } = sent
  const changed = await formChanged(visit, sent.draft)
  const draft = await takeNewVersion(visit, sent.draft)
  const result = await checkDraft(visit, draft, doors.store.scans)
  // A document whose file was just refused is not also said to be missing.
  const refused = new Set(sent.problems.map((problem) => problem.field))
  const wrong = result.problems.filter((problem) => !refused.has(problem.field))
  // Nobody files, and declares true, what the page did not show.
  const unseen = sent.unseen
    .filter((key) => result.verdict.questions.has(key))
    .map((field) => ({ field, code: 'answer-unseen' }))
  const problems = [...changed, ...sent.problems, ...unseen, ...wrong]
  if (problems.length > 0) return await show(visit, doors, { draft, problems, filing: true, once })
  await keepOnlyDocuments(visit.tx, draft.id, [...result.verdict.documents])
  const { ticketId } = await doors.fileDraft(visit, draft, result.values)
  return { redirect: `/chamados/${ticketId}?feito=aberto` }
}

/** Nothing is filed by a form out of use, nor by a version its page did not show. */
async function formChanged(visit: Visit, draft: Draft): Promise<Problem[]> {
  const whole = (code: string, facts = {}): Problem[] => [{ field: WHOLE_FORM, code, with: facts }]
  const standing = await standingOf(visit, draft)
  if (standing.kind === 'retired') return whole('form-retired')
  if (standing.kind === 'newer') return whole('form-changed', { changes: standing.changes.join('; ') })
  const seen = readSeen(visit.posted.fields[SEEN_FIELD]?.at(-1))
  return seen && seen.version !== draft.formVersionId ? whole('form-changed') : []
}

/** Files that came or went since the page was drawn, in another tab: what is sent must have been seen. */
async function unseenFiles(visit: Visit, draft: Draft): Promise<Problem[]> {
  if (visit.posted.fields[SEEN_FIELD] === undefined) return []
  const shown = visit.posted.fields.anexo ?? []
  const there = (await filesOfDraft(visit.tx, draft.id)).map(({ id }) => id)
  const same = there.length === shown.length && there.every((id) => shown.includes(id))
  return same ? [] : [{ field: WHOLE_FORM, code: 'files-changed' }]
}

/** Stores each file that is right, whatever the others are; answers what is wrong with the rest. */
export async function addFiles(
  visit: Visit,
  doors: FormDoors,
  sent: { draft: Draft; files: readonly ReceivedFile[] },
): Promise<Problem[]> {
  const { fileBytes } = await settingsNow(visit.tx)
  const problems: Problem[] = []
  for (const received of sent.files) {
    const key = received.field.startsWith(DOCUMENT_FIELD) ? received.field.slice(DOCUMENT_FIELD.length) : ''
    const taking = takingOf(sent.draft.definition, key, fileBytes)
    if (!taking) {
      problems.push({ field: received.field, code: 'file-document-unknown', with: { name: received.name } })
      continue
    }
    const place = { ...taking, draftId: sent.draft.id, document: key }
    const added = await addToDraft(senderOf(visit, doors), received, place)
    if (!added.ok) problems.push(...added.problems)
  }
  return problems
}
