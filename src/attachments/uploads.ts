// A door of this room: files that come in pieces, bound to a person, a draft and a document. The protocol is spoken in forms/web.
import { addToDraft, MOST_FILES, quotaProblem, type Sender } from '#attachments/actions.ts'
import type { Content, FileStore } from '#attachments/files.ts'
import { filesOfDraft, ownUpload, ownUploads, type Upload, uploadsBegunBefore } from '#attachments/reads.ts'
import type { FileRule } from '#attachments/rules/kinds.ts'
import { cleanName } from '#attachments/rules/names.ts'
import { deleteUnclaimed, deleteUpload, deleteUploadsBefore, insertUpload, setConcluded } from '#attachments/store.ts'
import { settingsNow } from '#settings/reads.ts'
import type { Db } from '#shared/db/connect.ts'
import { DAY_MS } from '#shared/kit/dates.ts'
import { bad, type Checked, good } from '#shared/problems.ts'
import { found } from '#shared/refusals.ts'

export interface Announced {
  readonly draftId: string
  readonly document: string
  /** Of the form, for problems. */
  readonly field: string
  readonly name: string
  readonly size: number
}

/**
 * Begins a file that is to come. What its size already says against it is said before a byte is sent. Codes: `file-empty`,
 * `file-too-large`, `file-most`, `file-quota`.
 */
export async function beginUpload(sender: Sender, file: Announced, rule: FileRule): Promise<Checked<string>> {
  const { tx, actor, now } = sender
  const name = cleanName(file.name)
  if (file.size < 1) return bad({ field: file.field, code: 'file-empty', with: { name } })
  const code = file.size > rule.maxBytes ? 'file-too-large' : undefined
  if (code) return bad({ field: file.field, code, with: { name, limit: rule.maxBytes } })
  const quota = await quotaProblem(sender, { field: file.field, name, size: file.size })
  if (quota) return bad(quota)
  const [there, coming] = [await filesOfDraft(tx, file.draftId), await ownUploads(tx, file.draftId)]
  if (there.length + coming.length >= 2 * MOST_FILES) {
    return bad({ field: file.field, code: 'file-most', with: { name, most: MOST_FILES } })
  }
  const { draftId, document, size } = file
  const owner = { institutionId: actor.institutionId, personId: actor.personId }
  return good(await insertUpload(tx, { ...owner, draftId, document, name, size, at: now }))
}

/** How a document takes a file: its rule, and how many files it holds. */
export interface Taking {
  readonly field: string
  readonly rule: FileRule
  readonly most: number
}

/** An upload, and its content where it was looked at before the transaction: hashing must not hold a connection. */
export interface Whole {
  readonly id: string
  readonly content?: Content | undefined
}

/**
 * Takes a file all of whose bytes are there into its draft, once: asked again it answers the same. The upload as it is then,
 * not concluded while bytes are missing. `not-found` for what is not one's own.
 */
export async function concludeUpload(sender: Sender, { id, content }: Whole, taking: Taking): Promise<Upload> {
  const { tx, store, now } = sender
  const upload = found(await ownUpload(tx, id, true))
  if (upload.concludedAt || (await store.parts.length(id)) < upload.size) return upload
  const { field, rule, most } = taking
  const file = { ...(content ?? (await store.received(id))), field, name: upload.name }
  const place = { draftId: upload.draftId, document: upload.document, rule, most, hasRoom: true }
  const added = await addToDraft(sender, file, place)
  const problem = added.ok ? undefined : added.problems[0]
  await setConcluded(tx, id, { problem, at: now })
  await store.parts.drop(id)
  return { ...upload, concludedAt: now, problem: problem ?? null }
}

/** Gives an upload of one's own up, and its bytes with it. Answers whether there was one. */
export async function giveUpUpload(sender: Pick<Sender, 'tx' | 'store'>, id: string): Promise<boolean> {
  if (!(await ownUpload(sender.tx, id, true))) return false
  await deleteUpload(sender.tx, id)
  await sender.store.parts.drop(id)
  return true
}

/** A file that stopped on its way: `came` bytes of `size`. */
export type Stopped = Upload & { readonly came: number }

/** One's own files that stopped on their way to a draft. */
export async function stoppedUploads({ tx, store }: Pick<Sender, 'tx' | 'store'>, draftId: string): Promise<Stopped[]> {
  const uploads = await ownUploads(tx, draftId)
  return await Promise.all(uploads.map(async (one) => ({ ...one, came: await store.parts.length(one.id) })))
}

/**
 * Removes what no ticket has taken, after the days of the settings: uploads nobody went on with and files of messages never
 * sent, files of drafts nobody wrote in. Returns how many; the contents go with the orphans.
 */
export async function removeUnclaimed(db: Db, store: FileStore, now: Date): Promise<number> {
  const { unclaimedDays, draftFileDays } = await db.transaction().execute((tx) => settingsNow(tx))
  const before = new Date(now.getTime() - unclaimedDays * DAY_MS)
  const begun = await uploadsBegunBefore(db, before)
  const touched = await Promise.all(begun.map(async (id) => ((await store.parts.touched(id, before)) ? [id] : [])))
  const uploads = await deleteUploadsBefore(db, before, touched.flat())
  await store.parts.sweep(before)
  const drafts = new Date(now.getTime() - Math.max(draftFileDays, unclaimedDays) * DAY_MS)
  return uploads + (await deleteUnclaimed(db, { unsent: before, drafts }))
}
