// Yes or no, with or without *I do not know*.
import { NO, UNKNOWN, YES } from '#forms/rules/definition.ts'
import { among, asTyped, type TypeRules, trimmed } from '#forms/rules/question-type.ts'

const answers = (values: readonly string[]): TypeRules => ({
  settings: [],
  compares: 'choice',
  field: { as: 'row' },
  choices: () => values,
  read: (asked) => among(asked, values),
  show: asTyped,
  search: trimmed,
})

export const yesNo = answers([YES, NO])
export const yesNoUnknown = answers([YES, NO, UNKNOWN])
