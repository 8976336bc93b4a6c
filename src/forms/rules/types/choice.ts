// One of several options.
import type { Question } from '#forms/rules/definition.ts'
import { among, asTyped, type TypeRules, trimmed } from '#forms/rules/question-type.ts'

/** The values of a question's options, in order. */
export const optionsOf = ({ options }: Question): readonly string[] => (options ?? []).map(({ value }) => value)

export const choice: TypeRules = {
  settings: ['options'],
  compares: 'choice',
  field: { as: 'cards' },
  choices: optionsOf,
  read: (asked) => among(asked, optionsOf(asked.question)),
  show: asTyped,
  search: trimmed,
}
