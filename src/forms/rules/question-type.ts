// What every question type says of itself, and the small pieces its file is made of. The types stand in types/, their table in question-types.ts.
import type { Answers, Question } from '#forms/rules/definition.ts'
import { normalise } from '#shared/kit/identifiers/normalise.ts'
import { bad, type Checked, good } from '#shared/problems.ts'

/** Values by question; a tick set by another answer comes along. */
export type Values = Readonly<Record<string, string>>

export interface Asked {
  readonly question: Question
  /** Trimmed, never empty. */
  readonly typed: string
  readonly answers: Answers
  /** AAAA-MM-DD of now in São Paulo. */
  readonly today: string
}

/** What the form manager may set of a question of the type, beyond what all have. */
export type Setting = 'least' | 'most' | 'decimals' | 'future' | 'options' | 'relaxedBy' | 'setsTick' | 'startsAs'

/** How answers compare in conditions. */
export type Compared = 'text' | 'identifier' | 'number' | 'date' | 'choice' | 'choices'

/** How the question is drawn. `mask`: shapes that typing is helped with (0 a digit, A a letter or digit), the first that fits. */
export type Field =
  | {
      readonly as: 'line'
      readonly code?: boolean
      readonly input?: 'text' | 'email' | 'date' | 'tel'
      readonly digits?: boolean
      readonly longest: number
      readonly mask?: readonly string[]
    }
  | { readonly as: 'area' | 'cards' | 'row' | 'list' | 'boxes' | 'tick' | 'prose' }

export interface TypeRules {
  readonly settings: readonly Setting[]
  /** Absent: nothing is answered, so nothing can hang on it. */
  readonly compares?: Compared
  readonly field: Field
  /** The values that can be chosen, where they can be counted. */
  choices?(question: Question): readonly string[]
  /** A given answer in its stored spelling, or what is wrong with it. */
  read(asked: Asked): Checked<Values>
  /** A stored value as people read it; choices are labelled by the page, which has the words. */
  show(value: string): string
  /** What conditions and searches compare, of whatever was typed: one spelling for one thing. Never fails. */
  search(typed: string): string
}

export const asTyped = (value: string): string => value
export const trimmed = (typed: string): string => typed.trim()
/** Identifiers compare without separators, in capitals. */
export const bare = (typed: string): string => normalise(typed)

export const one = ({ question }: Asked, value: string): Checked<Values> => good({ [question.key]: value })
export const wrong = ({ question }: Asked, code: string, facts?: Record<string, string | number>): Checked<Values> =>
  bad(facts ? { field: question.key, code, with: facts } : { field: question.key, code })
export const whole = (asked: Asked, result: Checked<string>): Checked<Values> =>
  result.ok ? one(asked, result.value) : result
/** The answer must be one of these. */
export const among = (asked: Asked, values: readonly string[]): Checked<Values> =>
  values.includes(asked.typed) ? one(asked, asked.typed) : wrong(asked, 'choice-unknown')

/** Longest typed spelling of identifiers, separators included. */
const LONGEST_CODE = 60
/** The field of an identifier. */
export const codeField = (mask: readonly string[], digits = false): Field => ({
  as: 'line',
  code: true,
  digits,
  longest: LONGEST_CODE,
  mask,
})

/** Whether the tick that relaxes a question's check is set. */
export function isRelaxed({ question, answers }: Asked, yes: string): boolean {
  return question.relaxedBy !== undefined && answers[question.relaxedBy] === yes
}
