// Telephone numbers of Brazil: area code and eight digits, or nine of a mobile (Anatel's plan of area codes).
import { normalise } from '#shared/kit/identifiers/normalise.ts'
import { bad, type Checked, good } from '#shared/problems.ts'

const AREAS = new Set(
  [11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 24, 27, 28, 31, 32, 33, 34, 35, 37, 38, 41, 42, 43, 44, 45, 46].concat(
    [47, 48, 49, 51, 53, 54, 55, 61, 62, 63, 64, 65, 66, 67, 68, 69, 71, 73, 74, 75, 77, 79, 81, 82, 83, 84, 85, 86],
    [87, 88, 89, 91, 92, 93, 94, 95, 96, 97, 98, 99],
  ),
)
const COUNTRY = '55'

/** Reads a number with area code, with or without +55; ten or eleven digits. Codes: `phone-length`, `phone-area`, `phone-shape`. */
export function parsePhone(typed: string, field: string): Checked<string> {
  const all = normalise(typed)
  const digits = all.length >= 12 && all.startsWith(COUNTRY) ? all.slice(COUNTRY.length) : all
  if (!/^\d{10,11}$/.test(digits)) return bad({ field, code: 'phone-length', with: { has: digits.length } })
  if (!AREAS.has(Number(digits.slice(0, 2))))
    return bad({ field, code: 'phone-area', with: { area: digits.slice(0, 2) } })
  const fits = digits.length === 11 ? /^..9/.test(digits) : /^..[2-5]/.test(digits)
  return fits ? good(digits) : bad({ field, code: 'phone-shape' })
}

/** `(51) 3288-1234`, `(51) 99123-4567`. */
export function showPhone(digits: string): string {
  return `(${digits.slice(0, 2)}) ${digits.slice(2, -4)}-${digits.slice(-4)}`
}
