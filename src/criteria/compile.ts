// A door of the room: a checked search as one SQL expression, from a table of columns that the caller gives. Values are
// parameters, never text of the statement. What it means is evaluate.ts's; a test holds the two together.
import { type RawBuilder, sql } from 'kysely'
import { valueSpan, valuesMeant } from '#criteria/rules/evaluate.ts'
import {
  type Criteria,
  type Field,
  type Fields,
  fold,
  type Item,
  isGroup,
  isName,
  negates,
  type Positive,
  type Rule,
  runsOf,
  spellings,
  testOf,
} from '#criteria/rules/grammar.ts'
import { dayAround, dayOf } from '#criteria/rules/when.ts'

export type Sql = RawBuilder<unknown>

/** What a field is in SQL. */
export interface Column {
  /** The value: text, bigint, timestamptz, or a day as text AAAA-MM-DD. null and '' are nothing. */
  readonly value: Sql
  /** The value as `eprod.fold` makes it, where the table keeps it so. */
  readonly folded?: Sql | undefined
  /** The type values are compared as; text unless said. */
  readonly type?: 'text' | 'bigint' | 'int' | undefined
  /** Of a `ref`: the test of a name made a test of the row. */
  readonly named?: ((testOf: (name: Sql) => Sql) => Sql) | undefined
  /** The same of a name in full, where people are told apart by more than it. */
  readonly called?: ((testOf: (name: Sql) => Sql) => Sql) | undefined
  /** For values of another table: the test of one value made a test of the row (`exists (…)`). */
  readonly some?: ((test: Sql) => Sql) | undefined
  /** What is certain of each row that passes a test, and cheaper to find, as a list of numbers; undefined: nothing. */
  readonly narrow?: ((test: Positive, values: readonly string[]) => Sql | undefined) | undefined
  /** Replaces a test where an index serves better; undefined: not this one. */
  readonly instead?: ((test: Positive, values: readonly string[]) => Sql | undefined) | undefined
}
export type ColumnOf = (field: string) => Column | undefined

export interface Compiling {
  readonly fields: Fields
  readonly column: ColumnOf
  readonly now: Date
}

/**
 * One boolean expression; unknown (null) counts as false, so that each NÃO is an exact contrary. Throws on a field that has
 * no column: the check before it lets none through.
 */
export function compile(criteria: Criteria, given: Compiling): Sql {
  if (criteria.length === 0) return sql`true`
  const runs = runsOf(criteria).map((run) => run.toSorted((one, other) => costOf(one, given) - costOf(other, given)))
  runs.sort((one, other) => costOfRun(one, given) - costOfRun(other, given))
  return joined(
    runs.map((run) =>
      joined(
        run.map((item) => linked(item, given)),
        sql` and `,
      ),
    ),
    sql` or `,
  )
}

/** Looking into another table costs about this many tests of the row itself. Inside a group PostgreSQL tests in the order given. */
const LOOK = 10

function costOf(item: Item, given: Compiling): number {
  if (isGroup(item)) return expected(runsOf(item.items).map((run) => costOfRun(run, given)))
  const column = given.column(item.field)
  return column?.some || column?.instead || column?.narrow ? LOOK : 1
}

const costOfRun = (run: readonly Item[], given: Compiling): number => expected(run.map((item) => costOf(item, given)))

/** Of tests the cheapest first, each of which decides half of what is left. */
const expected = (costs: readonly number[]): number =>
  costs.toSorted((one, other) => one - other).reduce((sum, cost, at) => sum + cost / 2 ** at, 0)

function joined(parts: readonly Sql[], by: Sql): Sql {
  return parts.length === 1 && parts[0] ? parts[0] : sql`(${sql.join(parts, by)})`
}

function linked(item: Item, given: Compiling): Sql {
  const inner = isGroup(item) ? compile(item.items, given) : ruleOf(item, given)
  return negates(item.link) ? sql`((${inner}) is not true)` : inner
}

function ruleOf(rule: Rule, given: Compiling): Sql {
  const field = given.fields.get(rule.field)
  const column = given.column(rule.field)
  if (!field || !column) throw new Error(`no column for ${rule.field}`)
  const { test, negated } = testOf(rule.operator)
  const said =
    column.instead?.(test, rule.values) ??
    testIn(column, TESTS[field.kind](test, { field, column, rule, now: given.now }))
  const narrow = column.narrow?.(test, rule.values)
  const whole = narrow ? sql`(${narrow} and ${said})` : said
  return negated ? sql`((${whole}) is not true)` : whole
}

