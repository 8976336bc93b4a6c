// What a typed term can be: a ticket number, a plate, a chassis, or several of them. Pure.
import { parseChassis } from '#shared/kit/identifiers/chassis.ts'
import { canonicalPlate } from '#shared/kit/identifiers/plate.ts'
import { parseTicketId } from '#shared/kit/identifiers/ticket-id.ts'

export interface SearchKeys {
  readonly id?: number
  /** Mercosul spelling, as kept. */
  readonly plate?: string
  readonly chassis?: string
}

/** A short chassis without at least three digits is a word. */
const DIGITS = /\d.*\d.*\d/

/** Every reading of a term; undefined when it can be none of the three. */
export function searchKeys(term: string): SearchKeys | undefined {
  const id = parseTicketId(term)
  const plate = canonicalPlate(term)
  const chassis = readChassis(term)
  if (id === undefined && plate === undefined && chassis === undefined) return undefined
  return {
    ...(id === undefined ? {} : { id }),
    ...(plate === undefined ? {} : { plate }),
    ...(chassis === undefined ? {} : { chassis }),
  }
}

/** Whole, or as short as before 1986: the search does not know the vehicle's year. */
function readChassis(term: string): string | undefined {
  const whole = parseChassis(term, '')
  if (whole.ok) return whole.value.chassis
  const old = parseChassis(term, '', { before1986: true })
  return old.ok && DIGITS.test(old.value.chassis) ? old.value.chassis : undefined
}
