// Texts of searches in English.
import type { Words } from '#words/words.ts'

export const criteria = {
  links: { and: 'AND', or: 'OR', 'and-not': 'AND NOT', 'or-not': 'OR NOT' },
  firstLinks: { and: '', or: '', 'and-not': 'NOT', 'or-not': 'NOT' },
  operators: {
    contains: 'contains',
    'not-contains': 'does not contain',
    is: 'is',
    'is-not': 'is not',
    'one-of': 'is one of',
    'none-of': 'is none of',
    under: 'under',
    'not-under': 'not under',
    before: 'before',
    after: 'after',
    empty: 'is empty',
    filled: 'is not empty',
  },
  numberOperators: { before: 'less than', after: 'more than' },
  yes: 'Yes',
  no: 'No',
  bases: {
    agora: 'now',
    hoje: 'today',
    semana: 'start of the week',
    mes: 'start of the month',
    ano: 'start of the year',
  },
  units: {
    h: ['hour', 'hours'],
    d: ['day', 'days'],
    s: ['week', 'weeks'],
    m: ['month', 'months'],
    a: ['year', 'years'],
  },
  when: (base: string, offset: number, unit: string[] | undefined): string => {
    if (!unit || offset === 0) return base
    const many = Math.abs(offset)
    return `${base} ${offset < 0 ? '−' : '+'} ${many} ${many === 1 ? unit[0] : unit[1]}`
  },
} satisfies Words['criteria']
