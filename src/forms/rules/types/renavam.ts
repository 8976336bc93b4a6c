// A RENAVAM; a number of odd check digit passes once its filer confirms it.
import { YES } from '#forms/rules/definition.ts'
import { asTyped, bare, codeField, isRelaxed, type TypeRules, whole } from '#forms/rules/question-type.ts'
import { parseRenavam } from '#shared/kit/identifiers/renavam.ts'

export const renavam: TypeRules = {
  settings: ['relaxedBy'],
  compares: 'identifier',
  field: codeField(['00000000000'], true),
  read: (asked) => whole(asked, parseRenavam(asked.typed, asked.question.key, { confirmed: isRelaxed(asked, YES) })),
  show: asTyped,
  search: (typed) => {
    const digits = bare(typed)
    return digits.length === 9 ? digits.padStart(11, '0') : digits
  },
}
