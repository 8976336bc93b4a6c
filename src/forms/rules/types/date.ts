// A day, kept as AAAA-MM-DD.
import { one, type TypeRules, wrong } from '#forms/rules/question-type.ts'
import { isoDate } from '#shared/kit/iso-date.ts'

const EARLIEST_YEAR = 1900

export const date: TypeRules = {
  settings: ['future'],
  compares: 'date',
  field: { as: 'line', input: 'date', longest: 10 },
  read: (asked) => {
    const value = isoDate(asked.typed)
    if (!value || Number(value.slice(0, 4)) < EARLIEST_YEAR) return wrong(asked, 'date-wrong')
    if (!asked.question.future && value > asked.today) return wrong(asked, 'date-future')
    return one(asked, value)
  },
  show: (value) => value.split('-').reverse().join('-'),
  search: (typed) => isoDate(typed.trim()) ?? '',
}
