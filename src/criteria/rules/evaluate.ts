// Judges one row in memory: what compile.ts says in SQL, said plainly. Forms use it in browser and server. Pure.
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
  wordsOf,
} from '#criteria/rules/grammar.ts'
import { dayAround, dayOf, readWhen, type Span, spanOf } from '#criteria/rules/when.ts'

type One = string | number | boolean | Date
/** What a row holds for a field. Several: a rule holds when it holds for any of them. Nothing: null, '' or an empty list. */
export type Cell = One | null | undefined | readonly One[]

export interface Judged {
  readonly fields: Fields
  readonly now: Date
  readonly cell: (field: string) => Cell
}

/** Does the row meet the search? A rule of a field that is not there never holds. */
export function holds(criteria: Criteria, row: Judged): boolean {
  if (criteria.length === 0) return true
  return runsOf(criteria).some((run) => run.every((item) => itemHolds(item, row) !== negates(item.link)))
}

function itemHolds(item: Item, row: Judged): boolean {
  return isGroup(item) ? holds(item.items, row) : ruleHolds(item, row)
}

function ruleHolds(rule: Rule, row: Judged): boolean {
  const field = row.fields.get(rule.field)
  if (!field) return false
  const { test, negated } = testOf(rule.operator)
  const cells = cellsOf(row.cell(rule.field))
  return cells.some((cell) => passes(cell, { rule, field, test, now: row.now })) !== negated
}

function cellsOf(cell: Cell): One[] {
  const list = Array.isArray(cell) ? (cell as readonly One[]) : [cell as One | null | undefined]
  return list.filter((one): one is One => one !== null && one !== undefined && one !== '')
}

interface Test {
  readonly rule: Rule
  readonly field: Field
  readonly test: Positive
  readonly now: Date
}

function passes(cell: One, given: Test): boolean {
  const { rule, field, test } = given
  if (test === 'filled') return true
  if (field.kind === 'instant') return passesInstant(new Date(cell as Date), given)
  if (field.kind === 'day') return passesDay(String(cell), given)
  if (field.kind === 'words') return wordsOf(rule.values[0] ?? '').every((one) => wordsOf(String(cell)).includes(one))
  if (field.kind === 'text') return passesText(String(cell), given)
  if (test === 'contains') return passesText(nameOf(field, String(cell)), given)
  if (test === 'before') return Number(cell) < Number(rule.values[0])
  if (test === 'after') return Number(cell) > Number(rule.values[0])
  const held = typeof cell === 'boolean' ? (cell ? 'sim' : 'nao') : String(cell)
  return rule.values.some((value) =>
    isName(field, value) ? fold(value) === fold(nameOf(field, held)) : valuesMeant(field, test, value).includes(held),
  )
}

/** What a row may hold for a chosen value: the value itself, what it means, or what stands below it. */
export function valuesMeant(field: Field, test: Positive, value: string): readonly string[] {
  const choice = field.choices?.find((one) => one.value === value)
  const meant = choice?.means ?? [value]
  return test === 'under' ? [...meant, ...(choice?.below ?? [])] : meant
}

/** The name of what a row refers to. */
function nameOf(field: Field, held: string): string {
  return field.choices?.find((one) => !one.means && one.value === held)?.label ?? ''
}

function passesText(cell: string, { rule, field, test }: Test): boolean {
  const held = fold(cell.trim())
  const asked = spellings(field, rule.values).map(fold)
  return asked.some((value) => (test === 'contains' ? held.includes(value) : value === held))
}

/** The span a date value means; values were read when the search was checked. */
export function valueSpan(value: string, now: Date): Span {
  const when = readWhen(value)
  if (!when) throw new Error(`not a date: ${value}`)
  return spanOf(when, now)
}

/** As valueSpan; undefined: no date. A condition's question may have become one of dates since: nothing meets it, and it is told. */
function spanGiven({ rule, now }: Test): Span | undefined {
  const when = readWhen(rule.values[0] ?? '')
  return when && spanOf(when, now)
}

function passesInstant(at: Date, given: Test): boolean {
  const span = spanGiven(given)
  const { test } = given
  if (!span) return false
  if (test === 'before') return at < span.from
  if (test === 'after') return at >= span.to
  const day = dayAround(span)
  return at >= day.from && at < day.to
}

function passesDay(day: string, given: Test): boolean {
  const span = spanGiven(given)
  if (!span) return false
  const { test } = given
  const asked = dayOf(span.from)
  return test === 'before' ? day < asked : test === 'after' ? day > asked : day === asked
}
