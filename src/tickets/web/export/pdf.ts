// Rows as a PDF to print: A4 across, a head on each page, every cell whole. A few thousand rows; more is no reading.
import PDFDocument from 'pdfkit'
import { cellText } from '#tickets/rules/export-cells.ts'
import type { Table } from '#tickets/web/export/table.ts'

export const MOST_PDF = 2000

const MARGIN = 28
const SIZE = 6.5
const LINE = 8
/** Between a cell's text and the next cell's. */
const GAP = 5
/** A text typed without end is cut here. */
const MOST_LINES = 12

type Font = 'Helvetica' | 'Helvetica-Bold'

export async function* pdf(table: Table): AsyncGenerator<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin: MARGIN,
    lang: table.lang,
    info: { Title: table.title, Producer: 'EPROD', Creator: 'EPROD' },
  })
  let made: Buffer[] = []
  document.on('data', (chunk: Buffer) => made.push(chunk))
  const ended = new Promise((tell) => document.once('end', tell))
  let page: ReturnType<typeof layOut> | undefined
  let count = 0
  for await (const rows of table.batches) {
    const texts = rows.map((row) => row.map(cellText))
    page ??= layOut(document, table, widthsFor(document, table.heads, texts))
    count += rows.length
    for (const row of texts) page.row(row)
    yield Buffer.concat(made)
    made = []
  }
  page ??= layOut(document, table, widthsFor(document, table.heads, []))
  page.end(table.end(count))
  document.end()
  await ended
  yield Buffer.concat(made)
}

/** A column is as wide as its longest word, so that none is broken; the title, which is the second, has the rest. */
function widthsFor(document: PDFKit.PDFDocument, heads: readonly string[], rows: readonly string[][]): number[] {
  const widest = (texts: readonly string[], font: Font): number => {
    document.font(font).fontSize(SIZE)
    // With the space behind it, which else begins the next line.
    const words = new Set(texts.flatMap((text) => text.split(/\s+/)))
    return Math.max(0, ...[...words].map((word) => document.widthOfString(`${word} `)))
  }
  const room = document.page.width - 2 * MARGIN
  const longest = heads.map(
    (head, at) =>
      GAP +
      Math.max(
        widest([head], 'Helvetica-Bold'),
        widest(
          rows.map((row) => row[at] ?? ''),
          'Helvetica',
        ),
      ),
  )
  const [, title = 0] = longest
  const others = longest.reduce((sum, one) => sum + one, 0) - title
  const left = Math.max(room - others, room / 4)
  return longest.map((one, at) => (at === 1 ? left : one * Math.min(1, (room - left) / others)))
}

function layOut(document: PDFKit.PDFDocument, { title, heads }: Table, widths: readonly number[]) {
  const width = document.page.width - 2 * MARGIN
  const bottom = document.page.height - MARGIN
  let y = MARGIN
  const heightOf = (texts: readonly string[], font: Font): number => {
    document.font(font).fontSize(SIZE)
    const heights = texts.map((text, at) => document.heightOfString(text, { width: (widths[at] ?? 0) - GAP + 1 }))
    return Math.min(MOST_LINES * LINE, Math.max(LINE, ...heights)) + 4
  }
  const line = (texts: readonly string[], font: Font, height: number) => {
    document.font(font).fontSize(SIZE)
    let x = MARGIN
    for (const [at, text] of texts.entries()) {
      const wide = widths[at] ?? 0
      // A hair more than measured: a word that just fits must not be broken.
      document.text(text, x + 1, y + 2, { width: wide - GAP + 1, height: height - 2, ellipsis: true })
      x += wide
    }
    y += height
    document
      .moveTo(MARGIN, y)
      .lineTo(MARGIN + width, y)
      .lineWidth(0.4)
      .strokeColor('#c3ccd8')
      .stroke()
  }
  const head = () => line(heads, 'Helvetica-Bold', heightOf(heads, 'Helvetica-Bold'))
  const room = (height: number) => {
    if (y + height <= bottom) return
    document.addPage()
    y = MARGIN
    head()
  }
  document.font('Helvetica-Bold').fontSize(12).text(title, MARGIN, y)
  y += 20
  head()
  return {
    row(texts: readonly string[]) {
      const height = heightOf(texts, 'Helvetica')
      room(height)
      line(texts, 'Helvetica', height)
    },
    end(text: string) {
      room(3 * LINE)
      document
        .font('Helvetica-Bold')
        .fontSize(SIZE + 1)
        .text(text, MARGIN, y + 6, { width })
    },
  }
}
