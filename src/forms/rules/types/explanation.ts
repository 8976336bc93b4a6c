// A text that explains; nothing is answered.
import { asTyped, type TypeRules, wrong } from '#forms/rules/question-type.ts'

export const explanation: TypeRules = {
  settings: [],
  field: { as: 'prose' },
  read: (asked) => wrong(asked, 'choice-unknown'),
  show: asTyped,
  search: () => '',
}
