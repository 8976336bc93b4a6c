// What screens show of files.
import { type RawBuilder, sql } from 'kysely'
import type { FileCheck } from '#attachments/rules/checks.ts'
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
  /** null: nothing is known of its content. */
  readonly check: FileCheck | null
}

/** The plate (Mercosul spelling) and the chassis a file should tell of. */
export type Vehicle = readonly [plate: string | null, chassis: string | null]

/**
 * What is known of the content of the attachment `a`, as one JSON column. `identifiers`: an array of text, looked for in
 * what its text has; each page has its own vehicle, so that another answer needs no other look.
 */
export function checkColumn(identifiers: RawBuilder<unknown>): RawBuilder<FileCheck | null> {
  return sql`(select json_build_object('look', c.look, 'scan', c.scan, 'virus', c.virus,
      'scanFailed', c.scan_failed_at is not null,
      'vehicle', case when (c.look->>'text')::boolean and cardinality(${identifiers}) > 0
                      then c.identifiers && ${identifiers} end)
     from eprod.file_check c where c.institution_id = a.institution_id and c.sha256 = a.sha256)`
}

const identifiersOf = (vehicle: Vehicle): RawBuilder<unknown> => sql`${vehicle.filter((one) => one !== null)}::text[]`
const NO_VEHICLE: Vehicle = [null, null]

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

/** Bytes of the context's institution that no ticket has taken (0152-unclaimed-bytes.sql). */
export async function unclaimedBytes(tx: Tx): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`select eprod.unclaimed_bytes() as bytes`.execute(tx)
  return rows[0]?.bytes ?? 0
}

/** Files of a draft, in the order they came. `vehicle`: what is typed so far. */
export async function filesOfDraft(tx: Tx, draftId: string, vehicle: Vehicle = NO_VEHICLE): Promise<Attachment[]> {
  return await tx
    .selectFrom('eprod.attachment as a')
    .select(COLUMNS)
    .select(checkColumn(identifiersOf(vehicle)).as('check'))
    .where('draft_id', '=', draftId)
    .orderBy('uploaded_at')
    .orderBy('id')
    .execute()
}

/** Numbered files of a ticket that the context may see, by number. */
export async function filesOfTicket(tx: Tx, ticketId: number): Promise<Attachment[]> {
  return await tx
    .selectFrom('eprod.attachment as a')
    .select(COLUMNS)
    .select(checkColumn(identifiersOf(NO_VEHICLE)).as('check'))
    .where('ticket_id', '=', ticketId)
    .where('n', 'is not', null)
    .orderBy('n')
    .execute()
}

/** One numbered file of a ticket; undefined when there is none or the context may not see it. */
export async function fileOfTicket(tx: Tx, ticketId: number, n: number): Promise<Attachment | undefined> {
  return await tx
    .selectFrom('eprod.attachment as a')
    .select(COLUMNS)
    .select(checkColumn(identifiersOf(NO_VEHICLE)).as('check'))
    .where('ticket_id', '=', ticketId)
    .where('n', '=', n)
    .executeTakeFirst()
}

/** A content of an institution, as it lies on disk. */
export interface StoredContent {
  readonly institutionId: number
  readonly sha256: Buffer
}

/** How far the check of a content is. */
export interface CheckState {
  readonly mediaType: string
  readonly looked: boolean
  readonly scan: FileCheck['scan']
  readonly scanFailed: boolean
}

/** Undefined: no file has this content any more. For the worker. */
export async function checkState(db: Db, content: StoredContent): Promise<CheckState | undefined> {
  const { rows } = await sql<CheckState>`
    select a.media_type as "mediaType", c.looked_at is not null as looked, c.scan, c.scan_failed_at is not null as "scanFailed"
      from eprod.file_check c join eprod.attachment a on a.sha256 = c.sha256 and a.institution_id = c.institution_id
     where c.institution_id = ${content.institutionId} and c.sha256 = ${content.sha256} limit 1`.execute(db)
  return rows[0]
}

/** The open tickets that hold a content, with its number there. For the worker. */
export async function ticketsWith(
  tx: Tx,
  content: StoredContent,
): Promise<{ ticketId: number; n: number; staffOnly: boolean }[]> {
  const { rows } = await sql<{ ticketId: number; n: number; staffOnly: boolean }>`
    select distinct on (t.id) t.id as "ticketId", a.n, a.staff_only as "staffOnly"
      from eprod.attachment a join eprod.ticket t on t.id = a.ticket_id
     where a.institution_id = ${content.institutionId} and a.sha256 = ${content.sha256} and a.n is not null
       and t.status <> 'closed' order by t.id, a.n limit 100`.execute(tx)
  return rows
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
    .selectFrom('eprod.attachment as a')
    .select(COLUMNS)
    .select(checkColumn(identifiersOf(NO_VEHICLE)).as('check'))
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

/** Uploads still on their way that began before an instant. For the worker. */
export async function uploadsBegunBefore(db: Db, before: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('eprod.upload')
    .select('id')
    .where('begun_at', '<', before)
    .where('concluded_at', 'is', null)
    .execute()
  return rows.map((row) => row.id)
}

export type CheckCount = 'waiting' | 'quarantine' | 'infected'

/** How many contents of sent files wait, and how many have a virus; each counted to a thousand. For the staff. */
export async function checkCounts(tx: Tx): Promise<{ state: CheckCount; count: number }[]> {
  const { rows } = await sql<{ state: CheckCount; count: number }>`
    select state, count(*)::int as count from (
      (select case when look is not null and scan_failed_at is not null then 'quarantine' else 'waiting' end as state
         from eprod.file_check where looked_at is null or scan is null limit 1000)
      union all (select 'infected' from eprod.file_check where scan = 'infected' limit 1000)) c
     group by state order by state`.execute(tx)
  return rows
}
