// Rows as a PDF to print: A4 across, a head on each page, two lines a cell at most. A few thousand rows; more is no reading.
import PDFDocument from 'pdfkit'
import { cellText } from '#tickets/rules/export-cells.ts'
import type { Table } from '#tickets/web/export/table.ts'

export const MOST_PDF = 2000

const MARGIN = 28
const SIZE = 7
const LINE = 9
const ROW = LINE * 2 + 5
/** Shares of the width; a column is as wide as an average one unless its head is the second, the title. */
const TITLE_SHARE = 3

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
  const page = layOut(document, table)
  let count = 0
  for await (const rows of table.batches) {
    count += rows.length
    for (const row of rows) page.row(row.map(cellText))
    yield Buffer.concat(made)
    made = []
  }
  page.end(table.end(count))
  document.end()
  await ended
  yield Buffer.concat(made)
}

function layOut(document: PDFKit.PDFDocument, { title, heads }: Table) {
  const width = document.page.width - 2 * MARGIN
  const shares = heads.map((_, at) => (at === 1 ? TITLE_SHARE : 1))
  const unit = width / shares.reduce((sum, share) => sum + share, 0)
  const bottom = document.page.height - MARGIN
  let y = MARGIN
  const line = (texts: readonly string[], font: 'Helvetica' | 'Helvetica-Bold') => {
    document.font(font).fontSize(SIZE)
    let x = MARGIN
    for (const [at, text] of texts.entries()) {
      const wide = unit * (shares[at] ?? 1)
      document.text(text, x + 2, y + 2, { width: wide - 4, height: LINE * 2, ellipsis: true })
      x += wide
    }
    y += ROW
    document
      .moveTo(MARGIN, y)
      .lineTo(MARGIN + width, y)
      .lineWidth(0.4)
      .strokeColor('#c3ccd8')
      .stroke()
  }
  const room = (height: number) => {
    if (y + height <= bottom) return
    document.addPage()
    y = MARGIN
    line(heads, 'Helvetica-Bold')
  }
  document.font('Helvetica-Bold').fontSize(12).text(title, MARGIN, y)
  y += 20
  line(heads, 'Helvetica-Bold')
  return {
    row(texts: readonly string[]) {
      room(ROW)
      line(texts, 'Helvetica')
    },
    end(text: string) {
      room(ROW)
      document
        .font('Helvetica-Bold')
        .fontSize(SIZE + 1)
        .text(text, MARGIN, y + 6, { width })
    },
  }
}
