// A state of Brazil.
import { among, asTyped, type TypeRules, trimmed } from '#forms/rules/question-type.ts'

export const UFS = 'AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO'.split(' ')

export const uf: TypeRules = {
  settings: [],
  compares: 'choice',
  field: { as: 'list' },
  choices: () => UFS,
  read: (asked) => among(asked, UFS),
  show: asTyped,
  search: trimmed,
}
