// A company's CNPJ, numeric or alphanumeric.
import { bare, codeField, type TypeRules, whole } from '#forms/rules/question-type.ts'
import { parseCnpj, showCnpj } from '#shared/kit/identifiers/cnpj.ts'

export const cnpj: TypeRules = {
  settings: [],
  compares: 'identifier',
  field: codeField(['AA.AAA.AAA/AAAA-00']),
  read: (asked) => whole(asked, parseCnpj(asked.typed, asked.question.key)),
  show: showCnpj,
  search: bare,
}
