// An amount in reais, kept with a point and two decimals.
import { one, type TypeRules } from '#forms/rules/question-type.ts'
import { decimal, readNumber, showNumber } from '#forms/rules/types/number.ts'

const CENTS = 2
const LONGEST_AMOUNT = 24

export const money: TypeRules = {
  settings: ['least', 'most'],
  compares: 'number',
  field: { as: 'line', code: true, longest: LONGEST_AMOUNT },
  read: (asked) => {
    const read = readNumber(asked, CENTS)
    return read.ok ? one(asked, withCents(read.value[asked.question.key] ?? '')) : read
  },
  show: (value) => `R$\u00a0${showNumber(withCents(value))}`,
  search: (typed) => decimal(typed) ?? '',
}

/** As people write it, of what was typed into a number or an amount; `typed` itself when it is none. */
export function tidied(typed: string, type: 'number' | 'money'): string {
  const value = decimal(typed)
  return value === undefined ? typed : showNumber(type === 'money' ? withCents(value) : value)
}

function withCents(value: string): string {
  const [whole = '', rest = ''] = value.split('.')
  return `${whole}.${rest.padEnd(CENTS, '0')}`
}
