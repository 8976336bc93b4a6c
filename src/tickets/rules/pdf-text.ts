// Text for a PDF in the standard fonts, which know the letters of Western Europe (Windows-1252) and no others. Pure.

const UNKNOWN = /[^\n\u0020-\u007e\u00a1-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/gu

/** The text in letters the fonts have; any other stands as its number in Unicode, `[U+0141]`, and is not lost unseen. */
export function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\t\v\f\p{Zs}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[\u2010\u2011\u2212]/g, '-')
    .replace(/\p{Cf}|\uFE0F/gu, '')
    .replace(UNKNOWN, (letter) => `[U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`)
}

/** Has a printable text such a number in it? */
export const hasStrange = (text: string): boolean => /\[U\+[0-9A-F]{4,6}\]/.test(text)

/** Widths of a font's letters. */
export type WidthOf = (text: string) => number

/** The lines of a text within a width; a word wider than that is broken. Beyond `most` lines it ends in an ellipsis. */
export function linesOf(text: string, width: number, { widthOf, most }: { widthOf: WidthOf; most: number }): string[] {
  const lines: string[] = []
  const space = widthOf(' ')
  for (const part of text.split('\n')) {
    let line = ''
    let used = 0
    for (const word of part
      .split(' ')
      .filter((one) => one !== '')
      .flatMap((one) => pieces(one, width, widthOf))) {
      const wide = widthOf(word)
      if (line !== '' && used + space + wide > width) {
        lines.push(line)
        line = ''
        used = 0
      }
      used += line === '' ? wide : space + wide
      line = line === '' ? word : `${line} ${word}`
    }
    lines.push(line)
    if (lines.length > most) break
  }
  return lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1]?.slice(0, -1)}…`] : lines
}

function pieces(word: string, width: number, widthOf: WidthOf): string[] {
  if (widthOf(word) <= width) return [word]
  const made: string[] = []
  let piece = ''
  for (const letter of word) {
    if (piece !== '' && widthOf(piece + letter) > width) {
      made.push(piece)
      piece = ''
    }
    piece += letter
  }
  return [...made, piece]
}
