// CPF numbers. The algorithm is ours: cpf-cnpj-validator 2.1.2 refuses 123.456.789-09, whose digits are right; tests compare with it.
import { isRepeated, mod11Digit, normalise, weightedSum } from '#shared/kit/identifiers/normalise.ts'
import { bad, type Checked, good } from '#shared/problems.ts'

const FIRST = [10, 9, 8, 7, 6, 5, 4, 3, 2]
const SECOND = [11, ...FIRST]

/** Reads a CPF; the value has eleven digits. Codes: `cpf-characters`, `cpf-length`, `cpf-repeated`, `cpf-digit`. */
export function parseCpf(typed: string, field: string): Checked<string> {
  const cpf = normalise(typed)
  if (!/^[0-9]*$/.test(cpf)) return bad({ field, code: 'cpf-characters' })
  if (cpf.length !== 11) return bad({ field, code: 'cpf-length', with: { has: cpf.length } })
  if (isRepeated(cpf)) return bad({ field, code: 'cpf-repeated' })
  if (cpfDigits(cpf) !== cpf.slice(9)) return bad({ field, code: 'cpf-digit' })
  return good(cpf)
}

/** Both check digits over the first nine. */
export function cpfDigits(cpf: string): string {
  const first = mod11Digit(weightedSum(cpf, FIRST))
  return `${first}${mod11Digit(weightedSum(cpf.slice(0, 9) + first, SECOND))}`
}

/** `111.444.777-35`; what has not eleven digits stays. */
export function showCpf(cpf: string): string {
  return cpf.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1.$2.$3-$4')
}

/** `***.444.777-**`: how a CPF stands in lists (LGPD art. 6 III). */
export function maskCpf(cpf: string): string {
  return `***.${cpf.slice(3, 6)}.${cpf.slice(6, 9)}-**`
}
