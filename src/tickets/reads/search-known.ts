// What searches choose from: people, teams, institutions, waiting types, the published forms. Kept in memory for a minute for
// each institution, so that a list costs no statement for its builder.
import { sql } from 'kysely'
import type { Choice } from '#criteria/rules/grammar.ts'
import { type Definition, documentsOf, questionsOf } from '#forms/rules/definition.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import type { Known } from '#tickets/rules/search-fields.ts'
import type { Lang } from '#words/words.ts'

const MINUTE_MS = 60_000
/** People of one house shown to choose from; more are found by a piece of the name. */
const MOST = 500
const MOST_KEPT = 1000
const kept = new Map<string, { readonly known: Known; readonly until: number }>()

interface Asking {
  readonly actor: Actor
  readonly lang: Lang
  readonly now: Date
}

/** What the actor may choose from, named in the language. At most a minute old. */
export async function searchKnown(tx: Tx, { actor, lang, now }: Asking): Promise<Known> {
  const key = `${actor.side} ${actor.institutionId} ${lang}`
  const there = kept.get(key)
  if (there && there.until > now.getTime() && there.until <= now.getTime() + MINUTE_MS) return there.known
  const known = await readKnown(tx, actor, lang)
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(key, { known, until: now.getTime() + MINUTE_MS })
  return known
}

interface Row {
  readonly source: 'people' | 'staff' | 'institutions' | 'teams' | 'ownTeams'
  readonly id: number
  readonly name: string
}

async function readKnown(tx: Tx, actor: Actor, lang: Lang): Promise<Known> {
  // Row-level security leaves an institution its own people, teams and itself, and those of DETRAN-RS.
  const { rows } = await sql<Row>`
    (select 'people' as source, id, name from eprod.person where institution_id = ${actor.institutionId} order by name limit ${sql.lit(MOST)})
    union all (select 'staff', id, name from eprod.person where side = 'staff' order by name limit ${sql.lit(MOST)})
    union all (select 'institutions', id, name from eprod.institution where side = 'institution' order by name limit ${sql.lit(MOST)})
    union all (select 'teams', t.id, t.name || case when i.side = 'staff' then '' else ' (' || i.name || ')' end
                 from eprod.team t join eprod.institution i on i.id = t.institution_id order by t.name limit ${sql.lit(MOST)})
    union all (select 'ownTeams', t.id, t.name from eprod.team t join eprod.institution i on i.id = t.institution_id
                where i.side = 'staff' order by t.name limit ${sql.lit(MOST)})`.execute(tx)
  const of = (source: Row['source']): Choice[] =>
    rows.filter((row) => row.source === source).map(({ id, name }) => ({ value: String(id), label: name }))
  const forms = await publishedForms(tx)
  return {
    people: of('people'),
    staff: of('staff'),
    institutions: of('institutions'),
    teams: of('teams'),
    ownTeams: of('ownTeams'),
    waiting: await waitingTree(tx, lang),
    cases: once(forms.flatMap((form) => casesOf(form, lang))),
    documents: once(
      forms.flatMap((form) => documentsOf(form).map(({ key, name }) => ({ value: key, label: name[lang] }))),
    ),
    forms,
  }
}

async function publishedForms(tx: Tx): Promise<Definition[]> {
  const rows = await tx
    .selectFrom('eprod.form_version')
    .select('definition')
    .where('status', '=', 'published')
    .orderBy('id')
    .execute()
  return rows.map((row) => row.definition as Definition)
}

function casesOf(form: Definition, lang: Lang): Choice[] {
  const question = questionsOf(form).find(({ key }) => key === form.facts.case)
  return (question?.options ?? []).map(({ value, label }) => ({ value, label: label[lang] }))
}

/** The tree of waiting types: each with all that stands below it. */
async function waitingTree(tx: Tx, lang: Lang): Promise<Choice[]> {
  const rows = await tx
    .selectFrom('eprod.waiting_type')
    .select(['id', 'parent_id', 'name'])
    .orderBy('position')
    .execute()
  const below = (id: number): string[] =>
    rows.filter((row) => row.parent_id === id).flatMap((row) => [String(row.id), ...below(row.id)])
  return rows.map((row) => ({ value: String(row.id), label: row.name[lang], below: below(row.id) }))
}

function once(choices: readonly Choice[]): Choice[] {
  return [...new Map(choices.map((choice) => [choice.value, choice])).values()]
}
