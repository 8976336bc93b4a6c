// What the editor's screens show of forms and their versions, drafts among them.
import { sql } from 'kysely'
import type { Definition, Text } from '#forms/rules/definition.ts'
import type { FormTest } from '#forms/rules/form-tests.ts'
import type { Tx } from '#shared/db/connect.ts'

export type VersionStatus = 'draft' | 'published' | 'retired'

export interface VersionRow {
  readonly id: number
  readonly formId: number
  readonly code: string
  readonly number: number
  readonly status: VersionStatus
  /** Counts the changes of a draft: who writes says which one was seen. */
  readonly edition: number
  readonly title: Text
  readonly changedAt: Date
  /** null: the seed. */
  readonly changedBy: string | null
  readonly publishedAt: Date | null
  readonly retiredAt: Date | null
}

export interface Version extends VersionRow {
  readonly definition: Definition
  readonly tests: readonly FormTest[]
}

const ROW = sql`
  v.id, v.form_id as "formId", f.code, v.number, v.status, v.edition, v.definition->'title' as title,
  v.changed_at as "changedAt", p.name as "changedBy", v.published_at as "publishedAt", v.retired_at as "retiredAt"`
const FROM = sql`
  from eprod.form_version v join eprod.form f on f.id = v.form_id left join eprod.person p on p.id = v.changed_by`

/** All versions of all forms, by form, the newest first. A form has tens of them at most. */
export async function allVersions(tx: Tx): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`select ${ROW} ${FROM} order by f.code, v.number desc limit 1000`.execute(tx)
  return rows
}

/** The versions of one form, the newest first. */
export async function versionsOf(tx: Tx, code: string): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select ${ROW} ${FROM} where f.code = ${code} order by v.number desc limit 500`.execute(tx)
  return rows
}

/** One version with what it says; undefined: there is none of this number. */
export async function versionOf(tx: Tx, code: string, number: number): Promise<Version | undefined> {
  const { rows } = await sql<Version>`
    select ${ROW}, v.definition, v.tests ${FROM} where f.code = ${code} and v.number = ${number}`.execute(tx)
  return rows[0]
}
