// A CPF or a CNPJ, told apart by its length.
import { bare, codeField, type TypeRules, whole } from '#forms/rules/question-type.ts'
import { parseCpfOrCnpj, showCpfOrCnpj } from '#shared/kit/identifiers/cpf-or-cnpj.ts'

export const cpfOrCnpj: TypeRules = {
  settings: [],
  compares: 'identifier',
  field: codeField(['000.000.000-00', 'AA.AAA.AAA/AAAA-00']),
  read: (asked) => whole(asked, parseCpfOrCnpj(asked.typed, asked.question.key)),
  show: showCpfOrCnpj,
  search: bare,
}
