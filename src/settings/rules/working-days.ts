// When a number of days ends: by the calendar, or rolled to a working day. Days are São Paulo's, which has no summer time
// (Decree 9.772/2019), so a day is 24 hours and instants move by whole days. Pure.
import { DAY_MS, dayOf } from '#shared/kit/dates.ts'

/** `holiday` and `optional` (ponto facultativo): no deadline ends there. `suspension`: deadlines stand still. */
export const DAY_KINDS = ['holiday', 'optional', 'suspension'] as const
export type DayKind = (typeof DAY_KINDS)[number]

/** A span of days as `AAAA-MM-DD`, both ends included. */
export interface CalendarSpan {
  readonly kind: DayKind
  readonly firstDay: string
  readonly lastDay: string
}

export interface Calendar {
  /** Does a deadline end on this day? Not on Saturdays, Sundays, holidays, optional and suspended days. */
  works(day: string): boolean
  /** Deadlines stand still on this day: it is not counted. */
  suspended(day: string): boolean
}

/** A calendar of spans and of public holidays by year. */
export function calendarOf(
  spans: readonly CalendarSpan[],
  publicHolidays: (year: number) => ReadonlySet<string>,
): Calendar {
  const within = (day: string, kinds: readonly DayKind[]) =>
    spans.some((span) => kinds.includes(span.kind) && span.firstDay <= day && day <= span.lastDay)
  return {
    works: (day) => {
      const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
      return (
        weekday !== 0 && weekday !== 6 && !publicHolidays(Number(day.slice(0, 4))).has(day) && !within(day, DAY_KINDS)
      )
    },
    suspended: (day) => within(day, ['suspension']),
  }
}

/** However many suspensions are entered, an end is found or counting stops: two years. */
const MOST_DAYS = 732

/**
 * The instant `days` days after `at`, at the same hour. With a calendar suspended days are not counted, and a last day that
 * does not work rolls to the next that does.
 */
export function endOf(at: Date, days: number, calendar?: Calendar): Date {
  let end = new Date(at.getTime() + days * DAY_MS)
  if (!calendar) return end
  let left = days
  end = at
  for (let step = 0; step < MOST_DAYS; step += 1) {
    if (left <= 0 && calendar.works(dayOf(end))) return end
    end = new Date(end.getTime() + DAY_MS)
    if (!calendar.suspended(dayOf(end))) left -= 1
  }
  return end
}
