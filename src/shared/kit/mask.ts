// Puts what is typed into the shape people write it in, as 000.000.000-00. What is right is decided elsewhere.

const PLACE = /[0A]/
const FITS: Readonly<Record<string, RegExp>> = { '0': /\d/, A: /[0-9A-Za-z]/ }

/**
 * `typed` in the first of the shapes that it fits, with the separators up to its last character; `typed` itself when it
 * fits none. In a shape `0` is a digit and `A` a letter or digit, letters become capitals.
 */
export function shaped(typed: string, shapes: readonly string[]): string {
  const bare = typed.replace(/[^\p{L}\p{N}]/gu, '')
  for (const shape of shapes) {
    const made = fill(bare, shape)
    if (made !== undefined) return made
  }
  return typed
}

function fill(bare: string, shape: string): string | undefined {
  let made = ''
  let at = 0
  for (const place of shape) {
    if (at === bare.length) break
    if (!PLACE.test(place)) made += place
    else if (FITS[place]?.test(bare[at] ?? '')) made += bare[at++]
    else return undefined
  }
  return at === bare.length ? made.toUpperCase() : undefined
}
