// RENAVAM numbers: eleven digits as text; nine-digit ones of before 2013 are padded with zeros.
import { isRepeated, normalise } from '#shared/kit/identifiers/normalise.ts'
import { bad, type Checked, good } from '#shared/problems.ts'

const WEIGHTS = [3, 2, 9, 8, 7, 6, 5, 4, 3, 2]

/**
 * Reads a RENAVAM; the value has eleven digits. Codes: `renavam-characters`, `renavam-length`, `renavam-repeated`,
 * `renavam-digit`. `confirmed`: the filer insists on the number; real ones with a wrong digit have been seen.
 */
export function parseRenavam(typed: string, field: string, options: { confirmed?: boolean } = {}): Checked<string> {
  const digits = normalise(typed)
  if (!/^[0-9]*$/.test(digits)) return bad({ field, code: 'renavam-characters' })
  if (digits.length !== 11 && digits.length !== 9)
    return bad({ field, code: 'renavam-length', with: { has: digits.length } })
  const renavam = digits.padStart(11, '0')
  if (isRepeated(digits)) return bad({ field, code: 'renavam-repeated' })
  if (!options.confirmed && renavamDigit(renavam) !== Number(renavam[10])) return bad({ field, code: 'renavam-digit' })
  return good(renavam)
}

/** Check digit over the first ten: (sum × 10) mod 11, 10 becomes 0. */
export function renavamDigit(renavam: string): number {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(renavam[i]), 0)
  return ((sum * 10) % 11) % 10
}
