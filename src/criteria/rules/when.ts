// Dates of a search: a day, or one told from now (`hoje-7d`, `agora-3h`, `mes`). Days are those of São Paulo. Pure.
import { showParts } from '#shared/kit/dates.ts'

/** What an offset is told from. `semana`, `mes`, `ano`: the instant the current one began (weeks on Monday). */
export const BASES = ['agora', 'hoje', 'semana', 'mes', 'ano'] as const
export type Base = (typeof BASES)[number]
/** Hours, days, weeks (semanas), months, years (anos). */
export const UNITS = ['h', 'd', 's', 'm', 'a'] as const
export type Unit = (typeof UNITS)[number]

export type When =
  | { readonly day: string }
  | { readonly base: Base; readonly offset: number; readonly unit: Unit | undefined }

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/
const TYPED_DAY = /^(\d\d)[-/.](\d\d)[-/.](\d{4})$/
const RELATIVE = /^(agora|hoje|semana|mes|ano)(?:([+-])(\d{1,4})([hdsma]))?$/

/** A century to either side: what is told from now stays within the years that can be asked for, whenever that is. */
const FARTHEST_DAYS = 36_600
const DAYS_OF: Readonly<Record<Unit, number>> = { h: 1 / 24, d: 1, s: 7, m: 30.5, a: 366 }

/** Reads `2026-03-09`, `09-03-2026`, `hoje-7d`; undefined: none of them, a day that does not exist, or one too far away. */
export function readWhen(typed: string): When | undefined {
  const text = typed.trim().toLowerCase()
  const turned = TYPED_DAY.exec(text)
  const day = turned ? `${turned[3]}-${turned[2]}-${turned[1]}` : text
  if (DAY.test(day)) return isDay(day) ? { day } : undefined
  const [, base, sign, count, unit] = RELATIVE.exec(text) ?? []
  if (base === undefined) return undefined
  if (Number(count ?? 0) * DAYS_OF[(unit as Unit | undefined) ?? 'd'] > FARTHEST_DAYS) return undefined
  const offset = count === undefined ? 0 : Number(count) * (sign === '-' ? -1 : 1)
  return { base: base as Base, offset, unit: unit as Unit | undefined }
}

/** The value of a rule whose number and unit stand beside it; it is what those two come to (`countedWhen`). */
export const COUNTED = 'contado'

/** Sign and unit as they are chosen beside a number: before now, then after it. */
export const COUNTED_UNITS = ['-h', '-d', '-s', '-m', '-a', '+h', '+d', '+s', '+m', '+a'] as const

/**
 * `45` and `-d` are `hoje-45d`; hours are told from now. COUNTED: there is no number yet. What is no number or no unit stays as
 * it was typed (`1.5 -d`), for the check to name.
 */
export function countedWhen(typed: string, unit: string): string {
  const count = typed.trim()
  const known = COUNTED_UNITS.find((one) => one === unit)
  if (count === '') return COUNTED
  if (!known || !/^\d{1,4}$/.test(count)) return `${count} ${unit}`
  return `${known[1] === 'h' ? 'agora' : 'hoje'}${known[0]}${Number(count)}${known[1]}`
}

/** The number and unit of a date told from today or now, or of one that was typed wrongly; undefined: it is told otherwise. */
export function countOfWhen(value: string): { count: string; unit: string } | undefined {
  const when = readWhen(value)
  const [, wrong, wrongUnit] = /^(.+) ([+-][hdsma])$/.exec(value) ?? []
  if (wrong !== undefined && wrongUnit !== undefined) return { count: wrong, unit: wrongUnit }
  if (!when || 'day' in when || !when.unit || (when.base !== 'hoje' && when.base !== 'agora')) return undefined
  const unit = COUNTED_UNITS.find((one) => one === `${when.offset < 0 ? '-' : '+'}${when.unit}`)
  const same = unit && countedWhen(`${Math.abs(when.offset)}`, unit) === writeWhen(when)
  return same ? { count: String(Math.abs(when.offset)), unit } : undefined
}

/** As it stands in the address. */
export function writeWhen(when: When): string {
  if ('day' in when) return when.day
  return `${when.base}${when.unit ? `${when.offset < 0 ? '-' : '+'}${Math.abs(when.offset)}${when.unit}` : ''}`
}

function isDay(day: string): boolean {
  if (day < '1900' || day > '2200') return false
  const read = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day)
}

/** From (included) to (excluded): a whole day, or one instant (`from` = `to`). */
export interface Span {
  readonly from: Date
  readonly to: Date
}

/** The span a date means now. An instant is before what begins with it and after what ends with it. */
export function spanOf(when: When, now: Date): Span {
  if ('day' in when) return daySpan(when.day)
  const moved = move(baseOf(when.base, now), when)
  if (when.base === 'hoje' && when.unit !== 'h') return daySpan(dayOf(moved))
  return { from: moved, to: moved }
}

/** The whole day in which a span begins. */
export function dayAround(span: Span): Span {
  return daySpan(dayOf(span.from))
}

/** The day of an instant in São Paulo, AAAA-MM-DD. */
export function dayOf(instant: Date): string {
  const { day } = showParts(instant)
  return `${day.slice(6)}-${day.slice(3, 5)}-${day.slice(0, 2)}`
}

function daySpan(day: string): Span {
  const next = new Date(Date.parse(`${day}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  return { from: startOf(day), to: startOf(next) }
}

/** The first instant of a day: São Paulo has been three hours behind, and two in the summers until 2019. */
function startOf(day: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const summer = new Date(midnight + 2 * 3_600_000)
  return dayOf(summer) === day ? summer : new Date(midnight + 3 * 3_600_000)
}

function baseOf(base: Base, now: Date): Date {
  if (base === 'agora') return now
  const day = dayOf(now)
  if (base === 'hoje') return startOf(day)
  if (base === 'mes') return startOf(`${day.slice(0, 8)}01`)
  if (base === 'ano') return startOf(`${day.slice(0, 5)}01-01`)
  const weekday = (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7
  return startOf(new Date(Date.parse(`${day}T12:00:00Z`) - weekday * 86_400_000).toISOString().slice(0, 10))
}

function move(start: Date, { offset, unit }: { offset: number; unit: Unit | undefined }): Date {
  if (!unit || offset === 0) return start
  if (unit === 'h') return new Date(start.getTime() + offset * 3_600_000)
  if (unit === 'd' || unit === 's') return new Date(start.getTime() + offset * (unit === 'd' ? 1 : 7) * 86_400_000)
  return moveMonths(start, offset * (unit === 'm' ? 1 : 12))
}

/** The same day of another month, or its last one; the hour stays. */
function moveMonths(start: Date, months: number): Date {
  const moved = new Date(start)
  moved.setUTCDate(1)
  moved.setUTCMonth(start.getUTCMonth() + months)
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate()
  moved.setUTCDate(Math.min(start.getUTCDate(), last))
  return moved
}
