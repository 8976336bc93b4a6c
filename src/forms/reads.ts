// What screens show of forms and drafts.
import { sql } from 'kysely'
import { type Answers, type Definition, NO, type Question, questionsOf, UNKNOWN, YES } from '#forms/rules/definition.ts'
import { showAnswer } from '#forms/rules/question-types.ts'
import { chosenIn } from '#forms/rules/types/multiple-choice.ts'
import type { Tx } from '#shared/db/connect.ts'
import { fixed } from '#shared/db/fixed.ts'
import { isUuid } from '#shared/kit/uuid.ts'
import { found, Refusal } from '#shared/refusals.ts'
import { type Lang, wordsFor } from '#words/words.ts'

/** Published versions never change (0004-forms.sql), so each is parsed once. */
const definitions = new Map<number, Definition>()

/** The definition of a version that is or was published. */
export async function definitionOf(tx: Tx, formVersionId: number): Promise<Definition> {
  const known = definitions.get(formVersionId)
  if (known) return known
  const row = await tx
    .selectFrom('eprod.form_version')
    .select(['definition', 'status'])
    .where('id', '=', formVersionId)
    .executeTakeFirst()
  const definition = found(row).definition as Definition
  if (row?.status !== 'draft') definitions.set(formVersionId, definition)
  return definition
}

/** The version a form is filled in with today; undefined: no such form, or none published. */
export async function publishedVersion(tx: Tx, code: string): Promise<number | undefined> {
  const row = await tx
    .selectFrom('eprod.form_version as v')
    .innerJoin('eprod.form as f', 'f.id', 'v.form_id')
    .select('v.id')
    .where('f.code', '=', code)
    .where('v.status', '=', 'published')
    .executeTakeFirst()
  return row?.id
}

/** Whether a form had a version in use once and has none today. */
export async function isRetired(tx: Tx, code: string): Promise<boolean> {
  const { rows } = await sql`
    select from eprod.form f where f.code = ${code}
       and exists (select from eprod.form_version v where v.form_id = f.id and v.status = 'retired')
       and not exists (select from eprod.form_version v where v.form_id = f.id and v.status = 'published')`.execute(tx)
  return rows.length > 0
}

/** The forms that can be filled in today. */
export async function publishedForms(tx: Tx): Promise<{ code: string; id: number }[]> {
  return await tx
    .selectFrom('eprod.form_version as v')
    .innerJoin('eprod.form as f', 'f.id', 'v.form_id')
    .select(['f.code', 'v.id'])
    .where('v.status', '=', 'published')
    .orderBy('f.id')
    .limit(sql.lit(50))
    .execute()
}

/** The published version of the form that a version belongs to. */
export async function currentVersionOf(tx: Tx, formVersionId: number): Promise<number | undefined> {
  const row = await tx
    .selectFrom('eprod.form_version as v')
    .innerJoin('eprod.form_version as o', 'o.form_id', 'v.form_id')
    .select('v.id')
    .where('o.id', '=', formVersionId)
    .where('v.status', '=', 'published')
    .executeTakeFirst()
  return row?.id
}

export interface Draft {
  readonly id: string
  readonly institutionId: number
  readonly personId: number
  readonly formVersionId: number
  readonly answers: Answers
  readonly copiedFrom: number | null
  readonly filedAs: number | null
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly definition: Definition
}

/** A draft of the visitor's institution with its form, without what others declared; undefined when it is not there for them. */
export async function draftById(tx: Tx, id: string): Promise<Draft | undefined> {
  if (!isUuid(id)) return undefined
  const row = await tx
    .selectFrom('eprod.draft')
    .selectAll()
    .select(sql<boolean>`declared_by = eprod.context_person()`.as('declared'))
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const definition = await definitionOf(tx, row.form_version_id)
  return {
    id: row.id,
    institutionId: row.institution_id,
    personId: row.person_id,
    formVersionId: row.form_version_id,
    answers: row.declared ? (row.answers as Answers) : undeclared(definition, row.answers as Answers),
    copiedFrom: row.copied_from ?? null,
    filedAs: row.filed_as ?? null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    definition,
  }
}

/** What somebody else declared is not one's own. */
function undeclared(definition: Definition, answers: Answers): Answers {
  const declared = questionsOf(definition).filter(({ key, type }) => type === 'declaration' && answers[key])
  return declared.length === 0 ? answers : { ...answers, ...Object.fromEntries(declared.map(({ key }) => [key, ''])) }
}

/** One's own open draft copied from a ticket; undefined: none. */
export async function draftCopiedFrom(tx: Tx, of: { personId: number; ticketId: number }): Promise<string | undefined> {
  const { rows } = await tx.executeQuery(fixed<{ id: string }>`
    select id from eprod.draft where copied_from = ${of.ticketId} and person_id = ${of.personId} and filed_as is null
     order by updated_at desc limit 1`)
  return rows[0]?.id
}

export interface OpenDraft {
  readonly id: string
  readonly updatedAt: Date
  readonly person: string
  readonly own: boolean
  readonly caseName: string | undefined
  readonly vehicle: string | undefined
  readonly files: number
}

const MOST_DRAFTS = 50

