// Plates: the old spelling ABC1234 and the Mercosul spelling ABC1C34 of the same vehicle (CONTRAN 969/2022). No search here.
import { normalise } from '#shared/kit/identifiers/normalise.ts'
import { bad, type Checked, good } from '#shared/problems.ts'

const OLD = /^[A-Z]{3}[0-9]{4}$/
const MERCOSUL = /^[A-Z]{3}[0-9][A-Z][0-9]{2}$/
/** The fifth character: digit n of the old spelling is the n-th of these letters. */
const LETTERS = 'ABCDEFGHIJ'

export interface Plate {
  /** Uppercase, without separators, in the spelling that was typed. */
  readonly typed: string
  /** Mercosul spelling: the key under which a vehicle is stored and found. */
  readonly canonical: string
}

/** Reads a plate in any spelling. Codes: `plate-length`, `plate-shape`. */
export function parsePlate(typed: string, field: string): Checked<Plate> {
  const plate = normalise(typed)
  if (plate.length !== 7) return bad({ field, code: 'plate-length', with: { has: plate.length } })
  if (MERCOSUL.test(plate)) return good({ typed: plate, canonical: plate })
  if (!OLD.test(plate)) return bad({ field, code: 'plate-shape' })
  return good({ typed: plate, canonical: plate.slice(0, 4) + LETTERS[Number(plate[4])] + plate.slice(5) })
}

/** Mercosul spelling of a plate typed in either, or undefined when it is none. */
export function canonicalPlate(typed: string): string | undefined {
  const read = parsePlate(typed, '')
  return read.ok ? read.value.canonical : undefined
}

/** The first three to six characters of a plate, in the spelling under which it is stored; undefined when they are of none. */
export function plateBeginning(typed: string): string | undefined {
  const begun = normalise(typed)
  if (!/^[A-Z]{3}(\d([0-9A-Z]\d?)?)?$/.test(begun)) return undefined
  const fifth = begun.charAt(4)
  return begun.slice(0, 4) + (LETTERS[Number.parseInt(fifth, 10)] ?? fifth) + begun.slice(5)
}

/** Old spelling of a canonical plate; undefined when there never was one (fifth letter K–Z). */
export function oldForm(canonical: string): string | undefined {
  const digit = LETTERS.indexOf(canonical.charAt(4))
  return digit < 0 ? undefined : canonical.slice(0, 4) + digit + canonical.slice(5)
}

/** Every spelling under which people know the vehicle: Mercosul first. */
export function bothSpellings(canonical: string): readonly string[] {
  const old = oldForm(canonical)
  return old ? [canonical, old] : [canonical]
}

/** As shown: `ABC1C34 (ABC1234)`; without an old spelling `BRA2K19`. */
export function showPlate(canonical: string): string {
  const old = oldForm(canonical)
  return old ? `${canonical} (${old})` : canonical
}
