// What is kept of forms, drafts and kept posts: the only writer of form, form_version, draft and kept_post.
import { sql } from 'kysely'
import type { Answers, Definition } from '#forms/rules/definition.ts'
import type { Db, Tx } from '#shared/db/connect.ts'

/** Finds a form by code, making it if it is not there; returns its id. */
export async function ensureForm(tx: Tx, code: string): Promise<number> {
  const known = await tx.selectFrom('eprod.form').select('id').where('code', '=', code).executeTakeFirst()
  if (known) return known.id
  return (await tx.insertInto('eprod.form').values({ code }).returning('id').executeTakeFirstOrThrow()).id
}

/** Writes a version as published. */
export async function insertPublishedVersion(
  tx: Tx,
  version: { formId: number; number: number; definition: Definition },
): Promise<void> {
  await sql`
    insert into eprod.form_version (form_id, number, status, definition, published_at)
    values (${version.formId}, ${version.number}, 'published', ${JSON.stringify(version.definition)}::jsonb, now())`.execute(
    tx,
  )
}

export interface NewDraft {
  readonly institutionId: number
  readonly personId: number
  readonly formVersionId: number
  readonly answers: Answers
  readonly copiedFrom?: number | undefined
}

/** Inserts a draft; returns its id. */
export async function insertDraft(tx: Tx, draft: NewDraft, at: Date): Promise<string> {
  const row = await tx
    .insertInto('eprod.draft')
    .values({
      institution_id: draft.institutionId,
      person_id: draft.personId,
      form_version_id: draft.formVersionId,
      answers: JSON.stringify(draft.answers),
      copied_from: draft.copiedFrom ?? null,
      created_at: at,
      updated_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Locks a draft until the transaction ends; undefined: not there for this institution. */
export async function lockDraft(tx: Tx, id: string): Promise<{ id: string } | undefined> {
  return await tx.selectFrom('eprod.draft').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Lays answers over those there are: of two tabs the last one to change a field wins, and no field is lost. */
export async function mergeAnswers(tx: Tx, draftId: string, change: { answers: Answers; at: Date }): Promise<void> {
  await sql`
    update eprod.draft set answers = answers || ${JSON.stringify(change.answers)}::jsonb, updated_at = ${change.at}
     where id = ${draftId} and filed_as is null`.execute(tx)
}

/** Remembers the ticket a draft became. */
export async function setFiled(tx: Tx, draftId: string, filed: { ticketId: number; at: Date }): Promise<void> {
  await tx
    .updateTable('eprod.draft')
    .set({ filed_as: filed.ticketId, updated_at: filed.at })
    .where('id', '=', draftId)
    .execute()
}

/** Marks the newest kept post of the acting person that was not offered yet; undefined: there is none. */
export async function markOffered(
  tx: Tx,
  asked: { personId: number; now: Date },
): Promise<{ id: string; path: string } | undefined> {
  return await tx
    .updateTable('eprod.kept_post')
    .set({ offered_at: asked.now })
    .where('id', '=', (one) =>
      one
        .selectFrom('eprod.kept_post')
        .select('id')
        .where('person_id', '=', asked.personId)
        .where('kept_until', '>', asked.now)
        .where('offered_at', 'is', null)
        .orderBy('created_at', 'desc')
        .limit(sql.lit(1)),
    )
    .returning(['id', 'path'])
    .executeTakeFirst()
}

/** Takes a kept post of the acting person out of the table: once, within its hour, and only for the path it was sent to. */
export async function takeKeptRow(
  tx: Tx,
  asked: { id: string; under: string; now: Date },
): Promise<{ path: string; fields: Record<string, string[]>; files: unknown[] } | undefined> {
  return await tx
    .deleteFrom('eprod.kept_post')
    .where('id', '=', asked.id)
    .where('kept_until', '>', asked.now)
    .where((one) => one.or([one('path', '=', asked.under), one('path', 'like', `${asked.under}/%`)]))
    .returning(['path', 'fields', 'files'])
    .executeTakeFirst()
}

/** Removes kept posts past their hour. */
export async function deleteExpiredPosts(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('eprod.kept_post').where('kept_until', '<=', now).execute()
}
