// Conditions of a form: the grammar of searches (room criteria) over the form's own questions. What they decide stands elsewhere.
import { holds } from '#criteria/rules/evaluate.ts'
import { type Criteria, type Field, type Fields, type Kind, rulesOf } from '#criteria/rules/grammar.ts'
import type { Question, QuestionType, Section, Text } from '#forms/rules/definition.ts'
import type { Compared } from '#forms/rules/question-type.ts'
import { typeOf } from '#forms/rules/question-types.ts'

/** Rules and groups joined by E, OU, NÃO. A date in them is a day, never told from today: what was asked must not change by itself. */
export type Condition = Criteria

const KIND = {
  text: 'text',
  identifier: 'text',
  number: 'number',
  date: 'day',
  choice: 'choice',
  choices: 'choice',
} as const satisfies Record<Compared, Kind>

/** Judges conditions by answers. `answerOf`: what was typed to a question that is shown, else undefined. */
export type Judge = (condition: Condition | undefined) => boolean

interface Asked {
  readonly key: string
  readonly type: QuestionType
}

/** A judge over questions. An absent condition holds; so does an empty one. */
export function judgeOf(questions: ReadonlyMap<string, Asked>, answerOf: (key: string) => string | undefined): Judge {
  const fields = fieldsToCompare(questions)
  const cell = (key: string): string | readonly string[] => {
    const question = questions.get(key)
    if (!question) return ''
    const { search, compares } = typeOf(question)
    const value = search(answerOf(key) ?? '')
    return compares === 'choices' ? value.split(',') : value
  }
  return (condition) => !condition || holds(condition, { fields, cell, now: NEVER })
}

/** No rule of a form is told from now. */
const NEVER = new Date(0)

const known = new WeakMap<ReadonlyMap<string, Asked>, Fields>()
/** What judging needs of the fields: neither names nor choices. */
function fieldsToCompare(questions: ReadonlyMap<string, Asked>): Fields {
  const before = known.get(questions)
  if (before) return before
  const fields = new Map<string, Field>()
  for (const [key, question] of questions) {
    const { compares } = typeOf(question)
    if (compares) fields.set(key, { key, group: '', name: key, kind: KIND[compares] })
  }
  known.set(questions, fields)
  return fields
}

/** How the person who writes conditions reads a form: names in a language, and what a choice is called. */
export interface Naming {
  name(text: Text): string
  choice(question: Question, value: string): string
}

/** The questions a condition may ask about, by section, as the rule builder offers them. */
export function fieldsOf(sections: readonly Section[], naming: Naming): Fields {
  const all = sections.flatMap((section) =>
    section.questions.flatMap((question): Field[] => {
      const { compares, choices, search } = typeOf(question)
      if (!compares) return []
      const field = { key: question.key, group: naming.name(section.title), name: naming.name(question.label) }
      const offered = choices?.(question).map((value) => ({ value, label: naming.choice(question, value) }))
      if (offered) return [{ ...field, kind: KIND[compares], choices: offered }]
      return [{ ...field, kind: KIND[compares], clean: (typed) => search(typed) || undefined }]
    }),
  )
  return new Map(all.map((field) => [field.key, field]))
}

/** The questions a condition asks about. */
export function questionsIn(condition: Condition | undefined): readonly string[] {
  return condition ? rulesOf(condition).map((rule) => rule.field) : []
}
