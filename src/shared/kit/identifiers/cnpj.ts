// CNPJ numbers, numeric and alphanumeric (IN RFB 2.229/2024): twelve letters or digits and two check digits. Text, never a number.
import { isRepeated, mod11Digit, normalise, weightedSum } from '#shared/kit/identifiers/normalise.ts'
import { bad, type Checked, good } from '#shared/problems.ts'

const FIRST = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]
const SECOND = [6, ...FIRST]

/** Reads a CNPJ; the value has fourteen characters. Codes: `cnpj-length`, `cnpj-shape`, `cnpj-repeated`, `cnpj-digit`. */
export function parseCnpj(typed: string, field: string): Checked<string> {
  const cnpj = normalise(typed)
  if (cnpj.length !== 14) return bad({ field, code: 'cnpj-length', with: { has: cnpj.length } })
  if (!/^[0-9A-Z]{12}[0-9]{2}$/.test(cnpj)) return bad({ field, code: 'cnpj-shape' })
  if (isRepeated(cnpj)) return bad({ field, code: 'cnpj-repeated' })
  if (cnpjDigits(cnpj) !== cnpj.slice(12)) return bad({ field, code: 'cnpj-digit' })
  return good(cnpj)
}

/** Both check digits over the first twelve characters. */
export function cnpjDigits(cnpj: string): string {
  const first = mod11Digit(weightedSum(cnpj, FIRST))
  return `${first}${mod11Digit(weightedSum(cnpj.slice(0, 12) + first, SECOND))}`
}

/** `12.ABC.345/01DE-35`. */
export function showCnpj(cnpj: string): string {
  return `${cnpj.slice(0, 2)}.${cnpj.slice(2, 5)}.${cnpj.slice(5, 8)}/${cnpj.slice(8, 12)}-${cnpj.slice(12)}`
}
