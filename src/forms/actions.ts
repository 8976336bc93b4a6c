// What can be done with forms and drafts: open, save, check, mark as filed; take back what an expired session sent.

import type { FileStore, KeptFile } from '#attachments/files.ts'
import { filesOfDraft } from '#attachments/reads.ts'
import { refusedBy } from '#attachments/rules/checks.ts'
import {
  currentVersionOf,
  type Draft,
  definitionOf,
  draftById,
  draftCopiedFrom,
  type KeptAt,
  publishedVersion,
} from '#forms/reads.ts'
import { check, DOCUMENT_FIELD, type Result } from '#forms/rules/check.ts'
import { type Answers, type Definition, documentOf, questionsOf, withStarts } from '#forms/rules/definition.ts'
import { vehicleOf } from '#forms/rules/filing.ts'
import type { FormTest } from '#forms/rules/form-tests.ts'
import { readDefinition } from '#forms/rules/schema.ts'
import { merge, readSeen, SEEN_FIELD } from '#forms/rules/seen.ts'
import { LONGEST_ANSWER } from '#forms/rules/types/text.ts'
import {
  deleteDraft,
  deleteEmptyDrafts,
  deleteExpiredPosts,
  deleteKept,
  deleteKeptUnder,
  emptyKeptFiles,
  ensureForm,
  insertDraft,
  insertPublishedVersion,
  keptRow,
  lockDraft,
  markOffered,
  mergeAnswers,
  setDraftVersion,
  setFiled,
} from '#forms/store.ts'
import { record } from '#journal/actions.ts'
import { historyOf } from '#journal/reads.ts'
import type { Db, Tx } from '#shared/db/connect.ts'
import { type Actor, mayWriteForInstitution } from '#shared/kit/actor.ts'
import { DAY_MS, showParts } from '#shared/kit/dates.ts'
import { cutAt, storable } from '#shared/kit/storable.ts'
import { isUuid } from '#shared/kit/uuid.ts'
import type { Problem } from '#shared/problems.ts'
import { found, Refusal } from '#shared/refusals.ts'
import { NOT_KEPT, type ReceivedFile } from '#shared/web/site.ts'

/** Who fills in, in which transaction, when. */
export interface Filler {
  readonly tx: Tx
  readonly actor: Actor
  readonly now: Date
}

/** Publishes version 1 of a form unless a version is published. The definition is checked first; throws what is wrong. */
export async function publishFirstVersion(
  tx: Tx,
  form: { code: string; definition: unknown; tests: readonly FormTest[] },
): Promise<void> {
  const definition = readDefinition(form.definition)
  const formId = await ensureForm(tx, form.code)
  if (await publishedVersion(tx, form.code)) return
  await insertPublishedVersion(tx, { formId, number: 1, definition, tests: form.tests })
}

/** Refuses who may not file: 122 and 151 are needed, and an institution. */
export function refuseUnlessMayFile(actor: Actor): void {
  if (actor.side !== 'institution') throw new Refusal('not-for-your-side')
  if (!mayWriteForInstitution(actor)) throw new Refusal('needs-include-class')
}

/** A new draft for a form: two that are filled in side by side are two. Returns its id. */
export async function openDraft({ tx, actor, now }: Filler, code: string): Promise<string> {
  refuseUnlessMayFile(actor)
  const formVersionId = found(await publishedVersion(tx, code))
  const { institutionId, personId } = actor
  return await insertDraft(tx, { institutionId, personId, formVersionId, answers: {} }, now)
}

/**
 * *Abrir novo a partir deste*: a draft with a visible ticket's answers, without its declaration (it is made anew) and its
 * files. One's own open copy is used again. Returns the draft's id.
 */
export async function draftFromTicket({ tx, actor, now }: Filler, ticketId: number): Promise<string> {
  refuseUnlessMayFile(actor)
  const ticket = found(
    await tx
      .selectFrom('eprod.ticket')
      .select(['answers', 'form_version_id as formVersionId'])
      .where('id', '=', ticketId)
      .executeTakeFirst(),
  )
  const known = await draftCopiedFrom(tx, { personId: actor.personId, ticketId })
  if (known) return known
  const formVersionId = (await currentVersionOf(tx, ticket.formVersionId)) ?? ticket.formVersionId
  const definition = await definitionOf(tx, formVersionId)
  const copied = questionsOf(definition)
    .filter(({ type }) => type !== 'declaration')
    .flatMap(({ key }) => (typeof ticket.answers[key] === 'string' ? [[key, ticket.answers[key]] as const] : []))
  const { institutionId, personId } = actor
  const answers = Object.fromEntries(copied) as Answers
  return await insertDraft(tx, { institutionId, personId, formVersionId, answers, copiedFrom: ticketId }, now)
}

