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
  builder: {
    title: 'Search criteria',
    search: 'Search',
    addRule: 'rule',
    addGroup: 'group',
    refit: 'Update fields',
    remove: 'Remove',
    choose: 'Choose',
    givenDay: 'Give a date',
    groupWord: 'group',
    firstPlain: 'IF',
    firstNot: 'IF NOT',
    group: (place: string) => `Group ${place}`,
    inGroup: (place: string) => ` in group ${place}`,
    link: (place: string) => `Link of rule ${place}`,
    field: (place: string) => `Field of rule ${place}`,
    operator: (place: string) => `Operator of rule ${place}`,
    value: (place: string) => `Value of rule ${place}`,
    day: (place: string) => `Date of rule ${place}`,
    removeRule: (place: string) => `Remove rule ${place}`,
    removeGroup: (place: string) => `Remove group ${place}`,
    nothing: 'No criteria: all tickets you may see.',
    wrong: 'The search holds something the system does not understand',
    wrongText: 'Mend what is marked below and search again.',
    hints: {
      identifiers: 'Several: part them by comma, semicolon, space or line.',
      lines: 'One on each line.',
      name: 'Type the whole name. For a part of it, use “contains”.',
    },
    tooWide: 'Refine the search',
    tooWideText:
      'It would take too long: too many tickets would have to be looked at one by one. Add a rule, such as a span of opening dates, the status or the plate.',
  },
} satisfies Words['criteria']
