// Plates and chassis numbers in a text, in the spelling a ticket keeps them in. Of the text itself nothing else is kept.
import { normalise } from '#shared/kit/identifiers/normalise.ts'
import { canonicalPlate } from '#shared/kit/identifiers/plate.ts'

const MOST = 1000
const CHASSIS = 17
/** Letters of a spaced-out number: `9 B W Z …`. */
const LONGEST_RUN = 21
/** With a letter and a digit: numbers alone are a CPF or a telephone far more often, and those are not kept. */
const OLD_CHASSIS = /^(?=.*\d)(?=.*[A-Z])[A-Z0-9]{5,21}$/
const NEW_CHASSIS = /^(?=.*\d)[A-HJ-NPR-Z0-9]{17}$/

/**
 * What in a text may be a plate (Mercosul spelling) or a chassis, once each, the first thousand. Words are read alone and
 * joined with their neighbours where that makes a whole plate or seventeen characters, as printed forms part them.
 */
export function identifiersIn(text: string): string[] {
  const found = new Set<string>()
  for (const line of text.split('\n')) {
    const words = line.split(/\s+/).map(normalise).filter(Boolean)
    for (let at = 0; at < words.length && found.size < MOST; at++) {
      for (const one of readAt(words, at)) found.add(one)
    }
  }
  return [...found].slice(0, MOST)
}

function readAt(words: readonly string[], at: number): string[] {
  const first = words[at] ?? ''
  const read = [
    ...(canonicalPlate(first) ? [canonicalPlate(first) ?? ''] : []),
    ...(OLD_CHASSIS.test(first) ? [first] : []),
  ]
  let joined = first
  for (let next = at + 1; next < words.length && joined.length < LONGEST_RUN; next++) {
    joined += words[next]
    const plate = joined.length === 7 ? canonicalPlate(joined) : undefined
    if (plate) read.push(plate)
    if (joined.length === CHASSIS && NEW_CHASSIS.test(joined)) read.push(joined)
  }
  return read
}