/** A draft to write in: found, locked for this transaction. Another institution's does not exist. */
export async function draftToWrite(filler: Filler, id: string): Promise<Draft> {
  return found(await lockedDraft(filler, id))
}

/** The same where its absence is no surprise: undefined. */
export async function lockedDraft({ tx, actor }: Filler, id: string): Promise<Draft | undefined> {
  refuseUnlessMayFile(actor)
  return isUuid(id) && (await lockDraft(tx, id)) ? await draftById(tx, id) : undefined
}

/** A draft that was thrown away: by whom and when, and of which form it was. */
export interface Discarded {
  readonly by: string | null
  readonly at: Date
  readonly formVersionId: number
}

/** What the journal says of a draft that is gone; undefined: the visitor's institution had none of this id. */
export async function discardedDraft(tx: Tx, id: string): Promise<Discarded | undefined> {
  if (!isUuid(id)) return undefined
  const entry = (await historyOf(tx, ['draft'], id)).find(({ event }) => event === 'discard-draft')
  return entry && { by: entry.actor, at: entry.at, formVersionId: Number(entry.facts.formVersion) }
}

/** A new draft in place of one that was thrown away while it was being filled in. Returns it. */
export async function draftInPlaceOf({ tx, actor, now }: Filler, gone: Discarded): Promise<Draft> {
  const formVersionId = (await currentVersionOf(tx, gone.formVersionId)) ?? gone.formVersionId
  const { institutionId, personId } = actor
  const id = await insertDraft(tx, { institutionId, personId, formVersionId, answers: {} }, now)
  return found(await draftById(tx, id))
}

export interface Laid {
  /** A problem for each field that was changed elsewhere too, with what stood there. */
  readonly problems: readonly Problem[]
  /** Fields the page left alone that stand otherwise by now: what stands there it never showed. */
  readonly unseen: readonly string[]
}

/**
 * Lays typed answers over a draft's; fields that are no questions of the form are passed over, and what the page showed and
 * did not change. `leave`: a field that was changed elsewhere too is left as it stands there, since nobody has seen it yet; code
 * `kept-elsewhere` instead of `changed-elsewhere`.
 */
export async function saveAnswers(
  filler: Filler,
  draft: Draft,
  fields: Readonly<Record<string, readonly string[]>>,
  leave = false,
): Promise<Laid> {
  const posted = answersFrom(draft.definition, fields)
  const seen = readSeen(fields[SEEN_FIELD]?.at(-1))
  const { answers: taken, changedElsewhere, unseen } = merge(draft.answers, posted, seen)
  const left = new Set(leave ? changedElsewhere.map(({ key }) => key) : [])
  const answers = Object.fromEntries(Object.entries(taken).filter(([key]) => !left.has(key)))
  const changed = Object.entries(answers).some(([key, value]) => draft.answers[key] !== value)
  if (changed) {
    const declares = questionsOf(draft.definition).some(({ key, type }) => type === 'declaration' && answers[key])
    const declaredBy = declares ? filler.actor.personId : undefined
    await mergeAnswers(filler.tx, draft.id, { answers, at: filler.now, declaredBy })
  }
  const code = leave ? 'kept-elsewhere' : 'changed-elsewhere'
  return { problems: changedElsewhere.map(({ key, value }) => ({ field: key, code, with: { value } })), unseen }
}

/** The value posted for each question of the form: the last one (a tick's empty field stands before its box), or all of a multiple choice. */
export function answersFrom(definition: Definition, fields: Readonly<Record<string, readonly string[]>>): Answers {
  const given = questionsOf(definition).flatMap(({ key, type }) => {
    const posted = Object.hasOwn(fields, key) ? fields[key] : undefined
    const value = type === 'multiple-choice' ? posted?.filter(Boolean).join(',') : posted?.at(-1)
    return value === undefined ? [] : [[key, cutAt(storable(value), LONGEST_ANSWER + 1)] as const]
  })
  return Object.fromEntries(given)
}

/**
 * A draft goes on with the version published today; its answers and files stay under their keys, but what was declared is
 * declared anew. Returns it as it is then.
 */
export async function takeNewVersion({ tx, now }: Pick<Filler, 'tx' | 'now'>, draft: Draft): Promise<Draft> {
  const current = await currentVersionOf(tx, draft.formVersionId)
  if (current === undefined || current === draft.formVersionId) return draft
  await setDraftVersion(tx, draft.id, current)
  const declared = questionsOf(draft.definition).filter(({ key, type }) => type === 'declaration' && draft.answers[key])
  const answers = Object.fromEntries(declared.map(({ key }) => [key, '']))
  if (declared.length > 0) await mergeAnswers(tx, draft.id, { answers, at: now })
  return found(await draftById(tx, draft.id))
}

