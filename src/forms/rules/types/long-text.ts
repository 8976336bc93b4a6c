// Text of several lines.
import { asTyped, type TypeRules, trimmed } from '#forms/rules/question-type.ts'
import { readText } from '#forms/rules/types/text.ts'

export const LONGEST_TEXT = 4000

export const longText: TypeRules = {
  settings: ['least', 'most'],
  compares: 'text',
  field: { as: 'area' },
  read: (asked) => readText(asked, LONGEST_TEXT),
  show: asTyped,
  search: trimmed,
}
