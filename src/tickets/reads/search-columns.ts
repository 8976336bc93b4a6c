// What each field of a search is in SQL, over `eprod.ticket t`; and the texts that are looked up in their index beforehand,
// since row-level security hides it from the list's own statement (decision 0030).
import { sql } from 'kysely'
import { type Column, type ColumnOf, likePattern, type Sql } from '#criteria/compile.ts'
import {
  type Criteria,
  type Field,
  type Fields,
  fold,
  type Kind,
  type Positive,
  rulesOf,
  spellings,
  testOf,
} from '#criteria/rules/grammar.ts'
import type { Tx } from '#shared/db/connect.ts'
import { testOfTerm } from '#tickets/reads/term.ts'
import { QUESTION_PREFIX, type TicketField } from '#tickets/rules/search-fields.ts'

/** Above this many numbers a text is tested row by row along the list's order instead: it is common enough to be met soon. */
const MOST_NUMBERS = 2000

/** What Pesquisar finds. */
const TERM_FIELD = 'busca' satisfies TicketField

type How = 'pieces' | 'follow-ups'
/** Which index knows a field's text: pieces of it or its words. */
const LOOKED_UP: Partial<Record<string, How>> = {
  titulo: 'pieces',
  placa: 'pieces',
  chassi: 'pieces',
  renavam: 'pieces',
  acompanhamento: 'follow-ups',
  solucao: 'follow-ups',
} satisfies Partial<Record<TicketField, How>>

/** Kept in capitals (the database sees to it), so that what is equal is found along the column's own index of this type. */
const CODES: Partial<Record<string, Sql>> = {
  placa: sql`bpchar`,
  chassi: sql`text`,
  renavam: sql`bpchar`,
} satisfies Partial<Record<TicketField, Sql>>

/** Is the index of texts asked for this test? What is equal has all its pieces. */
const isLookedUp = (field: string, test: Positive): boolean =>
  test === 'contains' || (field === 'titulo' && (test === 'is' || test === 'one-of'))

/** Numbers of tickets by text and index (null: too many), and what terms of Pesquisar mean. */
export interface Found {
  readonly numbers: ReadonlyMap<string, readonly number[] | null>
  readonly terms: ReadonlyMap<string, Sql>
}
const keyOf = (how: How, value: string): string => `${how} ${value}`
/** The spellings an index tells apart. */
const foldedOf = (field: Field, values: readonly string[]): string[] => [...new Set(spellings(field, values).map(fold))]

/** Looks up the texts of a search, all in one statement. Each costs by what the actor may see. */
export async function lookUp(tx: Tx, criteria: Criteria, fields: Fields): Promise<Found> {
  const rules = rulesOf(criteria)
  const terms = new Map<string, Sql>()
  for (const term of new Set(rules.flatMap(({ field, values }) => (field === TERM_FIELD ? values : []))))
    terms.set(term, await testOfTerm(tx, term))
  const asked = rules.flatMap((rule) => {
    const how = LOOKED_UP[rule.field]
    const field = fields.get(rule.field)
    if (!how || !field || !isLookedUp(field.key, testOf(rule.operator).test)) return []
    return foldedOf(field, rule.values).map((value) => ({ how, value }))
  })
  return { terms, numbers: asked.length > 0 ? await lookUpTexts(tx, asked) : new Map() }
}

async function lookUpTexts(
  tx: Tx,
  asked: readonly { readonly how: How; readonly value: string }[],
): Promise<Found['numbers']> {
  const terms = asked.map(({ how, value }) => (how === 'pieces' ? likePattern(value) : value))
  const { rows } = await sql<{ ids: string[] | null }>`
    select eprod.find_tickets(how, term, ${sql.lit(MOST_NUMBERS)}) as ids
      from unnest(${asked.map(({ how }) => how)}::text[], ${terms}::text[]) with ordinality a(how, term, n) order by n`.execute(
    tx,
  )
  return new Map(asked.map(({ how, value }, at) => [keyOf(how, value), rows[at]?.ids?.map(Number) ?? null]))
}

