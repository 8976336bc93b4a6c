// What screens show of files.
import { sql } from 'kysely'
import type { Db, Tx } from '#shared/db/connect.ts'
import { isUuid } from '#shared/kit/uuid.ts'
import type { Problem } from '#shared/problems.ts'

/** A file as listed. `n` counts within its ticket; null while it is of a draft or unsent. */
export interface Attachment {
  readonly id: string
  readonly institutionId: number
  readonly ticketId: number | null
  readonly followUpId: number | null
  readonly n: number | null
  readonly document: string
  readonly name: string
  readonly size: number
  readonly sha256: Buffer
  readonly mediaType: string
  readonly uploadedBy: number
  readonly uploadedAt: Date
  readonly staffOnly: boolean
}

const COLUMNS = [
  'id',
  'institution_id as institutionId',
  'ticket_id as ticketId',
  'follow_up_id as followUpId',
  'n',
  'document',
  'name',
  'size',
  'sha256',
  'media_type as mediaType',
  'uploaded_by as uploadedBy',
  'uploaded_at as uploadedAt',
  'staff_only as staffOnly',
] as const

/** Files of a draft, in the order they came. */
export async function filesOfDraft(tx: Tx, draftId: string): Promise<Attachment[]> {
  return await tx
    .selectFrom('eprod.attachment')
    .select(COLUMNS)
    .where('draft_id', '=', draftId)
    .orderBy('uploaded_at')
    .orderBy('id')
    .execute()
}

/** Numbered files of a ticket that the context may see, by number. */
export async function filesOfTicket(tx: Tx, ticketId: number): Promise<Attachment[]> {
  return await tx
    .selectFrom('eprod.attachment')
    .select(COLUMNS)
    .where('ticket_id', '=', ticketId)
    .where('n', 'is not', null)
    .orderBy('n')
    .execute()
}

/** One numbered file of a ticket; undefined when there is none or the context may not see it. */
export async function fileOfTicket(tx: Tx, ticketId: number, n: number): Promise<Attachment | undefined> {
  return await tx
    .selectFrom('eprod.attachment')
    .select(COLUMNS)
    .where('ticket_id', '=', ticketId)
    .where('n', '=', n)
    .executeTakeFirst()
}

/** Which of these contents the rows of an institution speak of. For the worker, who sees every row. */
export async function contentsKnown(db: Db, institutionId: number, contents: readonly Buffer[]): Promise<Buffer[]> {
  const { rows } = await sql<{ sha256: Buffer }>`
    select distinct sha256 from eprod.attachment
     where sha256 = any(${[...contents]}::bytea[]) and institution_id = ${institutionId}`.execute(db)
  return rows.map((row) => row.sha256)
}

/** One's own files laid by for a ticket and not sent yet. */
export async function unsentFiles(tx: Tx, of: { ticketId: number; personId: number }): Promise<Attachment[]> {
  return await tx
    .selectFrom('eprod.attachment')
    .select(COLUMNS)
    .where('uploaded_by', '=', of.personId)
    .where('ticket_id', '=', of.ticketId)
    .where('draft_id', 'is', null)
    .where('n', 'is', null)
    .orderBy('uploaded_at')
    .orderBy('id')
    .execute()
}

/** A file on its way, or come whole: then `concludedAt` is set, and `problem` if it was refused. */
export interface Upload {
  readonly id: string
  readonly draftId: string
  readonly document: string
  readonly name: string
  readonly size: number
  readonly begunAt: Date
  readonly concludedAt: Date | null
  readonly problem: Problem | null
}

const UPLOAD_COLUMNS = [
  'id',
  'draft_id as draftId',
  'document',
  'name',
  'size',
  'begun_at as begunAt',
  'concluded_at as concludedAt',
  'problem',
] as const

/** One's own upload, locked until the transaction ends if asked; undefined for anything else. */
export async function ownUpload(tx: Tx, id: string, lock = false): Promise<Upload | undefined> {
  if (!isUuid(id)) return undefined
  const query = tx.selectFrom('eprod.upload').select(UPLOAD_COLUMNS).where('id', '=', id)
  return await (lock ? query.forUpdate() : query).executeTakeFirst()
}

/** One's own files on their way to a draft, oldest first. */
export async function ownUploads(tx: Tx, draftId: string): Promise<Upload[]> {
  return await tx
    .selectFrom('eprod.upload')
    .select(UPLOAD_COLUMNS)
    .where('draft_id', '=', draftId)
    .where('concluded_at', 'is', null)
    .orderBy('begun_at')
    .execute()
}
