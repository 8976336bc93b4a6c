// The settings in force, and the calendar of deadlines.
import { sql } from 'kysely'
import { type PublicHoliday, publicHolidays } from '#settings/holidays.ts'
import { type CalendarSpan, calendarOf, type DayKind } from '#settings/rules/working-days.ts'
import { type DeadlineRules, SETTINGS, type Settings } from '#settings/rules.ts'
import type { Tx } from '#shared/db/connect.ts'
import { fixed } from '#shared/db/fixed.ts'

/** Defaults with the rows of eprod.setting laid over them; unknown keys and values that are no numbers are passed over. */
export async function settingsNow(tx: Tx): Promise<Settings> {
  const { rows } = await tx.executeQuery(fixed<{ key: string; value: unknown }>`select key, value from eprod.setting`)
  const kept = rows.filter((row) => row.key in SETTINGS && typeof row.value === 'number')
  return { ...SETTINGS, ...Object.fromEntries(kept.map((row) => [row.key, row.value])) }
}

/** How long statuses wait, with the calendar when the working-day rule is on. For deadlines that start now. */
export async function deadlineRules(tx: Tx): Promise<DeadlineRules> {
  const { pendingDays, solvedDays, workingDays } = await settingsNow(tx)
  if (!workingDays) return { pendingDays, solvedDays }
  const [spans, holidays] = await Promise.all([calendarSpans(tx), publicHolidays()])
  const days = (year: number) => new Set(holidays(year).map((one) => one.day))
  return { pendingDays, solvedDays, calendar: calendarOf(spans, days) }
}

export interface CalendarRow extends CalendarSpan {
  readonly id: number
  readonly name: string
  readonly source: string
}

/** Days and spans the administrator keeps, by their first day. */
export async function calendarSpans(tx: Tx): Promise<CalendarRow[]> {
  const { rows } = await sql<CalendarRow & { kind: DayKind }>`
    select id, kind, first_day::text as "firstDay", last_day::text as "lastDay", name, source
      from eprod.calendar_day order by first_day, id limit 1000`.execute(tx)
  return rows
}

/** The public holidays the program knows, of one year. */
export async function holidaysOf(year: number): Promise<readonly PublicHoliday[]> {
  return (await publicHolidays())(year)
}
