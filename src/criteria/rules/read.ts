// Reads a search from the address or from JSON, writes it back, and checks it against the fields: what is unknown is a
// problem that names its place (`r2.1.campo`). Pure.
import {
  type Criteria,
  calledField,
  type Fields,
  type Item,
  isGroup,
  LINK_KEYS,
  LINKS,
  type Link,
  MOST_DEPTH,
  MOST_RULES,
  OPERATOR_KEYS,
  OPERATORS,
  operatorsOf,
  type RawItem,
  type RawRule,
  takesValue,
} from '#criteria/rules/grammar.ts'
import { checkValues, isGiven } from '#criteria/rules/values.ts'
import { COUNTED, countedWhen } from '#criteria/rules/when.ts'
import type { Problem } from '#shared/problems.ts'

/**
 * Parts of a rule in the address: `r2.1.campo`. `data`: the day that goes with the value `data`; `quanto` and `unidade`: what
 * goes with the value `contado`.
 */
const PART = /^r(\d{1,2}(?:\.\d{1,2})*)\.(lig|campo|op|valor|data|quanto|unidade)$/

export interface Read {
  readonly items: readonly RawItem[]
  readonly problems: readonly Problem[]
}

interface Node {
  readonly parts: Map<string, string[]>
  readonly children: Map<number, Node>
}
const newNode = (): Node => ({ parts: new Map(), children: new Map() })

/** Reads the rules of an address; other parameters are the caller's. Gaps in the numbers are closed. */
export function readParams(params: Iterable<readonly [string, string]>): Read {
  const root = newNode()
  const problems: Problem[] = []
  for (const [name, value] of params) {
    if (!/^r\d/.test(name)) continue
    const [, path, part] = PART.exec(name) ?? []
    if (path === undefined || part === undefined)
      problems.push({ field: 'r', code: 'criteria-part', with: { name: name.slice(0, 40) } })
    else if (path.split('.').length > MOST_DEPTH)
      problems.push({ field: 'r', code: 'criteria-depth', with: { most: MOST_DEPTH } })
    else put(root, path.split('.').map(Number), { part, value })
  }
  const items = itemsOf(root)
  problems.push(...contradictions(root, 'r'))
  return { items, problems: once([...problems, ...sizeProblems(items)]) }
}

function put(root: Node, path: readonly number[], given: { part: string; value: string }): void {
  let node = root
  for (const step of path) {
    const next = node.children.get(step) ?? newNode()
    node.children.set(step, next)
    node = next
  }
  node.parts.set(given.part, [...(node.parts.get(given.part) ?? []), given.value])
}

function itemsOf(node: Node): RawItem[] {
  return [...node.children].sort(([a], [b]) => a - b).map(([, child]) => itemOf(child))
}

function itemOf(node: Node): RawItem {
  const first = (part: string) => node.parts.get(part)?.[0] ?? ''
  const link = first('lig') || LINKS.and
  if (node.children.size > 0) return { link, items: itemsOf(node) }
  const beside = (value: string): string => {
    if (value === 'data') return first('data')
    return value === COUNTED && node.parts.has('quanto') ? countedWhen(first('quanto'), first('unidade')) : value
  }
  const values = (node.parts.get('valor') ?? []).map(beside)
  return { link, field: first('campo'), operator: first('op'), values }
}

/** Rules with a day and a date told from now, which pages without scripts may send: only one can be meant. And rules that are groups. */
function contradictions(node: Node, place: string): Problem[] {
  const [value = ''] = node.parts.get('valor') ?? []
  const both = value !== '' && value !== 'data' && value !== COUNTED && (node.parts.get('data')?.[0] ?? '') !== ''
  const here: Problem[] = both ? [{ field: `${place}.valor`, code: 'criteria-two-dates' }] : []
  const part = node.children.size > 0 ? ['campo', 'op', 'valor'].find((name) => node.parts.has(name)) : undefined
  if (part) here.push({ field: 'r', code: 'criteria-part', with: { name: `${place}.${part}` } })
  const below = [...node.children].sort(([a], [b]) => a - b)
  return [...here, ...below.flatMap(([, child], n) => contradictions(child, placeBelow(place, n)))]
}

/** The parameters of a search, numbered from 1 in order. */
export function writeParams(items: readonly RawItem[], prefix = 'r'): [string, string][] {
  return items.flatMap((item, at): [string, string][] => {
    const place = prefix === 'r' ? `r${at + 1}` : `${prefix}.${at + 1}`
    const link: [string, string][] = at === 0 && item.link === LINKS.and ? [] : [[`${place}.lig`, item.link]]
    if (isGroup(item)) return [...link, ...writeParams(item.items, place)]
    const values = item.values.map((value): [string, string] => [`${place}.valor`, value])
    return [...link, [`${place}.campo`, item.field], [`${place}.op`, item.operator], ...values]
  })
}

/** The words of the address for a checked search, so that it can be written or edited. */
export function rawOf(criteria: Criteria): RawItem[] {
  return criteria.map((item): RawItem => {
    const link = LINKS[item.link]
    if (isGroup(item)) return { link, items: rawOf(item.items) }
    return { ...item, link, operator: OPERATORS[item.operator] }
  })
}

/** Reads JSON as it is kept and sent: `[{ link, field, operator, value | values } | { link, items }]`, in words of the code. */
export function readJson(given: unknown): Read {
  const problems: Problem[] = []
  const items = fromJson(given, { depth: 1, place: 'r', problems })
  return { items, problems: once([...problems, ...(problems.length > 0 ? [] : sizeProblems(items))]) }
}

interface At {
  readonly depth: number
  readonly place: string
  readonly problems: Problem[]
}

