// A telephone number of Brazil with its area code.
import { bare, codeField, type TypeRules, whole } from '#forms/rules/question-type.ts'
import { parsePhone, showPhone } from '#shared/kit/identifiers/phone.ts'

export const phone: TypeRules = {
  settings: [],
  compares: 'identifier',
  field: codeField(['(00) 0000-0000', '(00) 00000-0000'], true),
  read: (asked) => whole(asked, parsePhone(asked.typed, asked.question.key)),
  show: showPhone,
  search: bare,
}
