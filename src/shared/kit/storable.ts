// Text as PostgreSQL can keep it: no NUL, and no half of a surrogate pair, which UTF-8 cannot write.

/** The text without NUL; halves of surrogate pairs, as a cut emoji leaves them, become U+FFFD. */
export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed()

/** The first `most` UTF-16 units of a text, never half a character. */
export function cutAt(text: string, most: number): string {
  if (text.length <= most) return text
  const last = text.charCodeAt(most - 1)
  const opensPair = last >= 0xd800 && last <= 0xdbff
  return text.slice(0, opensPair ? most - 1 : most)
}
