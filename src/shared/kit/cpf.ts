// The CPF where it is no field of a form: as providers tell it, typed to sign in, in the middle of texts. Its rule, and how it is
// shown: identifiers/cpf.ts.
import { maskCpf, parseCpf } from '#shared/kit/identifiers/cpf.ts'

export { maskCpf } from '#shared/kit/identifiers/cpf.ts'

/** Only the digits of what was typed. */
export function cleanCpf(typed: string): string {
  return typed.replace(/\D/g, '')
}

/** Eleven digits and nothing else, not all the same, with both check digits right. */
export function isCpf(digits: string): boolean {
  return /^\d{11}$/.test(digits) && parseCpf(digits, '').ok
}

/** A text with every CPF in it masked, dotted or not; other numbers stay. */
export function maskCpfsIn(text: string): string {
  return text.replace(/(?<!\d)\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?!\d)/g, (found) => {
    const digits = cleanCpf(found)
    return isCpf(digits) ? maskCpf(digits) : found
  })
}