const of = (value: Sql, more: Omit<Column, 'value'> = {}): Column => ({ value, ...more })
const int = { type: 'int' } as const
const bigint = { type: 'bigint' } as const

/**
 * What `column` refers to in `table`. Names are tested once for the statement, not for each row; in full they may have the
 * institution behind them, as lists show them.
 */
const ref = (column: Sql, table: 'person' | 'institution' | 'team'): Column => {
  const from = sql`select n.id from ${sql.table(`eprod.${table}`)} n`
  const named: Column['named'] = (test) => sql`${column} in (${from} where ${test(sql`n.name`)})`
  const called: Column['called'] = (
    test,
  ) => sql`${column} in (${from} join eprod.institution ni on ni.id = n.institution_id
    where ${test(sql`n.name`)} or ${test(sql`n.name || ' (' || ni.name || ')'`)})`
  return of(column, { ...int, named, called: table === 'institution' ? named : called })
}
const followUp = (value: Sql, more: Omit<Column, 'value' | 'some'> = {}): Column =>
  of(value, {
    ...more,
    some: (test) =>
      sql`exists (select from eprod.follow_up f where f.ticket_id = t.id and f.kind <> 'note' and ${test})`,
  })
const file = (value: Sql): Column =>
  of(value, {
    some: (test) =>
      sql`exists (select from eprod.attachment a where a.ticket_id = t.id and a.n is not null and ${test})`,
  })
/** What only Pendente has (the table demands it): said, so that the few that are Pendente are gone through in their order. */
const whilePending = (test: Sql): Sql => sql`(t.status = 'pending' and ${test})`
const count = (kinds: Sql): Column =>
  of(sql`(select count(*) from eprod.follow_up f where f.ticket_id = t.id and f.kind = any(${kinds}))`, bigint)
const solution = (part: Sql): Sql =>
  sql`(select ${part} from eprod.follow_up f where f.ticket_id = t.id and f.kind = 'solution' order by f.id desc limit 1)`

const SOLUTION_TEXT = solution(sql`f.body`)

const NOTES = sql`select f.ticket_id from eprod.follow_up f where f.kind = 'note'`

const COLUMNS: Readonly<Record<TicketField, Column>> = {
  id: of(sql`t.id`, bigint),
  titulo: of(sql`t.title`),
  status: of(sql`t.status`),
  abertura: of(sql`t.opened_at`),
  atualizacao: of(sql`t.updated_at`),
  fechamento: of(sql`t.closed_at`),
  prazo: of(sql`t.due_at`),
  categoria: of(sql`t.category`),
  caso: of(sql`t.case_code`),
  placa: of(sql`t.plate`),
  chassi: of(sql`t.chassis`),
  renavam: of(sql`t.renavam`),
  origem: of(sql`t.copied_from`, bigint),
  requerente: ref(sql`t.requester_id`, 'person'),
  'grupo-requerente': ref(sql`t.institution_id`, 'institution'),
  'grupo-observador': {
    ...ref(sql`o.team_id`, 'team'),
    some: (test) => sql`exists (select from eprod.ticket_observer o where o.ticket_id = t.id and ${test})`,
  },
  tecnico: ref(sql`t.assignee_id`, 'person'),
  'grupo-tecnico': ref(sql`t.team_id`, 'team'),
  espera: of(sql`t.waiting_type_id`, { ...int, some: whilePending }),
  motivo: of(sql`t.waiting_reason`, { folded: sql`t.waiting_plain`, some: whilePending }),
  busca: of(sql`t.title`),
  acompanhamento: of(sql`t.title`),
  'acompanhamento-autor': followUp(sql`f.author_id`, ref(sql`f.author_id`, 'person')),
  'acompanhamento-data': followUp(sql`f.created_at`),
  nota: of(sql`f.body`, {
    some: (test) => sql`t.id in (${NOTES} and ${test})`,
    instead: (test, values) =>
      test === 'contains'
        ? sql`t.id in (${NOTES} and eprod.words_of(f.body) @@ eprod.words_asked(${values[0] ?? ''}, ''))`
        : undefined,
  }),
  documento: file(sql`a.document`),
  arquivo: file(sql`a.name`),
  solucao: of(SOLUTION_TEXT),
  resultado: of(solution(sql`f.outcome`)),
  'solucao-data': of(sql`t.solved_at`),
  'n-acompanhamentos': count(sql`'{follow-up,request,solution,refusal}'::text[]`),
  'n-documentos': of(
    sql`(select count(*) from eprod.attachment a where a.ticket_id = t.id and a.n is not null)`,
    bigint,
  ),
  'n-recusas': count(sql`'{refusal}'::text[]`),
}

