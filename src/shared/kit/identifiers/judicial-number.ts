// Judicial case numbers of the CNJ: NNNNNNN-DD.AAAA.J.TR.OOOO with check digits mod 97-10 (ISO 7064, Resolução CNJ 65/2008).
import { normalise } from '#shared/kit/identifiers/normalise.ts'
import { bad, type Checked, good } from '#shared/problems.ts'

/** Reads a case number; the value has twenty digits. Codes: `judicial-characters`, `judicial-length`, `judicial-digit`. */
export function parseJudicialNumber(typed: string, field: string): Checked<string> {
  const digits = normalise(typed)
  if (!/^[0-9]*$/.test(digits)) return bad({ field, code: 'judicial-characters' })
  if (digits.length !== 20) return bad({ field, code: 'judicial-length', with: { has: digits.length } })
  if (/^0+$/.test(digits) || judicialDigits(digits) !== digits.slice(7, 9))
    return bad({ field, code: 'judicial-digit' })
  return good(digits)
}

/** Check digits of a twenty-digit number; the places 8 and 9 themselves are left out of the sum. */
export function judicialDigits(digits: string): string {
  const base = BigInt(`${digits.slice(0, 7)}${digits.slice(9)}00`)
  return String(98n - (base % 97n)).padStart(2, '0')
}

/** `0002080-25.2012.5.15.0049`. */
export function showJudicialNumber(digits: string): string {
  const [n, dd, year, branch, court, origin] = [
    [0, 7],
    [7, 9],
    [9, 13],
    [13, 14],
    [14, 16],
    [16, 20],
  ].map(([from, to]) => digits.slice(from, to))
  return `${n}-${dd}.${year}.${branch}.${court}.${origin}`
}