/** The day in São Paulo, `AAAA-MM-DD`, that dates of a form are measured by. */
export const todayOf = (now: Date): string => showParts(now).day.split('-').reverse().join('-')

/** Checks a draft as it stands, with its files. `scans`: there is a virus scanner, which is waited for. */
export async function checkDraft(filler: Filler, draft: Draft, scans: boolean): Promise<Result> {
  const { definition, answers } = draft
  const files = await filesOfDraft(filler.tx, draft.id, vehicleOf(definition, answers))
  const refused = files.flatMap((file) => {
    const rule = documentOf(definition, file.document)
    return refusedBy(file, { ...rule, field: DOCUMENT_FIELD + file.document, now: filler.now, scans }) ?? []
  })
  return check(definition, {
    answers: withStarts(definition, answers, { ownEmail: filler.actor.email }),
    filesPresent: new Set(files.map((file) => file.document)),
    refused,
    today: todayOf(filler.now),
  })
}

/** Throws a draft away, with all that was typed and sent. Recorded. */
export async function discardDraft({ tx, actor, now }: Filler, draft: Draft): Promise<void> {
  await deleteDraft(tx, draft.id)
  await record(tx, {
    thing: 'draft',
    thingId: draft.id,
    institutionId: draft.institutionId,
    actorId: actor.personId,
    event: 'discard-draft',
    at: now,
    facts: { formVersion: draft.formVersionId },
  })
}

/** Remembers which ticket a draft became, in the transaction that made the ticket. */
export async function markFiled(filler: Pick<Filler, 'tx' | 'now'>, draftId: string, ticketId: number): Promise<void> {
  await setFiled(filler.tx, draftId, { ticketId, at: filler.now })
}

/** Where a kept post goes on: its ticket or draft, which takes it back. */
export const keptHref = ({ id, path }: Pick<KeptAt, 'id' | 'path'>): string =>
  `${path.replace(/^(\/(?:chamados|rascunhos)\/[^/]+).*$/, '$1')}?retomar=${id}`

/**
 * Where a person who has just signed in finds what was kept: its page, or home, which lists them all, when there are more. Each
 * is offered once: one that cannot be taken back must not meet its person at every sign-in. Undefined: none.
 */
export async function offerKeptPosts(tx: Tx, personId: number, now: Date): Promise<string | undefined> {
  const [first, ...more] = await markOffered(tx, { personId, now })
  return first && (more.length > 0 ? '/' : keptHref(first))
}

function notKept(file: string): Problem {
  const [field = '', ...name] = file.split('/')
  return { field, code: 'file-not-kept', with: { name: name.join('/') } }
}

export interface KeptPost {
  readonly path: string
  readonly fields: Readonly<Record<string, readonly string[]>>
  readonly files: readonly ReceivedFile[]
  /** A problem for each file there was no room for. */
  readonly problems: readonly Problem[]
}

/**
 * Gives back what one's expired session sent to a path that begins with `under`: its files once, its fields until they are sent
 * or its hour is over (`stays`), or once too. Undefined: none, another person's, or older than an hour. The caller calls
 * `store.forgetKept(id)` when the files are taken.
 */
export async function takeKeptPost(
  { tx, now }: Pick<Filler, 'tx' | 'now'>,
  store: FileStore,
  asked: { id: string; under: string; stays?: boolean },
): Promise<KeptPost | undefined> {
  if (!isUuid(asked.id)) return undefined
  const row = await keptRow(tx, { ...asked, now })
  if (!row) return undefined
  if (!asked.stays) await deleteKept(tx, asked.id)
  else if (row.files.length > 0) await emptyKeptFiles(tx, asked.id)
  const files = await store.takeKept(row.files as KeptFile[], asked.id)
  return { path: row.path, fields: row.fields, files, problems: (row.fields[NOT_KEPT] ?? []).map(notKept) }
}

/** Removes what was kept of one's posts to a ticket, once something of it was sent. */
export async function forgetKeptOf({ tx, actor }: Pick<Filler, 'tx' | 'actor'>, under: string): Promise<void> {
  await deleteKeptUnder(tx, { personId: actor.personId, under })
}

/** Forgets what expired sessions sent more than an hour ago (their files go with `store.sweep`), and a day's empty drafts. */
export async function dropLeftovers(db: Db, now: Date): Promise<void> {
  await deleteExpiredPosts(db, now)
  await deleteEmptyDrafts(db, new Date(now.getTime() - DAY_MS))
}