/** Columns for a compiled search; `found` is what `lookUp` brought for it. */
export function ticketColumns(found: Found, fields: Fields): ColumnOf {
  return (key) => {
    if (key.startsWith(QUESTION_PREFIX)) return answerColumn(key, fields.get(key)?.kind)
    const column = Object.hasOwn(COLUMNS, key) ? COLUMNS[key as TicketField] : undefined
    const field = fields.get(key)
    const how = LOOKED_UP[key]
    if (key === TERM_FIELD && column) return { ...column, instead: (_, values) => found.terms.get(values[0] ?? '') }
    return column && how && field ? indexed(column, { field, how, found }) : column
  }
}

/** An answer. A tick that is not set is kept empty; an answer of several choices as `a,b`. */
function answerColumn(field: string, kind: Kind | undefined): Column {
  const answer = sql`(t.answers->>${field.slice(QUESTION_PREFIX.length)}::text)`
  if (kind === 'tick') return of(sql`coalesce(nullif(${answer}, ''), 'nao')`)
  if (kind !== 'choice') return of(answer)
  const chosen = (test: Sql): Sql =>
    sql`exists (select from unnest(string_to_array(${answer}, ',')) c(one) where ${test})`
  return of(sql`c.one`, { some: chosen })
}

interface Indexed {
  readonly field: Field
  readonly how: How
  readonly found: Found
}

/** A text that an index knows: the numbers found narrow it down and the field itself decides; of a common text it decides alone. */
function indexed(column: Column, { field, how, found }: Indexed): Column {
  const among = (test: Positive, values: readonly string[]): number[] | undefined => {
    if (!isLookedUp(field.key, test)) return undefined
    const lists = foldedOf(field, values).map((value) => found.numbers.get(keyOf(how, value)))
    return lists.every((list) => list) ? lists.flatMap((list) => list ?? []) : undefined
  }
  return {
    ...column,
    narrow: (test, values) => {
      const type = CODES[field.key]
      if (type && (test === 'is' || test === 'one-of'))
        return sql`${column.value} = any(${foldedOf(field, values).map((value) => value.toUpperCase())}::${type}[])`
      const ids = among(test, values)
      return ids && sql`t.id = any(${ids}::bigint[])`
    },
    instead: (test, values) =>
      test === 'contains' ? decides(field, spellings(field, values), among(test, values) !== undefined) : undefined,
  }
}

/** What decides where the field's own test cannot; `narrowed`: only rows the index has found are left. */
function decides(field: Field, values: readonly string[], narrowed: boolean): Sql | undefined {
  // Not `exists`, which the planner may answer for all tickets there are before it looks at one.
  const text = (test: Sql): Sql => sql`(select ${test} from eprod.ticket_text x where x.ticket_id = t.id)`
  if (field.key === 'placa') return text(sql`x.pieces like any(${values.map(likePattern)}::text[])`)
  const value = values[0] ?? ''
  const inFollowUps = narrowed ? sql`true` : text(sql`x.words @@ eprod.words_asked(${value}, ':D')`)
  if (field.key === 'acompanhamento') return inFollowUps
  if (field.key !== 'solucao') return undefined
  return sql`(${inFollowUps} and eprod.words_of(${SOLUTION_TEXT}) @@ eprod.words_asked(${value}, ''))`
}
