// What searches choose from: people, teams, institutions, waiting types, the published forms. Kept in memory for a minute for
// each institution, so that a list costs no statement for its builder.
import { type RawBuilder, sql } from 'kysely'
import { type Choice, type Fields, isGroup, type RawItem, type RawRule } from '#criteria/rules/grammar.ts'
import { type Definition, documentsOf, questionsOf } from '#forms/rules/definition.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import type { Known, TicketField } from '#tickets/rules/search-fields.ts'
import type { Lang } from '#words/words.ts'

const MINUTE_MS = 60_000
type Sql = RawBuilder<unknown>
/** People, institutions or teams in a list to choose from; where there are more, a name is typed. */
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

type Listed = 'people' | 'staff' | 'institutions' | 'teams' | 'ownTeams'
interface Row {
  readonly source: Listed
  readonly id: number
  readonly name: string
}

/** Teams, and for staff people, are told apart by their institution. */
const withInstitution = sql`n.name || case when i.side = 'staff' then '' else ' (' || i.name || ')' end`

const personName = (actor: Actor): Sql => (actor.side === 'staff' ? withInstitution : sql`n.name`)

/** Of DETRAN-RS an institution is told whom its own tickets show: those they are assigned to and who wrote on them. */
const isSeen = ({ side, institutionId }: Actor): Sql =>
  side === 'staff'
    ? sql`true`
    : sql`(exists (select from eprod.ticket t where t.institution_id = ${institutionId} and t.assignee_id = n.id)
        or exists (select from eprod.follow_up f
                    where f.institution_id = ${institutionId} and f.author_id = n.id and not f.staff_only))`

async function readKnown(tx: Tx, actor: Actor, lang: Lang): Promise<Known> {
  // Row-level security leaves an institution its own people, teams and itself, and those of DETRAN-RS.
  const some = (source: Listed, rows: Sql): Sql =>
    sql`(select ${sql.lit(source)} as source, x.* from (${rows} limit ${sql.lit(MOST + 1)}) x)`
  const people =
    actor.side === 'staff'
      ? sql`select n.id, ${withInstitution} from eprod.person n join eprod.institution i on i.id = n.institution_id where n.side = 'institution'`
      : sql`select id, name from eprod.person where institution_id = ${actor.institutionId}`
  const teams = sql`eprod.team n join eprod.institution i on i.id = n.institution_id`
  const { rows } = await sql<Row>`select * from (
    ${some('people', people)}
    union all ${some('staff', sql`select n.id, n.name from eprod.person n where n.side = 'staff' and ${isSeen(actor)}`)}
    union all ${some('institutions', sql`select id, name from eprod.institution where side = 'institution'`)}
    union all ${some('teams', sql`select n.id, ${withInstitution} from ${teams}`)}
    union all ${some('ownTeams', sql`select n.id, n.name from ${teams} where i.side = 'staff'`)}) x(source, id, name)
    order by name collate "pt-BR-x-icu", id`.execute(tx)
  const all = Map.groupBy(rows, ({ source }) => source)
  const open = new Set<keyof Known>([...all].flatMap(([source, list]) => (list.length > MOST ? [source] : [])))
  const of = (source: Listed): Choice[] => (open.has(source) ? [] : (all.get(source) ?? []).map(choiceOf))
  const forms = await publishedForms(tx)
  if (open.has('people') || open.has('staff')) open.add('authors')
  return {
    people: of('people'),
    authors: [...of('people'), ...of('staff')],
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
    open: open as Known['open'],
  }
}

const choiceOf = ({ id, name }: Pick<Row, 'id' | 'name'>): Choice => ({ value: String(id), label: name })

const TABLES = { institutions: 'institution', teams: 'team', people: 'person' } as const
/** Which table a field with more to choose from than a list holds is of. */
const TABLE_OF: Readonly<Record<string, keyof typeof TABLES>> = {
  requerente: 'people',
  'acompanhamento-autor': 'people',
  tecnico: 'people',
  'grupo-requerente': 'institutions',
  'grupo-observador': 'teams',
  'grupo-tecnico': 'teams',
} satisfies Partial<Record<TicketField, keyof typeof TABLES>>

/**
 * The fields with whom the rules name by number beyond what lists hold: of those the reader may see, which row-level security
 * decides. A search stays what it was when its institution has grown.
 */
export async function withNamed(
  { tx, actor }: { tx: Tx; actor: Actor },
  fields: Fields,
  items: readonly RawItem[],
): Promise<Fields> {
  const asked = rawRules(items).flatMap(({ field: key, values }) => {
    const field = fields.get(key)
    const table = TABLE_OF[key]
    const listed = (value: string) => field?.choices?.some((choice) => choice.value === value)
    const ids = values.filter((value) => /^[1-9]\d{0,8}$/.test(value) && !listed(value))
    return field?.open && table && ids.length > 0 ? [{ field, table, ids }] : []
  })
  if (asked.length === 0) return fields
  const idsOf = (table: keyof typeof TABLES) => asked.flatMap((one) => (one.table === table ? one.ids : []))
  const from = (table: 'people' | 'teams') => sql`
    select ${sql.lit(table)} as source, n.id, ${table === 'people' ? personName(actor) : withInstitution} from ${sql.table(`eprod.${TABLES[table]}`)} n
      join eprod.institution i on i.id = n.institution_id where n.id = any(${idsOf(table)}::int[])
      ${table === 'people' ? sql`and (n.side = 'institution' or ${isSeen(actor)})` : sql``}`
  const { rows } = await sql<{ source: string; id: number; name: string }>`select * from (
    ${from('people')} union all ${from('teams')}
    union all select 'institutions', id, name from eprod.institution where id = any(${idsOf('institutions')}::int[])) x(source, id, name)`.execute(
    tx,
  )
  const more = new Map(fields)
  for (const { field, table } of asked) {
    const found = rows.filter(({ source }) => source === table).map(choiceOf)
    more.set(field.key, { ...field, choices: [...(field.choices ?? []), ...found] })
  }
  return more
}

const rawRules = (items: readonly RawItem[]): RawRule[] =>
  items.flatMap((item) => (isGroup(item) ? rawRules(item.items) : [item]))

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
