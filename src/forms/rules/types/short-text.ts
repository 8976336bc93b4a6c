// One line of text.
import { asTyped, type TypeRules } from '#forms/rules/question-type.ts'
import { readText } from '#forms/rules/types/text.ts'
import { oneLine } from '#shared/kit/one-line.ts'

/** Longest answer unless the question says otherwise. */
export const LONGEST_LINE = 200

export const shortText: TypeRules = {
  settings: ['least', 'most'],
  compares: 'text',
  field: { as: 'line', longest: LONGEST_LINE },
  read: (asked) => readText({ ...asked, typed: oneLine(asked.typed) }, LONGEST_LINE),
  show: asTyped,
  search: oneLine,
}
