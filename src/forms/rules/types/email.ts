// One e-mail address.
import { asTyped, one, type TypeRules, wrong } from '#forms/rules/question-type.ts'

/** RFC 5321. */
const LONGEST_EMAIL = 254
const SHAPE = /^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+\.[^\s@<>"(),:;\\[\].]{2,}$/u

export const email: TypeRules = {
  settings: ['startsAs'],
  compares: 'text',
  field: { as: 'line', input: 'email', longest: LONGEST_EMAIL },
  read: (asked) => {
    const { typed } = asked
    const fits = typed.length <= LONGEST_EMAIL && SHAPE.test(typed) && !typed.includes('..')
    return fits ? one(asked, typed) : wrong(asked, 'email-shape')
  },
  show: asTyped,
  search: (typed) => typed.trim().toLowerCase(),
}
