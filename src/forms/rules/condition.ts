// Conditions: trees of rules over answers with all/any/not. One grammar in browser and server; what they decide stands elsewhere.

export const OPERATORS = [
  'is',
  'is-not',
  'one-of',
  'none-of',
  'contains',
  'empty',
  'filled',
  'before',
  'after',
] as const
export type Operator = (typeof OPERATORS)[number]

export interface Rule {
  readonly question: string
  readonly operator: Operator
  /** One value, or several for `one-of` and `none-of`; absent for `empty` and `filled`. */
  readonly value?: string | readonly string[] | undefined
}

export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Rule

type AnswerOf = (question: string) => string | undefined

const listOf = (value: Rule['value']): readonly string[] => (typeof value === 'string' ? [value] : (value ?? []))
const textOf = (value: Rule['value']): string => listOf(value)[0] ?? ''

/** Each operator: the answer (trimmed; '' when there is none) against the rule's value. Dates compare as AAAA-MM-DD. */
const JUDGES = {
  is: (answer, value) => answer === textOf(value),
  'is-not': (answer, value) => answer !== textOf(value),
  'one-of': (answer, value) => listOf(value).includes(answer),
  'none-of': (answer, value) => !listOf(value).includes(answer),
  contains: (answer, value) => answer.toLowerCase().includes(textOf(value).toLowerCase()),
  empty: (answer) => answer === '',
  filled: (answer) => answer !== '',
  before: (answer, value) => answer !== '' && answer < textOf(value),
  after: (answer, value) => answer !== '' && answer > textOf(value),
} as const satisfies Record<Operator, (answer: string, value: Rule['value']) => boolean>

/** Is the condition true for these answers? An absent condition is. */
export function holdsFor(condition: Condition | undefined, answerOf: AnswerOf): boolean {
  if (!condition) return true
  if ('all' in condition) return condition.all.every((part) => holdsFor(part, answerOf))
  if ('any' in condition) return condition.any.some((part) => holdsFor(part, answerOf))
  if ('not' in condition) return !holdsFor(condition.not, answerOf)
  return JUDGES[condition.operator]((answerOf(condition.question) ?? '').trim(), condition.value)
}

/** The questions a condition asks about. */
export function questionsIn(condition: Condition | undefined): readonly string[] {
  if (!condition) return []
  if ('all' in condition) return condition.all.flatMap(questionsIn)
  if ('any' in condition) return condition.any.flatMap(questionsIn)
  if ('not' in condition) return questionsIn(condition.not)
  return [condition.question]
}
