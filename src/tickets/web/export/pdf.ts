// Rows as a PDF to print: A4 across, a head on each page, every cell whole. Each page is sent when it is full, so that a list
// of any length can be written.
import { setImmediate } from 'node:timers/promises'
import { cellText } from '#tickets/rules/export-cells.ts'
import { hasStrange, linesOf, printable, type WidthOf } from '#tickets/rules/pdf-text.ts'
import { type Font, pdfFile, ruleAt, textAt, widthsOf } from '#tickets/web/export/pdf-file.ts'
import type { Table } from '#tickets/web/export/table.ts'

/** A4 across, in points. */
const WIDTH = 841.89
const HEIGHT = 595.28
const MARGIN = 28
const ROOM = WIDTH - 2 * MARGIN
const SIZE = 6.5
const TITLE = 12
const LINE = 8
/** Between a cell's text and the next cell's. */
const GAP = 5
/** A text typed without end is cut here. */
const MOST_LINES = 12
/** Rows laid out before others get their turn. */
const AT_ONCE = 50

export async function* pdf(table: Table): AsyncGenerator<Buffer> {
  const file = pdfFile({ title: table.title, lang: table.lang, width: WIDTH, height: HEIGHT })
  const heads = table.heads.map(printable)
  const measures: Measures = { plain: widthsOf('plain', SIZE), bold: widthsOf('bold', SIZE) }
  let sheet: ReturnType<typeof layOut> | undefined
  let count = 0
  let strange = false
  yield file.begin()
  for await (const rows of table.batches) {
    const texts = rows.map((row) => row.map((cell) => printable(cellText(cell))))
    sheet ??= layOut({ title: printable(table.title), heads, widths: columnWidths(heads, texts, measures), measures })
    for (const row of texts) {
      strange ||= row.some(hasStrange)
      if (count % AT_ONCE === 0) await setImmediate()
      count += 1
      const full = sheet.row(row)
      if (full) yield file.page(full)
    }
  }
  sheet ??= layOut({ title: printable(table.title), heads, widths: columnWidths(heads, [], measures), measures })
  const last = [table.end(count), ...(strange ? [table.strange] : [])].map(printable)
  for (const content of sheet.end(last)) yield file.page(content)
  yield file.end()
}

type Measures = Readonly<Record<Font, WidthOf>>

/**
 * A column is as wide as its longest word in the first rows, so that none is broken; the title, which is the second, has the
 * rest.
 */
function columnWidths(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  { plain, bold }: Measures,
): number[] {
  const widest = (text: string, widthOf: WidthOf) => Math.max(...text.split(/\s+/).map(widthOf))
  const longest = heads.map((head, at) => {
    const words = Math.max(widest(head, bold), ...rows.map((row) => widest(row[at] ?? '', plain)))
    // A hair more than measured: a word that just fits must not be broken.
    return words + GAP + 1
  })
  const [, title = 0] = longest
  const others = longest.reduce((sum, one) => sum + one, 0) - title
  const left = Math.max(ROOM - others, ROOM / 4)
  return longest.map((one, at) => (at === 1 ? left : one * Math.min(1, (ROOM - left) / others)))
}

interface Sheet {
  readonly title: string
  readonly heads: readonly string[]
  readonly widths: readonly number[]
  readonly measures: Measures
}

function layOut({ title, heads, widths, measures }: Sheet) {
  let y = HEIGHT - MARGIN
  let content = ''
  const cellsOf = (texts: readonly string[], font: Font): string[][] =>
    texts.map((text, at) => linesOf(text, (widths[at] ?? 0) - GAP, { widthOf: measures[font], most: MOST_LINES }))
  const heightOf = (cells: readonly string[][]): number => Math.max(1, ...cells.map(({ length }) => length)) * LINE + 4
  const draw = (cells: readonly string[][], font: Font): void => {
    let x = MARGIN
    content += 'BT\n'
    for (const [at, lines] of cells.entries()) {
      for (const [n, line] of lines.entries())
        content += textAt(line, { x: x + 1, y: y - (n + 1) * LINE, size: SIZE, font })
      x += widths[at] ?? 0
    }
    y -= heightOf(cells)
    content += `ET\n${ruleAt(MARGIN, MARGIN + ROOM, y)}`
  }
  const titled = (text: string, size: number): void => {
    content += `BT\n${textAt(text, { x: MARGIN, y: y - size, size, font: 'bold' })}ET\n`
    y -= size + LINE
  }
  const head = cellsOf(heads, 'bold')
  /** The page that is full, when so much has no room on it. */
  const turned = (height: number): string | undefined => {
    if (y - height >= MARGIN) return undefined
    const full = content
    content = ''
    y = HEIGHT - MARGIN
    draw(head, 'bold')
    return full
  }
  titled(title, TITLE)
  draw(head, 'bold')
  return {
    row(texts: readonly string[]): string | undefined {
      const cells = cellsOf(texts, 'plain')
      const full = turned(heightOf(cells))
      draw(cells, 'plain')
      return full
    },
    end(texts: readonly string[]): string[] {
      const full = turned(texts.length * 2 * LINE + LINE)
      for (const text of texts) titled(text, SIZE + 1)
      return full === undefined ? [content] : [full, content]
    },
  }
}
