// A day, kept as AAAA-MM-DD.
import { one, type TypeRules, wrong } from '#forms/rules/question-type.ts'

const EARLIEST_YEAR = 1900

/** AAAA-MM-DD of a day that exists, from that spelling or DD-MM-AAAA with any of `- / .`; undefined otherwise. */
export function isoDate(typed: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  const local = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(typed)
  const [year, month, day] = iso ? iso.slice(1) : local ? local.slice(1).reverse() : []
  if (!year || !month || !day) return undefined
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = Date.parse(`${value}T00:00:00Z`)
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value ? undefined : value
}

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
