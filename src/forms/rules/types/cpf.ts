// A person's CPF.
import { bare, codeField, type TypeRules, whole } from '#forms/rules/question-type.ts'
import { parseCpf, showCpf } from '#shared/kit/identifiers/cpf.ts'

export const cpf: TypeRules = {
  settings: [],
  compares: 'identifier',
  field: codeField(['000.000.000-00'], true),
  read: (asked) => whole(asked, parseCpf(asked.typed, asked.question.key)),
  show: showCpf,
  search: bare,
}
