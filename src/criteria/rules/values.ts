// The values of a rule: several read out of what was typed, each checked and brought into its kept spelling. Pure.
import {
  calledField,
  type Field,
  fold,
  MOST_TEXT,
  MOST_VALUES,
  type Operator,
  type RawRule,
  takesList,
  takesValue,
  wordsOf,
} from '#criteria/rules/grammar.ts'
import { COUNTED, readWhen, writeWhen } from '#criteria/rules/when.ts'
import type { Problem } from '#shared/problems.ts'

/** Pieces of one identifier written with gaps: `24 151`, `529 982 247 25`. */
const MOST_PIECES = 6

/** The values of a list as typed: each line is one; identifiers are also told apart by commas, semicolons and gaps. */
export function listedValues(field: Field, values: readonly string[]): string[] {
  const lines = values.flatMap((value) => value.split(field.whole ? /[\r\n\t;]+/ : /[\r\n]+/))
  const { whole } = field
  const each = whole ? lines.flatMap((line) => identifiersIn(line, whole)) : lines
  return [...new Set(each.map((value) => value.trim()).filter((value) => value !== ''))]
}

/** The identifiers of a line: as many pieces together as are whole, else each piece by itself. */
export function identifiersIn(line: string, whole: (typed: string) => boolean): string[] {
  if (whole(line.trim())) return [line]
  const pieces = line.split(/[,;\s]+/).filter((piece) => piece !== '')
  const found: string[] = []
  for (let at = 0; at < pieces.length; ) {
    let many = Math.min(MOST_PIECES, pieces.length - at)
    while (many > 1 && !whole(pieces.slice(at, at + many).join(' '))) many -= 1
    found.push(pieces.slice(at, at + many).join(' '))
    at += many
  }
  return found
}

/** Is there a value? Not while it is blank, nor where a date is to be counted and the number is missing. */
export function isGiven(field: Field | undefined, value: string): boolean {
  const dated = field?.kind === 'instant' || field?.kind === 'day'
  return value.trim() !== '' && !(dated && value === COUNTED)
}

interface RuleAt {
  readonly field: Field
  readonly operator: Operator
  readonly problems: Problem[]
  readonly place: string
}

/** The values in their kept spelling; undefined: there are none yet, or they are at fault. */
export function checkValues(rule: RawRule, { field, operator, problems, place }: RuleAt): string[] | undefined {
  if (!takesValue(operator)) return []
  const given = takesList(operator) ? listedValues(field, rule.values) : rule.values.map((value) => value.trim())
  const typed = given.filter((value) => isGiven(field, value))
  if (typed.length === 0) return undefined
  const wrong = (code: string, facts: Problem['with'] = {}): undefined => {
    problems.push({ field: `${place}.valor`, code, with: { label: calledField(field), ...facts } })
  }
  const most = takesList(operator) ? MOST_VALUES : 1
  if (typed.length > most) return wrong('criteria-values', { most })
  if (typed.some((value) => value.length > MOST_TEXT)) return wrong('criteria-long', { most: MOST_TEXT })
  if (!takesList(operator) && areSeveral(field, operator, typed[0] ?? '')) return wrong('criteria-several')
  const kept = typed.map((value) => keptValue(field, operator, value))
  const fault = kept.indexOf(undefined)
  const name = (typed[fault] ?? '').slice(0, 60)
  if (fault >= 0) return wrong(onlyIgnored(field, name) ? 'criteria-ignored' : 'criteria-value', { name })
  return [...new Set(kept as string[])]
}

/** Whole identifiers side by side, where one is asked for: without their separators they would be none. */
function areSeveral({ whole }: Field, operator: Operator, value: string): boolean {
  if (!whole || isPiece(operator)) return false
  const identifiers = identifiersIn(value, whole)
  return identifiers.length > 1 && identifiers.every(whole)
}

const isPiece = (operator: Operator): boolean => operator === 'contains' || operator === 'not-contains'

/** Nothing but words that the field's search leaves out: it could find nothing, whatever there is. */
function onlyIgnored({ ignores }: Field, value: string): boolean {
  const words = wordsOf(value)
  return words.length > 0 && ignores !== undefined && words.every((word) => ignores.has(word))
}

function keptValue(field: Field, operator: Operator, value: string): string | undefined {
  // The database keeps no NUL and no half of a character.
  if (value.includes('\0') || !value.isWellFormed()) return undefined
  const piece = isPiece(operator)
  if (field.clean && !piece) return field.clean(value)
  switch (field.kind) {
    case 'ref':
      return piece ? value : chosenOrNamed(field, value)
    case 'choice':
    case 'tree':
      return field.choices?.some((choice) => choice.value === value) ? value : undefined
    case 'number':
      return /^-?\d{1,15}$/.test(value) ? String(Number(value)) : undefined
    case 'instant':
    case 'day': {
      const when = readWhen(value)
      return when && writeWhen(when)
    }
    case 'tick':
      return value === 'sim' || value === 'nao' ? value : undefined
    case 'words':
      return wordsOf(value).length > 0 && !onlyIgnored(field, value) ? value : undefined
    case 'text':
      return value
  }
}

/** A choice, by its value or as it is called; else, where not all are known, a name. A number is never a name. */
function chosenOrNamed(field: Field, value: string): string | undefined {
  if (field.choices?.some((choice) => choice.value === value)) return value
  if (!field.open) return undefined
  const called = field.choices?.find((choice) => fold(choice.label) === fold(value))
  return called?.value ?? (/^\d+$/.test(value) ? undefined : value)
}