export interface DraftsAsked {
  readonly personId: number
  readonly lang: Lang
  readonly most?: number
  /** `next` of the page before. */
  readonly after?: string | undefined
}

/**
 * The institution's drafts in which something stands, newest first, a page of fifty unless fewer are asked for. `next`: where the
 * older ones begin; undefined: these were all. Refuses a place no page gave: `bad-request`.
 */
export async function openDrafts(tx: Tx, asked: DraftsAsked): Promise<{ drafts: OpenDraft[]; next?: string }> {
  const most = asked.most ?? MOST_DRAFTS
  const rows = await draftRows(tx, asked.after, most + 1)
  const drafts = await Promise.all(rows.slice(0, most).map((row) => listed(tx, row, asked)))
  const last = drafts.at(-1)
  return { drafts, ...(rows.length > most && last ? { next: `${last.updatedAt.getTime()}_${last.id}` } : {}) }
}

interface DraftRow {
  readonly id: string
  readonly answers: Answers
  readonly formVersionId: number
  readonly updatedAt: Date
  readonly person: string
  readonly personId: number
  readonly files: number
}

async function draftRows(tx: Tx, after: string | undefined, most: number): Promise<DraftRow[]> {
  const [, at = '', id = ''] = /^(\d{1,15})_([\w-]{36})$/.exec(after ?? '') ?? []
  if (after !== undefined && !isUuid(id)) throw new Refusal('bad-request')
  const { rows } = await sql<DraftRow>`
    select d.id, d.answers, d.form_version_id as "formVersionId", d.updated_at as "updatedAt", p.name as person,
           d.person_id as "personId", (select count(*) from eprod.attachment a where a.draft_id = d.id)::int as files
      from eprod.draft d join eprod.person p on p.id = d.person_id
     where d.filed_as is null and (d.answers <> '{}' or exists (select from eprod.attachment a where a.draft_id = d.id))
       ${after === undefined ? sql`` : sql`and (date_trunc('milliseconds', d.updated_at), d.id) < (${new Date(Number(at))}::timestamptz, ${id}::uuid)`}
     order by date_trunc('milliseconds', d.updated_at) desc, d.id desc limit ${sql.lit(most)}`.execute(tx)
  return rows
}

async function listed(tx: Tx, row: DraftRow, asked: DraftsAsked): Promise<OpenDraft> {
  const definition = await definitionOf(tx, row.formVersionId)
  const { facts } = definition
  return {
    id: row.id,
    updatedAt: row.updatedAt,
    person: row.person,
    own: row.personId === asked.personId,
    caseName: optionLabel(definition, { key: facts.case, value: row.answers[facts.case], lang: asked.lang }),
    vehicle: row.answers[facts.plate] || row.answers[facts.chassis] || undefined,
    files: row.files,
  }
}

function optionLabel(
  definition: Definition,
  asked: { key: string; value: string | undefined; lang: Lang },
): string | undefined {
  const question = questionsOf(definition).find((one) => one.key === asked.key)
  return question?.options?.find((option) => option.value === asked.value)?.label[asked.lang]
}

export interface ShownSection {
  readonly key: string
  readonly title: string
  readonly answers: readonly { readonly key: string; readonly label: string; readonly value: string }[]
}

/** A ticket's answers as people read them, by section; sections without answers are left out. */
export async function shownAnswers(
  tx: Tx,
  filed: { formVersionId: number; answers: Readonly<Record<string, unknown>> },
  lang: Lang,
): Promise<ShownSection[]> {
  const definition = await definitionOf(tx, filed.formVersionId)
  return definition.sections
    .map((section) => ({
      key: section.key,
      title: section.title[lang],
      answers: section.questions.flatMap((question) => {
        const value = filed.answers[question.key]
        if (typeof value !== 'string' || value === '') return []
        return [{ key: question.key, label: question.label[lang], value: shownValue(question, value, lang) }]
      }),
    }))
    .filter((section) => section.answers.length > 0)
}

/** An answer as people read it: options and yes/no by their labels. */
export function shownValue(question: Question, value: string, lang: Lang): string {
  const label = (one: string) => question.options?.find((option) => option.value === one)?.label[lang]
  if (question.type === 'multiple-choice')
    return chosenIn(value)
      .map((one) => label(one) ?? one)
      .join(' · ')
  const yesNo = wordsFor(lang).forms.yesNo
  const said: Record<string, string> = { [YES]: yesNo.yes, [NO]: yesNo.no, [UNKNOWN]: yesNo.unknown }
  const ticked = ['yes-no', 'yes-no-unknown', 'tick', 'declaration'].includes(question.type)
  return label(value) ?? (ticked ? said[value] : undefined) ?? showAnswer(question, value)
}

/** What a person's expired session sent, and is kept. */
export interface KeptAt {
  readonly id: string
  /** Where it was sent to. */
  readonly path: string
  readonly at: Date
}

/** The kept posts of the acting person, newest first, to be gone on with. */
export async function keptPosts(tx: Tx, personId: number, now: Date): Promise<KeptAt[]> {
  const { rows } = await tx.executeQuery(fixed<KeptAt>`
    select id, path, created_at as at from eprod.kept_post
     where person_id = ${personId} and kept_until > ${now} order by created_at desc`)
  return rows
}
