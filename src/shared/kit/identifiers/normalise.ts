// What every identifier goes through first. Each kind's own rules stand in the file of its name.

/** Compatibility forms unified, separators (anything that is no letter or digit) stripped, ASCII letters uppercase. */
export function normalise(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
}

/** One character only, over and over: passes some check digits and identifies nothing. */
export function isRepeated(text: string): boolean {
  return text.length > 1 && text === text.charAt(0).repeat(text.length)
}

/** Weighted sum of the characters' values (ASCII − 48: digits are themselves, A is 17), as CPF and CNPJ use it. */
export function weightedSum(text: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * (text.charCodeAt(i) - 48), 0)
}

/** The check digit of CPF and CNPJ: 11 − (sum mod 11), where 10 and 11 become 0. */
export function mod11Digit(sum: number): number {
  const rest = sum % 11
  return rest < 2 ? 0 : 11 - rest
}
