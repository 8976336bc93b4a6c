// One line of text.
import { asTyped, type TypeRules, trimmed } from '#forms/rules/question-type.ts'
import { readText } from '#forms/rules/types/text.ts'

/** Longest answer unless the question says otherwise. */
export const LONGEST_LINE = 200

export const shortText: TypeRules = {
  settings: ['least', 'most'],
  compares: 'text',
  field: { as: 'line', longest: LONGEST_LINE },
  read: (asked) => readText(asked, LONGEST_LINE),
  show: asTyped,
  search: trimmed,
}
