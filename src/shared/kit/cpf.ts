// The CPF: cleaned, checked, shown. Pure. (The library's blacklist refuses 123.456.789-09, which the rule accepts.)

const WEIGHTS = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]

/** Only the digits of what was typed. */
export function cleanCpf(typed: string): string {
  return typed.replace(/\D/g, '')
}

/** Eleven digits, not all the same, with both check digits right (modulo 11; Receita Federal). */
export function isCpf(digits: string): boolean {
  if (!/^\d{11}$/.test(digits) || /^(\d)\1{10}$/.test(digits)) return false
  return digits.endsWith(`${checkDigit(digits.slice(0, 9))}${checkDigit(digits.slice(0, 10))}`)
}

function checkDigit(digits: string): number {
  const weights = WEIGHTS.slice(WEIGHTS.length - digits.length)
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return sum % 11 < 2 ? 0 : 11 - (sum % 11)
}

/** `111.444.777-35`. */
export function showCpf(digits: string): string {
  return digits.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1.$2.$3-$4')
}

/** `***.444.777-**`: enough to recognise, too little to use. */
export function maskCpf(digits: string): string {
  return digits.replace(/^\d{3}(\d{3})(\d{3})\d{2}$/, '***.$1.$2-**')
}

/** A text with every CPF in it masked, dotted or not; other numbers stay. */
export function maskCpfsIn(text: string): string {
  return text.replace(/(?<!\d)\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?!\d)/g, (found) => {
    const digits = cleanCpf(found)
    return isCpf(digits) ? maskCpf(digits) : found
  })
}
