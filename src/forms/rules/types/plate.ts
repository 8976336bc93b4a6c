// A vehicle's plate, in the old or the Mercosul spelling: both are one vehicle.
import { asTyped, bare, codeField, one, type TypeRules } from '#forms/rules/question-type.ts'
import { canonicalPlate, parsePlate } from '#shared/kit/identifiers/plate.ts'

export const plate: TypeRules = {
  settings: [],
  compares: 'identifier',
  field: codeField(['AAAAAAA']),
  read: (asked) => {
    const read = parsePlate(asked.typed, asked.question.key)
    return read.ok ? one(asked, read.value.typed) : read
  },
  show: asTyped,
  search: (typed) => canonicalPlate(typed) ?? bare(typed),
}
