// A chassis number; `REM` typed behind it sets the tick of stamped anew.
import { YES } from '#forms/rules/definition.ts'
import { asTyped, bare, codeField, isRelaxed, type TypeRules } from '#forms/rules/question-type.ts'
import { parseChassis } from '#shared/kit/identifiers/chassis.ts'
import { good } from '#shared/problems.ts'

export const chassis: TypeRules = {
  settings: ['relaxedBy', 'setsTick'],
  compares: 'identifier',
  field: codeField([]),
  read: (asked) => {
    const { key, setsTick } = asked.question
    const read = parseChassis(asked.typed, key, { before1986: isRelaxed(asked, YES) })
    if (!read.ok) return read
    const tick = setsTick && read.value.remarked ? { [setsTick]: YES } : {}
    return good({ [key]: read.value.chassis, ...tick })
  },
  show: asTyped,
  search: bare,
}