const testIn = (column: Column, test: Sql): Sql => (column.some ? column.some(test) : test)

interface Testing {
  readonly field: Field
  readonly column: Column
  readonly rule: Rule
  readonly now: Date
}
type Make = (test: Positive, given: Testing) => Sql

const TESTS: Readonly<Record<Field['kind'], Make>> = {
  text: textTest,
  words: wordsTest,
  number: chosenTest,
  choice: chosenTest,
  ref: chosenTest,
  tree: chosenTest,
  tick: chosenTest,
  instant: instantTest,
  day: dayTest,
}

const isFilled = (value: Sql): Sql => sql`(${value} is not null and ${value} <> '')`

/** `%`, `_` and `\` of a typed text stand for themselves. */
export function likePattern(text: string): string {
  return `%${fold(text).replace(/[\\%_]/g, '\\$&')}%`
}

function textTest(test: Positive, { field, column, rule }: Testing): Sql {
  const { value } = column
  if (test === 'filled') return isFilled(value)
  const asked = spellings(field, rule.values)
  if (test === 'contains') {
    const patterns = asked.map(likePattern)
    const folded = column.folded ?? sql`eprod.fold(${value})`
    return patterns.length === 1
      ? sql`${folded} like ${patterns[0] ?? ''}`
      : sql`${folded} like any(${patterns}::text[])`
  }
  return sql`(${value} <> '' and eprod.fold(btrim(${value})) = any(${asked.map(fold)}::text[]))`
}

function wordsTest(test: Positive, { column, rule }: Testing): Sql {
  if (test === 'filled') return isFilled(column.value)
  return sql`to_tsvector('simple', eprod.fold(${column.value})) @@ plainto_tsquery('simple', ${fold(rule.values[0] ?? '')})`
}

function chosenTest(test: Positive, { field, column, rule }: Testing): Sql {
  const { value, type = 'text' } = column
  if (test === 'filled') return type === 'text' ? isFilled(value) : sql`(${value} is not null)`
  if (test === 'contains') {
    const contains = (text: Sql): Sql => sql`eprod.fold(${text}) like ${likePattern(rule.values[0] ?? '')}`
    return column.named ? column.named(contains) : contains(value)
  }
  const cast = sql.raw(type)
  if (test === 'before') return sql`${value} < ${rule.values[0] ?? ''}::${cast}`
  if (test === 'after') return sql`${value} > ${rule.values[0] ?? ''}::${cast}`
  const names = rule.values.filter((one) => isName(field, one)).map(fold)
  const called = (text: Sql): Sql => sql`eprod.fold(${text}) = any(${names}::text[])`
  const byName = names.length === 0 ? [] : [(column.called ?? column.named)?.(called) ?? called(value)]
  const meant = [...new Set(rule.values.flatMap((one) => (isName(field, one) ? [] : valuesMeant(field, test, one))))]
  const chosen =
    meant.length === 1 ? sql`${value} = ${meant[0] ?? ''}::${cast}` : sql`${value} = any(${meant}::${cast}[])`
  return joined(names.length > 0 && meant.length === 0 ? byName : [chosen, ...byName], sql` or `)
}

function instantTest(test: Positive, { column, rule, now }: Testing): Sql {
  const { value } = column
  if (test === 'filled') return sql`(${value} is not null)`
  const span = valueSpan(rule.values[0] ?? '', now)
  if (test === 'before') return sql`${value} < ${span.from}::timestamptz`
  if (test === 'after') return sql`${value} >= ${span.to}::timestamptz`
  const day = dayAround(span)
  return sql`(${value} >= ${day.from}::timestamptz and ${value} < ${day.to}::timestamptz)`
}

function dayTest(test: Positive, { column, rule, now }: Testing): Sql {
  const { value } = column
  if (test === 'filled') return isFilled(value)
  const day = dayOf(valueSpan(rule.values[0] ?? '', now).from)
  if (test === 'before') return sql`(${value} <> '' and ${value} < ${day})`
  if (test === 'after') return sql`${value} > ${day}`
  return sql`${value} = ${day}`
}
