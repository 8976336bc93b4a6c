// When a number of days ends: leap days, weekends, holidays of nation, state and city, suspensions.
import { describe, expect, it } from 'vitest'
import { holidaysOf } from '#settings/reads.ts'
import { type CalendarSpan, calendarOf, endOf } from '#settings/rules/working-days.ts'
import { dayOf } from '#shared/kit/dates.ts'

const at = (text: string) => new Date(`${text}-03:00`)
const spans: CalendarSpan[] = [
  { kind: 'holiday', firstDay: '2027-02-02', lastDay: '2027-02-02' },
  { kind: 'optional', firstDay: '2026-10-30', lastDay: '2026-10-30' },
  { kind: 'suspension', firstDay: '2026-12-20', lastDay: '2027-01-06' },
]
const years = new Map<number, Set<string>>()
for (const year of [2026, 2027]) years.set(year, new Set((await holidaysOf(year)).map((one) => one.day)))
const calendar = calendarOf(spans, (year) => years.get(year) ?? new Set())
const ends = (start: string, days: number) => endOf(at(start), days, calendar)

describe('counting by the calendar', () => {
  it('ends to the second of the same hour, over a leap day too', () => {
    expect(endOf(at('2028-02-25T23:59:59'), 7)).toEqual(at('2028-03-03T23:59:59'))
    expect(endOf(at('2027-02-25T23:59:59'), 7)).toEqual(at('2027-03-04T23:59:59'))
  })
  it('knows no summer time: the night São Paulo used to change its clocks is a day like others', () => {
    expect(endOf(at('2026-10-14T00:30:00'), 7)).toEqual(at('2026-10-21T00:30:00'))
    expect(dayOf(new Date('2026-11-02T02:59:59Z'))).toBe('2026-11-01')
  })
})

describe('the working-day rule', () => {
  it.each([
    ['a working day stays', '2026-11-09T10:00:00', 7, '2026-11-16T10:00:00'],
    ['a Saturday rolls to Monday', '2026-11-07T10:00:00', 7, '2026-11-16T10:00:00'],
    ['the national day of the dead rolls on', '2026-10-26T10:00:00', 7, '2026-11-03T10:00:00'],
    ['the state’s 20 September, a Sunday, rolls to Monday', '2026-09-13T10:00:00', 7, '2026-09-21T10:00:00'],
    ['Porto Alegre’s 2 February is the administrator’s row', '2027-01-26T10:00:00', 7, '2027-02-03T10:00:00'],
    [
      'the DETRAN’s optional Friday rolls over the weekend and the holiday',
      '2026-10-23T10:00:00',
      7,
      '2026-11-03T10:00:00',
    ],
    ['days of a suspension are not counted', '2026-12-17T10:00:00', 7, '2027-01-11T10:00:00'],
    ['the carnival is no public holiday', '2027-02-02T10:00:00', 7, '2027-02-09T10:00:00'],
  ])('%s', (_name, start, days, end) => {
    expect(ends(start, days)).toEqual(at(end))
  })

  it('counts to an end even where everything is suspended', () => {
    const all = calendarOf([{ kind: 'suspension', firstDay: '2000-01-01', lastDay: '2999-01-01' }], () => new Set())
    expect(endOf(at('2026-01-01T00:00:00'), 7, all).getFullYear()).toBe(2028)
  })
})