function fromJson(given: unknown, at: At): RawItem[] {
  if (at.depth > MOST_DEPTH) at.problems.push({ field: 'r', code: 'criteria-depth', with: { most: MOST_DEPTH } })
  else if (!Array.isArray(given)) at.problems.push({ field: at.place, code: 'criteria-shape' })
  else if (given.length > MOST_RULES)
    at.problems.push({ field: 'r', code: 'criteria-rules', with: { most: MOST_RULES } })
  else return given.flatMap((one, n) => fromJsonItem(one, { ...at, place: placeBelow(at.place, n) }))
  return []
}

const placeBelow = (place: string, n: number): string => (place === 'r' ? `r${n + 1}` : `${place}.${n + 1}`)
const TEXT_PARTS = ['link', 'field', 'operator'] as const

function fromJsonItem(one: unknown, at: At): RawItem[] {
  if (typeof one !== 'object' || one === null) return wrongShape(at)
  const { link = 'and', items, value, values, ...rest } = one as Record<string, unknown>
  const linkWord = word(LINKS, link)
  if (items !== undefined) {
    if (Object.keys(rest).length > 0) return wrongShape(at)
    return [{ link: linkWord, items: fromJson(items, { ...at, depth: at.depth + 1 }) }]
  }
  const { field, operator, ...unknown } = rest
  const listed = values ?? (value === undefined ? [] : [value])
  const whole = Array.isArray(listed) && listed.every((each) => typeof each === 'string')
  if (Object.keys(unknown).length > 0 || typeof field !== 'string' || typeof operator !== 'string' || !whole)
    return wrongShape(at)
  return [{ link: linkWord, field, operator: word(OPERATORS, operator), values: listed as string[] }]
}

function wrongShape(at: At): [] {
  at.problems.push({ field: at.place, code: 'criteria-shape', with: { parts: TEXT_PARTS.join(', ') } })
  return []
}

/** Its word in the address; what is none stays, for the check to name. */
function word(table: Readonly<Record<string, string>>, key: unknown): string {
  return typeof key === 'string' && Object.hasOwn(table, key) ? (table[key] ?? '') : `?${String(key).slice(0, 40)}`
}

/** A checked search as JSON that `readJson` reads. */
export function writeJson(criteria: Criteria): unknown[] {
  return criteria.map((item) =>
    isGroup(item)
      ? { link: item.link, items: writeJson(item.items) }
      : { link: item.link, field: item.field, operator: item.operator, values: [...item.values] },
  )
}

function sizeProblems(items: readonly RawItem[]): Problem[] {
  const count = (list: readonly RawItem[]): number =>
    list.reduce((sum, item) => sum + (isGroup(item) ? count(item.items) : 1), 0)
  return count(items) > MOST_RULES ? [{ field: 'r', code: 'criteria-rules', with: { most: MOST_RULES } }] : []
}

function once(problems: readonly Problem[]): Problem[] {
  const seen = new Map(problems.map((problem) => [`${problem.field} ${problem.code}`, problem]))
  return [...seen.values()]
}

/** Checks a search against the fields. A rule whose value is not given yet and a group without rules let everything through. */
export function check(items: readonly RawItem[], fields: Fields): { criteria: Criteria; problems: Problem[] } {
  const problems: Problem[] = []
  return { criteria: checkItems(items, { fields, problems, place: 'r' }), problems }
}

/** Rules whose value is not given yet: a search lets everything through them, a condition may not. */
export function unfinishedIn(items: readonly RawItem[], fields: Fields, place = 'r'): Problem[] {
  return items.flatMap((item, n): Problem[] => {
    const here = placeBelow(place, n)
    if (isGroup(item)) return unfinishedIn(item.items, fields, here)
    const operator = OPERATOR_KEYS.find((key) => OPERATORS[key] === item.operator)
    const field = fields.get(item.field)
    const given = item.values.some((value) => isGiven(field, value)) || !operator || !takesValue(operator)
    const label = field ? calledField(field) : item.field
    return given ? [] : [{ field: `${here}.valor`, code: 'criteria-missing', with: { label } }]
  })
}

interface Checking {
  readonly fields: Fields
  readonly problems: Problem[]
  readonly place: string
}

function checkItems(items: readonly RawItem[], at: Checking): Item[] {
  return items.flatMap((item, n): Item[] => {
    const place = placeBelow(at.place, n)
    const link = LINK_KEYS.find((key) => LINKS[key] === item.link)
    if (!link)
      at.problems.push({ field: `${place}.lig`, code: 'criteria-link', with: { name: item.link.slice(0, 40) } })
    if (isGroup(item)) {
      const inner = checkItems(item.items, { ...at, place })
      return link && inner.length > 0 ? [{ link, items: inner }] : []
    }
    return checkRule(item, link, { ...at, place })
  })
}

function checkRule(rule: RawRule, link: Link | undefined, { fields, problems, place }: Checking): Item[] {
  const field = fields.get(rule.field)
  if (!field) {
    problems.push({ field: `${place}.campo`, code: 'criteria-field', with: { name: rule.field.slice(0, 60) } })
    return []
  }
  const operator = OPERATOR_KEYS.find((key) => OPERATORS[key] === rule.operator)
  if (!operator || !operatorsOf(field).includes(operator)) {
    problems.push({
      field: `${place}.op`,
      code: 'criteria-operator',
      with: { name: rule.operator.slice(0, 40), label: calledField(field) },
    })
    return []
  }
  const values = checkValues(rule, { field, operator, problems, place })
  return values && link ? [{ link, field: field.key, operator, values }] : []
}
