// A judicial case number of the CNJ.
import { bare, codeField, type TypeRules, whole } from '#forms/rules/question-type.ts'
import { parseJudicialNumber, showJudicialNumber } from '#shared/kit/identifiers/judicial-number.ts'

export const judicialNumber: TypeRules = {
  settings: [],
  compares: 'identifier',
  field: codeField(['0000000-00.0000.0.00.0000'], true),
  read: (asked) => whole(asked, parseJudicialNumber(asked.typed, asked.question.key)),
  show: showJudicialNumber,
  search: bare,
}
