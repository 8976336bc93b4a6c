// What the four controls of the builder do to a search as written: remove a rule (A), add a rule (B), add a group (C). The
// fourth (D) searches. Pure.
import {
  type Field,
  type Fields,
  isGroup,
  LINKS,
  OPERATORS,
  type Operator,
  operatorsOf,
  type RawItem,
  type RawRule,
  takesList,
} from '#criteria/rules/grammar.ts'
import { listedValues } from '#criteria/rules/values.ts'

/** `1.2` as numbers from 1; undefined: not the place of an item. `''` is the outermost list. */
export function readPath(text: string): number[] | undefined {
  if (text === '') return []
  return /^\d{1,2}(?:\.\d{1,2}){0,9}$/.test(text) ? text.split('.').map(Number) : undefined
}

/** The list without the item at a place; a group that this leaves empty goes too. */
export function without(items: readonly RawItem[], path: readonly number[]): RawItem[] {
  const [at = 0, ...rest] = path
  return items.flatMap((item, n): RawItem[] => {
    if (n !== at - 1) return [item]
    if (rest.length === 0 || !isGroup(item)) return []
    const inner = without(item.items, rest)
    return inner.length > 0 ? [{ ...item, items: inner }] : []
  })
}

/** The list with an item at the end of the group at `path`. */
export function withAdded(items: readonly RawItem[], path: readonly number[], added: RawItem): RawItem[] {
  const [at, ...rest] = path
  if (at === undefined) return [...items, added]
  return items.map((item, n) =>
    n === at - 1 && isGroup(item) ? { ...item, items: withAdded(item.items, rest, added) } : item,
  )
}

/** A rule of a field with its first operator and no value yet. */
export function blankRule(fields: Fields, key: string): RawRule {
  const field = fields.get(key)
  const [operator] = field ? operatorsOf(field) : []
  return { link: LINKS.and, field: key, operator: operator ? OPERATORS[operator] : OPERATORS.is, values: [''] }
}

/** Rules whose field was changed on the page get an operator of their new field; a value it cannot have goes. */
export function fitted(items: readonly RawItem[], fields: Fields): RawItem[] {
  return items.map((item): RawItem => {
    if (isGroup(item)) return { ...item, items: fitted(item.items, fields) }
    const field = fields.get(item.field)
    if (!field) return item
    const operator = operatorsOf(field).find((key) => OPERATORS[key] === item.operator) ?? operatorsOf(field)[0]
    return operator ? { ...item, operator: OPERATORS[operator], values: fittedValues(item, field, operator) } : item
  })
}

/** Of several values, an operator of one keeps the first. */
function fittedValues(rule: RawRule, field: Field, operator: Operator): readonly string[] {
  const list = takesList(operator) || rule.values.length > 1 || /[\r\n]/.test(rule.values[0] ?? '')
  const given = list ? listedValues(field, rule.values) : rule.values
  const free = !field.choices || (field.kind === 'ref' && (field.open || !takesChoice(operator)))
  const values = free ? given : given.filter((value) => field.choices?.some((choice) => choice.value === value))
  return values.length === 0 ? [''] : takesList(operator) ? values : values.slice(0, 1)
}

const takesChoice = (operator: Operator): boolean => operator !== 'contains' && operator !== 'not-contains'

/** Does every rule have an operator of its field? One that is no operator at all is not for another field: the check names it. */
export function fits(items: readonly RawItem[], fields: Fields): boolean {
  return items.every((item) => {
    if (isGroup(item)) return fits(item.items, fields)
    const field = fields.get(item.field)
    const known = Object.values(OPERATORS).some((word) => word === item.operator)
    return !field || !known || operatorsOf(field).some((operator) => OPERATORS[operator] === item.operator)
  })
}

export interface Edited {
  readonly items: readonly RawItem[]
  /** The place that was added, for the focus. */
  readonly added: string | undefined
}

/** Does what a button of the builder says (`tira:2.1`, `regra:2`, `grupo:`, `campos`); undefined: no button of ours. */
export function edited(
  items: readonly RawItem[],
  action: string,
  given: { fields: Fields; start: string },
): Edited | undefined {
  const whole = fitted(items, given.fields)
  if (action === 'campos') return { items: whole, added: undefined }
  const [verb, where = ''] = action.split(':')
  const path = readPath(where)
  if (!path) return undefined
  if (verb === 'tira') return { items: without(whole, path), added: undefined }
  const blank = blankRule(given.fields, given.start)
  const added: RawItem = verb === 'grupo' ? { link: LINKS.and, items: [blank] } : blank
  if (verb !== 'regra' && verb !== 'grupo') return undefined
  const place = [...path, sizeAt(items, path) + 1, ...(verb === 'grupo' ? [1] : [])]
  return { items: withAdded(whole, path, added), added: place.join('.') }
}

/** How many items the group at a path has. */
function sizeAt(items: readonly RawItem[], [at, ...rest]: readonly number[]): number {
  if (at === undefined) return items.length
  const item = items[at - 1]
  return item && isGroup(item) ? sizeAt(item.items, rest) : 0
}
