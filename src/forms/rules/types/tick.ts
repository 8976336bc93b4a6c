// One box to tick; a declaration is one that must be ticked.
import { YES } from '#forms/rules/definition.ts'
import { among, asTyped, type TypeRules, trimmed } from '#forms/rules/question-type.ts'

export const tick: TypeRules = {
  settings: [],
  compares: 'choice',
  field: { as: 'tick' },
  choices: () => [YES],
  read: (asked) => among(asked, [YES]),
  show: asTyped,
  search: trimmed,
}
