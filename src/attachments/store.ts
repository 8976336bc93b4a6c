// What is kept of files: the only writer of eprod.attachment, eprod.upload and eprod.file_check. The bytes are on disk, see files.ts.
import { sql } from 'kysely'
import type { StoredContent } from '#attachments/reads.ts'
import type { Look } from '#attachments/rules/checks.ts'
import type { Db, Tx } from '#shared/db/connect.ts'
import type { Problem } from '#shared/problems.ts'

export interface NewAttachment {
  readonly institutionId: number
  readonly draftId?: string
  readonly ticketId?: number
  readonly document: string
  readonly name: string
  readonly size: number
  readonly sha256: Buffer
  readonly mediaType: string
  readonly uploadedBy: number
  readonly at: Date
  readonly staffOnly: boolean
}

/**
 * Locks a stored content until the transaction ends: `shared` by those who store it, `alone` by who would remove it.
 * `alone` does not wait; false: somebody is storing it.
 */
export async function lockContent(
  tx: Tx,
  content: { institutionId: number; sha256: Buffer },
  how: 'shared' | 'alone',
): Promise<boolean> {
  const key = sql`hashtextextended(${`content:${content.institutionId}:${content.sha256.toString('hex')}`}, 7)`
  if (how === 'alone') {
    const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${key}) as got`.execute(tx)
    return rows[0]?.got === true
  }
  await sql`select pg_advisory_xact_lock_shared(${key})`.execute(tx)
  return true
}

/** Inserts a file without a number; returns its id. */
export async function insertAttachment(tx: Tx, file: NewAttachment): Promise<string> {
  const row = await tx
    .insertInto('eprod.attachment')
    .values({
      institution_id: file.institutionId,
      draft_id: file.draftId ?? null,
      ticket_id: file.ticketId ?? null,
      document: file.document,
      name: file.name,
      size: file.size,
      sha256: file.sha256,
      media_type: file.mediaType,
      uploaded_by: file.uploadedBy,
      uploaded_at: file.at,
      staff_only: file.staffOnly,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Removes a draft's files: one, those of a document, or those of documents not in a list. Returns how many. */
export async function deleteFromDraft(
  tx: Tx,
  draftId: string,
  which: { id: string } | { document: string; but: string } | { notIn: readonly string[] },
): Promise<number> {
  let query = tx.deleteFrom('eprod.attachment').where('draft_id', '=', draftId).where('n', 'is', null)
  if ('id' in which) query = query.where('id', '=', which.id)
  else if ('document' in which) query = query.where('document', '=', which.document).where('id', '<>', which.but)
  else query = query.where((one) => one.not(sql<boolean>`document = any(${[...which.notIn]}::text[])`))
  const result = await query.executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** Removes one's own unsent file of a ticket. Returns how many. */
export async function deleteUnsent(tx: Tx, file: { id: string; personId: number; ticketId: number }): Promise<number> {
  const result = await tx
    .deleteFrom('eprod.attachment')
    .where('id', '=', file.id)
    .where('uploaded_by', '=', file.personId)
    .where('ticket_id', '=', file.ticketId)
    .where('draft_id', 'is', null)
    .where('n', 'is', null)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

export interface DraftClaim {
  readonly draftId: string
  readonly ticketId: number
  /** Keys of the form's documents in their order: files that came at once are numbered by it, not by which line was faster. */
  readonly documents: readonly string[]
}

/** Numbers a draft's files as the ticket's own, after those it has. The caller holds the ticket's lock or has just made it. */
export async function numberDraftFiles(tx: Tx, claim: DraftClaim): Promise<Buffer[]> {
  const { rows } = await sql<{ sha256: Buffer }>`
    update eprod.attachment a set ticket_id = ${claim.ticketId}, draft_id = null, n = o.n
      from (select id, row_number() over (order by array_position(${[...claim.documents]}::text[], document), uploaded_at, id)
                   + (select coalesce(max(n), 0) from eprod.attachment where ticket_id = ${claim.ticketId}) as n
              from eprod.attachment where draft_id = ${claim.draftId} and n is null) o
     where a.id = o.id returning a.sha256`.execute(tx)
  return rows.map(({ sha256 }) => sha256)
}

export interface UnsentClaim {
  readonly personId: number
  readonly ticketId: number
  readonly followUpId: number
  readonly staffOnly: boolean
  readonly ids: readonly string[]
}

/** Numbers a person's unsent files of a ticket as those of a follow-up. The caller holds the ticket's lock. */
export async function numberUnsentFiles(tx: Tx, claim: UnsentClaim): Promise<Buffer[]> {
  const { rows } = await sql<{ sha256: Buffer }>`
    update eprod.attachment a set follow_up_id = ${claim.followUpId}, n = o.n
      from (select id, row_number() over (order by uploaded_at, id)
                   + (select coalesce(max(n), 0) from eprod.attachment where ticket_id = ${claim.ticketId}) as n
              from eprod.attachment
             where ticket_id = ${claim.ticketId} and uploaded_by = ${claim.personId} and n is null and draft_id is null
               and id = any(${[...claim.ids]}::uuid[])) o
     where a.id = o.id returning a.sha256`.execute(tx)
  return rows.map(({ sha256 }) => sha256)
}

/** Makes a person's unsent files of a ticket public or staff's own, before they are numbered. Staff only. */
export async function setUnsentVisibility(tx: Tx, claim: UnsentClaim): Promise<void> {
  await tx
    .updateTable('eprod.attachment')
    .set({ staff_only: claim.staffOnly })
    .where('ticket_id', '=', claim.ticketId)
    .where('uploaded_by', '=', claim.personId)
    .where('n', 'is', null)
    .where('draft_id', 'is', null)
    .where('staff_only', '<>', claim.staffOnly)
    .where('id', 'in', claim.ids)
    .execute()
}

export interface NewUpload {
  readonly institutionId: number
  readonly personId: number
  readonly draftId: string
  readonly document: string
  readonly name: string
  readonly size: number
  readonly at: Date
}

/** Remembers a file that is to come; returns its id. */
export async function insertUpload(tx: Tx, upload: NewUpload): Promise<string> {
  const row = await tx
    .insertInto('eprod.upload')
    .values({
      institution_id: upload.institutionId,
      person_id: upload.personId,
      draft_id: upload.draftId,
      document: upload.document,
      name: upload.name,
      size: upload.size,
      begun_at: upload.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Every byte came: the file was taken, or refused for a problem. */
export async function setConcluded(tx: Tx, id: string, how: { problem: Problem | undefined; at: Date }): Promise<void> {
  await tx
    .updateTable('eprod.upload')
    .set({ concluded_at: how.at, problem: how.problem ? JSON.stringify(how.problem) : null })
    .where('id', '=', id)
    .execute()
}

/** Forgets one upload of one's own. */
export async function deleteUpload(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('eprod.upload').where('id', '=', id).execute()
}

/** Forgets uploads, but for those of a list, begun before an instant. Returns how many. */
export async function deleteUploadsBefore(db: Db, before: Date, but: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from eprod.upload where begun_at < ${before} and not id = any(${[...but]}::uuid[])`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Removes files laid by for a message before an instant, and those of drafts nobody wrote in since another. Returns how many. */
export async function deleteUnclaimed(db: Db, before: { unsent: Date; drafts: Date }): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from eprod.attachment a where a.n is null and a.uploaded_at < ${before.unsent} and (
      a.draft_id is null
      or a.uploaded_at < ${before.drafts} and exists (
           select from eprod.draft d where d.id = a.draft_id and d.filed_as is null and d.updated_at < ${before.drafts}))`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0)
}

/** Keeps what a look found. */
export async function setLooked(
  db: Db,
  content: StoredContent,
  found: { look: Look; identifiers: readonly string[]; at: Date },
): Promise<void> {
  await db
    .updateTable('eprod.file_check')
    .set({ look: JSON.stringify(found.look), identifiers: [...found.identifiers], looked_at: found.at })
    .where('institution_id', '=', content.institutionId)
    .where('sha256', '=', content.sha256)
    .execute()
}

/** Keeps what the scanner said, or that there was none. */
export async function setScanned(
  db: Db,
  content: StoredContent,
  said: { scan: 'none' | 'clean' | 'infected'; virus?: string; at: Date },
): Promise<void> {
  await db
    .updateTable('eprod.file_check')
    .set({ scan: said.scan, virus: said.virus ?? null, scanned_at: said.at, scan_failed_at: null })
    .where('institution_id', '=', content.institutionId)
    .where('sha256', '=', content.sha256)
    .execute()
}

/** The scanner did not answer: the file stays closed. */
export async function setScanFailed(db: Db, content: StoredContent, at: Date): Promise<void> {
  await db
    .updateTable('eprod.file_check')
    .set({ scan_failed_at: at })
    .where('institution_id', '=', content.institutionId)
    .where('sha256', '=', content.sha256)
    .execute()
}

/** Forgets what is known of a content that goes. */
export async function deleteCheck(tx: Tx, content: StoredContent): Promise<void> {
  await tx
    .deleteFrom('eprod.file_check')
    .where('institution_id', '=', content.institutionId)
    .where('sha256', '=', content.sha256)
    .execute()
}

/** Adds the jobs of contents that wait, those longest without an answer last; with a scanner also of those never scanned. */
export async function enqueueChecks(tx: Tx, which: { scanning: boolean; most: number }): Promise<number> {
  const waiting = which.scanning
    ? sql`looked_at is null or scan is null or scan = 'none'`
    : sql`looked_at is null or scan is null`
  const { rows } = await sql`
    select eprod.enqueue_file_check(institution_id, sha256) from (
      select institution_id, sha256 from eprod.file_check where ${waiting}
       order by scan_failed_at nulls first limit ${sql.lit(which.most)}) w`.execute(tx)
  return rows.length
}

/** Tells the pages open on the tickets that hold a content, as the journal tells of changes (0041-notifications.sql). */
export async function tellOpenPages(db: Db, content: StoredContent): Promise<void> {
  await sql`
    select pg_notify('eprod_live', told::text) from (
      select json_agg(distinct jsonb_build_array(ticket_id, institution_id, staff_only)) as told from (
        select ticket_id, institution_id, staff_only from eprod.attachment
         where institution_id = ${content.institutionId} and sha256 = ${content.sha256} and n is not null limit 100) a) t
     where told is not null`.execute(db)
}
