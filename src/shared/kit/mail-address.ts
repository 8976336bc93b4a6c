// What may stand as an address in a letter. Pure.

const ADDRESS = /^[^\s\p{Cc}<>()",;:@]{1,64}@[^\s\p{Cc}<>()",;:@]+\.[^\s\p{Cc}<>()",;:@]{2,}$/u
const LONGEST = 254

/** One address, without a name, a comma or a control character. */
export function isMailAddress(text: string): boolean {
  return text.length <= LONGEST && ADDRESS.test(text)
}
