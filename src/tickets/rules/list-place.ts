// The place of a row in an order, as it stands in the address: where the next page begins. Pure.
import type { Column, Sort } from '#tickets/rules/list-query.ts'

/** The place of a row in an order: its sort value as PostgreSQL writes it, and its id. */
export interface Place {
  readonly value: string
  readonly id: number
}

const INSTANTS: ReadonlySet<Column> = new Set(['updated', 'opened', 'closed', 'due'])

export function writePlace(place: Place): string {
  return `${place.id}.${Buffer.from(place.value).toString('base64url')}`
}

/** A place for a sort column, or undefined when it could not have been written by us: then the list begins at its start. */
export function readPlace(text: string | null, sort: Column): Place | undefined {
  const [, id, coded] = /^(\d{1,15})\.([\w-]{0,4800})$/.exec(text ?? '') ?? []
  if (id === undefined || coded === undefined) return undefined
  const value = Buffer.from(coded, 'base64url').toString('utf8')
  return fitsSort(value, sort) ? { value, id: Number(id) } : undefined
}

function fitsSort(value: string, sort: Column): boolean {
  if (value.includes('\0')) return false
  if (sort === 'id') return /^\d{1,15}$/.test(value)
  if (sort === 'status') return /^[1-5]$/.test(value)
  return !INSTANTS.has(sort) || isInstant(value)
}

/** The values of a place in several sorts. */
export function placeValues(place: Place, sorts: readonly Sort[]): readonly string[] {
  if (sorts.length <= 1) return [place.value]
  return place.value.split('.').map((coded) => Buffer.from(coded, 'base64url').toString('utf8'))
}

/** The value of a place in several sorts. */
export function placeValue(values: readonly string[]): string {
  return values.length > 1
    ? values.map((value) => Buffer.from(value).toString('base64url')).join('.')
    : (values[0] ?? '')
}

/** A place in several sorts, or undefined. */
export function readPlaceOf(text: string | null, sorts: readonly Sort[]): Place | undefined {
  const [first = { sort: 'updated', descending: true }] = sorts
  if (sorts.length <= 1) return readPlace(text, first.sort)
  const place = readPlace(text, 'title')
  const values = place && placeValues(place, sorts)
  const whole =
    values?.length === sorts.length && values.every((value, at) => fitsSort(value, sorts[at]?.sort ?? 'title'))
  return whole ? place : undefined
}

/** A timestamptz as PostgreSQL writes it, of a day that exists: anything else would make the statement fail. What never closed sorts by the epoch, which is still 1969 west of Greenwich. */
function isInstant(value: string): boolean {
  const [, day, time] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d{1,6})?[+-](?:0\d|1[0-5])(?::[0-5]\d)?$/.exec(value) ?? []
  if (!day || !time || day < '1969-12-31') return false
  const read = new Date(`${day}T${time}Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day)
}
