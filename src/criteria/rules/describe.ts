// A search as a sentence: “Status é Não fechado E (Título contém “furto” OU NÃO Placa é ABC1C34)”. Pure.
import {
  type Criteria,
  calledField,
  type Field,
  type Fields,
  isGroup,
  type Rule,
  takesValue,
} from '#criteria/rules/grammar.ts'
import { readWhen } from '#criteria/rules/when.ts'
import { showParts } from '#shared/kit/dates.ts'
import type { Words } from '#words/words.ts'

type Said = Words['criteria']

/** The whole search, groups in brackets; '' when it asks nothing. */
export function describe(criteria: Criteria, fields: Fields, said: Said): string {
  return criteria
    .map((item, at) => {
      const text = isGroup(item) ? `(${describe(item.items, fields, said)})` : describeRule(item, fields, said)
      const link = at === 0 ? said.firstLinks[item.link] : said.links[item.link]
      return link ? `${link} ${text}` : text
    })
    .join(' ')
}

/** One rule: field, operator, value. */
export function describeRule(rule: Rule, fields: Fields, said: Said): string {
  const field = fields.get(rule.field)
  if (!field) return rule.field
  return [calledField(field), operatorName(field, rule.operator, said), valueName(rule, field, said)]
    .filter(Boolean)
    .join(' ')
}

/** *antes* of a date is *menor que* of a number. */
export function operatorName(field: Field, operator: Rule['operator'], said: Said): string {
  if (field.kind === 'number' && (operator === 'before' || operator === 'after')) return said.numberOperators[operator]
  return said.operators[operator]
}

/** The value as people read it: a choice's label, a date as DD-MM-AAAA, a text in quotes. */
export function valueName(rule: Rule, field: Field, said: Said): string {
  if (!takesValue(rule.operator)) return ''
  return rule.values.map((value) => oneValue(value, field, said)).join(', ')
}

function oneValue(value: string, field: Field, said: Said): string {
  const choice = field.choices?.find((one) => one.value === value)
  if (choice) return choice.label
  if (field.kind === 'tick') return value === 'sim' ? said.yes : said.no
  if (field.kind === 'instant' || field.kind === 'day') return whenName(value, said)
  return field.kind === 'number' ? value : `“${value}”`
}

/** `hoje`, `7 dias atrás`, `09-03-2026`. */
export function whenName(value: string, said: Said): string {
  const when = readWhen(value)
  if (!when) return value
  if ('day' in when) return showParts(new Date(`${when.day}T15:00:00Z`)).day
  return said.when(said.bases[when.base], when.offset, when.unit ? said.units[when.unit] : undefined)
}
