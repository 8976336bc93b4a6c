// What can be done with files: lay them by in a draft or for a follow-up, remove them, claim them for a ticket.
import type { FileStore } from '#attachments/files.ts'
import { type Attachment, contentsKnown, filesOfDraft, unclaimedBytes, unsentFiles } from '#attachments/reads.ts'
import { ALL_KINDS, type FileRule, fileProblem, nameOfKind } from '#attachments/rules/kinds.ts'
import { cleanName } from '#attachments/rules/names.ts'
import {
  type DraftClaim,
  deleteCheck,
  deleteFromDraft,
  deleteUnsent,
  insertAttachment,
  lockContent,
  numberDraftFiles,
  numberUnsentFiles,
  setUnsentVisibility,
} from '#attachments/store.ts'
import { settingsNow } from '#settings/reads.ts'
import type { Db, Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { isUuid } from '#shared/kit/uuid.ts'
import { bad, type Checked, good, type Problem } from '#shared/problems.ts'
import { found, Refusal } from '#shared/refusals.ts'
import type { ReceivedFile } from '#shared/web/site.ts'

/** Who sends files, in which transaction, to which store, when. */
export interface Sender {
  readonly tx: Tx
  readonly actor: Actor
  readonly store: FileStore
  readonly now: Date
}

/** Most files of a draft or of one unsent follow-up. */
export const MOST_FILES = 60

/** The document name of files that belong to a follow-up and answer no document of the form. */
export const FOLLOW_UP = 'follow-up'

/** One institution's drafts must not fill the disk for all: `file-quota` when a file of `size` bytes has no room. */
export async function quotaProblem(
  { tx, actor }: Pick<Sender, 'tx' | 'actor'>,
  file: { readonly field: string; readonly name: string; readonly size: number },
): Promise<Problem | undefined> {
  if (actor.side === 'staff') return undefined
  const [{ unclaimedBytes: limit }, has] = await Promise.all([settingsNow(tx), unclaimedBytes(tx)])
  if (has + file.size <= limit) return undefined
  return { field: file.field, code: 'file-quota', with: { name: cleanName(file.name), has, limit } }
}

export interface Added {
  readonly id: string
  /** A document of the same draft that has the very same content in another file, or undefined. */
  readonly alsoIn: string | undefined
}

/**
 * Puts a received file into a draft under a document. A document of one file (`most` 1) takes the new one instead of the
 * old. The same file again under the same document changes nothing; under another name it is a file of its own, and told.
 * `hasRoom`: its bytes were counted when it was announced. Codes: those of fileProblem, `file-most`, `file-quota`.
 */
export async function addToDraft(
  sender: Sender,
  file: ReceivedFile,
  place: { draftId: string; document: string; rule: FileRule; most: number; hasRoom?: boolean },
): Promise<Checked<Added>> {
  const { tx, actor } = sender
  const quota = place.hasRoom ? undefined : await quotaProblem(sender, file)
  const problem = fileProblem(file, place.rule, file.field) ?? quota
  if (problem) return bad(problem)
  const there = await filesOfDraft(tx, place.draftId)
  const same = there.filter((one) => one.sha256.equals(file.sha256))
  const again = same.find((one) => one.document === place.document && one.name === cleanName(file.name))
  const alsoIn = same.find((one) => one.document !== place.document || (place.most > 1 && !again))?.document
  if (again) return good({ id: again.id, alsoIn })
  const beside = there.filter((one) => one.document === place.document).length
  if ((place.most > 1 && beside >= place.most) || there.length >= MOST_FILES) {
    return bad({ field: file.field, code: 'file-most', with: { name: file.name, most: place.most } })
  }
  await lockContent(tx, { institutionId: actor.institutionId, sha256: file.sha256 }, 'shared')
  await sender.store.take(file, actor.institutionId)
  const { draftId, document } = place
  const id = await insertAttachment(tx, {
    ...rowOf(sender, file, there.length),
    institutionId: actor.institutionId,
    draftId,
    document,
    staffOnly: false,
  })
  if (place.most === 1) await deleteFromDraft(tx, draftId, { document, but: id })
  return good({ id, alsoIn })
}

/** Removes a file from a draft; one that is not there is no error. */
export async function removeFromDraft(tx: Tx, draftId: string, id: string): Promise<void> {
  if (isUuid(id)) await deleteFromDraft(tx, draftId, { id })
}

/** Removes a draft's files of documents that are not asked for. */
export async function keepOnlyDocuments(tx: Tx, draftId: string, documents: readonly string[]): Promise<void> {
  await deleteFromDraft(tx, draftId, { notIn: documents })
}

export interface UnsentPlace {
  readonly ticketId: number
  /** Institution of the ticket: files lie in its folder whoever sends them. */
  readonly institutionId: number
  /** The document it answers; absent: none. */
  readonly document?: string | undefined
}

/**
 * Lays a received file by for one's next follow-up on a ticket the caller has found visible. Staff's stay their own until
 * the follow-up is public. Codes: those of fileProblem (PDF, JPEG, PNG; limit of the settings), `file-most`, `file-quota`.
 */
export async function addUnsentToTicket(
  sender: Sender,
  file: ReceivedFile,
  place: UnsentPlace,
): Promise<Checked<Added>> {
  const { tx, actor } = sender
  const { fileBytes } = await settingsNow(tx)
  const problem =
    fileProblem(file, { kinds: ALL_KINDS, maxBytes: fileBytes }, file.field) ?? (await quotaProblem(sender, file))
  if (problem) return bad(problem)
  const there = await unsentFiles(tx, { ticketId: place.ticketId, personId: actor.personId })
  const document = place.document ?? FOLLOW_UP
  const name = cleanName(file.name)
  const again = there.find((one) => one.sha256.equals(file.sha256) && one.name === name && one.document === document)
  if (again) return good({ id: again.id, alsoIn: undefined })
  if (there.length >= MOST_FILES)
    return bad({ field: file.field, code: 'file-most', with: { name: file.name, most: MOST_FILES } })
  await lockContent(tx, { institutionId: place.institutionId, sha256: file.sha256 }, 'shared')
  await sender.store.take(file, place.institutionId)
  const id = await insertAttachment(tx, {
    ...rowOf(sender, file, there.length),
    institutionId: place.institutionId,
    ticketId: place.ticketId,
    document,
    staffOnly: actor.side === 'staff',
  })
  return good({ id, alsoIn: undefined })
}

/** Removes one's own unsent file; one that is not there is no error. */
export async function removeUnsent(tx: Tx, file: { id: string; personId: number; ticketId: number }): Promise<void> {
  if (isUuid(file.id)) await deleteUnsent(tx, file)
}

/** Those of the named files that a person has laid by for a ticket and not sent yet; the rest is passed over. */
export async function ownUnsent(
  tx: Tx,
  of: { ticketId: number; personId: number; ids: readonly string[] },
): Promise<Attachment[]> {
  if (of.ids.length === 0) return []
  return (await unsentFiles(tx, of)).filter(({ id }) => of.ids.includes(id))
}

export type Claim =
  | DraftClaim
  | {
      readonly ticketId: number
      readonly unsentOf: number
      readonly followUpId: number
      /** Ids of the files: what else lies by, of another form or another tab, stays where it is. */
      readonly files: readonly string[]
      readonly staffOnly?: boolean
    }

/** Gives files to a ticket for good and numbers them; the caller holds the ticket's lock. Returns the SHA-256 of each. */
export async function claimForTicket(tx: Tx, claim: Claim): Promise<Buffer[]> {
  if ('draftId' in claim) return await numberDraftFiles(tx, claim)
  const { ticketId, followUpId, unsentOf: personId, staffOnly = false } = claim
  const ids = claim.files.filter(isUuid)
  const files = (await unsentFiles(tx, { ticketId, personId })).filter((file) => ids.includes(file.id))
  const unsent = { ticketId, followUpId, personId, staffOnly, ids }
  if (files.some((file) => file.staffOnly !== staffOnly)) await setUnsentVisibility(tx, unsent)
  return files.length === 0 ? [] : await numberUnsentFiles(tx, unsent)
}

/**
 * Removes contents stored before `before` that no row speaks of: of refused posts, removed and replaced files. Returns how
 * many. Whoever is storing the same content just now holds its lock: that one is left for the next time.
 */
export async function removeOrphans(db: Db, store: FileStore, before: Date): Promise<number> {
  let removed = 0
  for await (const { institutionId, contents } of store.stored(before)) {
    const known = new Set((await contentsKnown(db, institutionId, contents)).map((one) => one.toString('hex')))
    for (const sha256 of contents.filter((one) => !known.has(one.toString('hex')))) {
      const content = { institutionId, sha256 }
      removed += await db.transaction().execute(async (tx) => {
        if (!(await lockContent(tx, content, 'alone'))) return 0
        if ((await contentsKnown(tx, institutionId, [sha256])).length > 0) return 0
        await deleteCheck(tx, content)
        await store.remove(content)
        return 1
      })
    }
  }
  return removed
}

/** A received file that must have a kind by now; fileProblem has seen it. */
function rowOf(sender: Sender, file: ReceivedFile, before: number) {
  const mediaType = found(file.mediaType)
  if (file.tooLarge) throw new Refusal('too-large')
  const { size, sha256 } = file
  const name = nameOfKind(file.name, mediaType)
  // Files of one post come at one instant; a millisecond each keeps their order.
  const at = new Date(sender.now.getTime() + before)
  return { name, size, sha256, mediaType, uploadedBy: sender.actor.personId, at }
}
