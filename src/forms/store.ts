// What is kept of forms, drafts and kept posts: the only writer of form, form_version, draft and kept_post.
import { sql } from 'kysely'
import type { KeptAt } from '#forms/reads.ts'
import type { Answers, Definition } from '#forms/rules/definition.ts'
import type { FormTest } from '#forms/rules/form-tests.ts'
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
  version: { formId: number; number: number; definition: Definition; tests?: readonly FormTest[] },
): Promise<void> {
  await sql`
    insert into eprod.form_version (form_id, number, status, definition, tests, published_at)
    values (${version.formId}, ${version.number}, 'published', ${JSON.stringify(version.definition)}::jsonb,
            ${JSON.stringify(version.tests ?? [])}::jsonb, now())`.execute(tx)
}

export interface NewVersion {
  readonly formId: number
  readonly definition: Definition
  readonly tests: readonly FormTest[]
  readonly personId: number
}

/** Writes the next version of a form as a draft; returns its number, undefined when there is a draft already. */
export async function insertDraftVersion(tx: Tx, version: NewVersion, at: Date): Promise<number | undefined> {
  const { rows } = await sql<{ number: number }>`
    insert into eprod.form_version (form_id, number, definition, tests, created_at, changed_at, changed_by)
    select ${version.formId}, coalesce(max(number), 0) + 1, ${JSON.stringify(version.definition)}::jsonb,
           ${JSON.stringify(version.tests)}::jsonb, ${at}, ${at}, ${version.personId}
      from eprod.form_version where form_id = ${version.formId}
    on conflict do nothing returning number`.execute(tx)
  return rows[0]?.number
}

/** A form of a new code; undefined when the code is taken. */
export async function insertForm(tx: Tx, code: string): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    insert into eprod.form (code) values (${code}) on conflict (code) do nothing returning id`.execute(tx)
  return rows[0]?.id
}

/** Which draft is written, as its writer last saw it. */
export interface SeenDraft {
  readonly id: number
  readonly edition: number
}

/** Writes a draft anew unless somebody changed it since; says whether it was written. */
export async function updateDraftVersion(
  tx: Tx,
  seen: SeenDraft,
  to: { definition: Definition; tests: readonly FormTest[]; personId: number; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update eprod.form_version
       set definition = ${JSON.stringify(to.definition)}::jsonb, tests = ${JSON.stringify(to.tests)}::jsonb,
           edition = edition + 1, changed_at = ${to.at}, changed_by = ${to.personId}
     where id = ${seen.id} and edition = ${seen.edition} and status = 'draft' returning id`.execute(tx)
  return rows.length > 0
}

/** Publishes a draft in the place of the version there was, unless somebody changed it since. */
export async function publishVersion(tx: Tx, seen: SeenDraft & { formId: number }, at: Date): Promise<boolean> {
  await retirePublished(tx, seen.formId, at)
  const { rows } = await sql`
    update eprod.form_version set status = 'published', published_at = ${at}, edition = edition + 1
     where id = ${seen.id} and edition = ${seen.edition} and status = 'draft' returning id`.execute(tx)
  return rows.length > 0
}

/** Retires the published version of a form; returns its number, undefined when none is. */
export async function retirePublished(tx: Tx, formId: number, at: Date): Promise<number | undefined> {
  const { rows } = await sql<{ number: number }>`
    update eprod.form_version set status = 'retired', retired_at = ${at}
     where form_id = ${formId} and status = 'published' returning number`.execute(tx)
  return rows[0]?.number
}

/** Removes a draft unless somebody changed it since. */
export async function deleteDraftVersion(tx: Tx, seen: SeenDraft): Promise<boolean> {
  const { rows } = await sql`
    delete from eprod.form_version where id = ${seen.id} and edition = ${seen.edition} and status = 'draft'
    returning id`.execute(tx)
  return rows.length > 0
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

/** Removes a draft with its files and uploads; their contents go with the orphans. */
export async function deleteDraft(tx: Tx, id: string): Promise<void> {
  await sql`delete from eprod.draft where id = ${id} and filed_as is null`.execute(tx)
}

/** Removes the drafts in which nothing was typed or sent, opened before an instant. */
export async function deleteEmptyDrafts(db: Db, before: Date): Promise<void> {
  await sql`
    delete from eprod.draft d
     where d.filed_as is null and d.answers = '{}' and d.copied_from is null and d.updated_at < ${before}
       and not exists (select from eprod.attachment a where a.draft_id = d.id)
       and not exists (select from eprod.upload u where u.draft_id = d.id)`.execute(db)
}

/** Locks a draft until the transaction ends; undefined: not there for this institution. */
export async function lockDraft(tx: Tx, id: string): Promise<{ id: string } | undefined> {
  return await tx.selectFrom('eprod.draft').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Lays answers over those there are: of two tabs the last one to change a field wins, and no field is lost. */
export async function mergeAnswers(
  tx: Tx,
  draftId: string,
  change: { answers: Answers; at: Date; declaredBy?: number | undefined },
): Promise<void> {
  await sql`
    update eprod.draft set answers = answers || ${JSON.stringify(change.answers)}::jsonb, updated_at = ${change.at},
           declared_by = coalesce(${change.declaredBy ?? null}::int, declared_by)
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

/** The version a draft is filled in with from now on. */
export async function setDraftVersion(tx: Tx, draftId: string, formVersionId: number): Promise<void> {
  await tx.updateTable('eprod.draft').set({ form_version_id: formVersionId }).where('id', '=', draftId).execute()
}

/** Marks the kept posts of the acting person that were not offered yet; those, newest first. */
export async function markOffered(tx: Tx, asked: { personId: number; now: Date }): Promise<KeptAt[]> {
  const { rows } = await sql<KeptAt>`
    with offered as (update eprod.kept_post set offered_at = ${asked.now}
                      where person_id = ${asked.personId} and kept_until > ${asked.now} and offered_at is null
                     returning id, path, created_at as "at")
    select * from offered order by at desc`.execute(tx)
  return rows
}

/** Notes that a kept post's files have been given back: its text stays. */
export async function emptyKeptFiles(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('eprod.kept_post').set({ files: '[]' }).where('id', '=', id).execute()
}

/** Removes what the acting person had kept under a path and its files were given back of, once something was sent there. */
export async function deleteKeptUnder(tx: Tx, asked: { personId: number; under: string }): Promise<void> {
  await sql`
    delete from eprod.kept_post where person_id = ${asked.personId} and path like ${`${asked.under}/%`}
      and files = '[]'`.execute(tx)
}

/** A kept post of the acting person, within its hour, and only for the path it was sent to. */
export async function keptRow(
  tx: Tx,
  asked: { id: string; under: string; now: Date },
): Promise<{ path: string; fields: Record<string, string[]>; files: unknown[] } | undefined> {
  return await tx
    .selectFrom('eprod.kept_post')
    .select(['path', 'fields', 'files'])
    .where('id', '=', asked.id)
    .where('kept_until', '>', asked.now)
    .where((one) => one.or([one('path', '=', asked.under), one('path', 'like', `${asked.under}/%`)]))
    .forUpdate()
    .executeTakeFirst()
}

/** Removes a kept post. */
export async function deleteKept(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('eprod.kept_post').where('id', '=', id).execute()
}

/** Removes kept posts past their hour. */
export async function deleteExpiredPosts(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('eprod.kept_post').where('kept_until', '<=', now).execute()
}
