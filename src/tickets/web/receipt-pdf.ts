// The receipt as a PDF: A4, tagged for readers of screens, the signed facts attached as they were hashed.
import PDFDocument from 'pdfkit'
import { create } from 'qrcode'
import { printable } from '#tickets/rules/pdf-text.ts'
import type { Sheet, SheetLine, SheetPart } from '#tickets/web/receipt-sheet.ts'
import type { Words } from '#words/words.ts'

type Doc = InstanceType<typeof PDFDocument>
type Mark = Parameters<Doc['struct']>[0]

const MARGIN = 48
const QR_SIZE = 104
const INK = '#17202a'
const QUIET = '#52606d'

/** The bytes of the PDF. `lang`: of its words, for readers of screens. */
export async function receiptPdf(sheet: Sheet, words: Words, lang: string): Promise<Buffer> {
  const said = words.receipt
  const doc = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    lang,
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: said.pageTitle(String(sheet.ticketId)), Author: 'EPROD · DETRAN-RS' },
  })
  const whole = bytesOf(doc)
  const page = { doc, root: doc.struct('Document') }
  doc.addStructure(page.root)
  write(page, 'P', () => doc.font('Helvetica').fontSize(9).fillColor(QUIET).text('EPROD · DETRAN-RS'))
  write(page, 'H1', () => doc.font('Helvetica-Bold').fontSize(18).fillColor(INK).text(said.heading))
  write(page, 'P', () => doc.font('Helvetica').fontSize(10).fillColor(INK).text(printable(sheet.title)))
  for (const part of sheet.parts) drawPart(page, part)
  drawProof(page, sheet, said)
  doc.file(Buffer.from(sheet.receipt.facts), { name: 'fatos.json', type: 'application/json' })
  page.root.end()
  doc.end()
  return await whole
}

async function bytesOf(doc: Doc): Promise<Buffer> {
  const pieces: Buffer[] = []
  return await new Promise((tell, fail) => {
    doc.on('data', (piece: Buffer) => pieces.push(piece))
    doc.on('end', () => tell(Buffer.concat(pieces)))
    doc.on('error', fail)
  })
}

interface Page {
  readonly doc: Doc
  readonly root: ReturnType<Doc['struct']>
}

function write({ doc, root }: Page, mark: Mark, draw: () => void): void {
  root.add(doc.struct(mark, {}, draw))
}

function drawPart(page: Page, { heading, lines }: SheetPart): void {
  const { doc } = page
  if (doc.y > doc.page.height - MARGIN - 72) doc.addPage()
  doc.moveDown(0.9)
  write(page, 'H2', () => doc.font('Helvetica-Bold').fontSize(12).fillColor(INK).text(printable(heading), MARGIN))
  doc.moveDown(0.2)
  for (const line of lines) drawLine(page, line)
}

function drawLine(page: Page, { label, value, code }: SheetLine): void {
  const { doc } = page
  write(page, 'P', () => {
    doc.font('Helvetica').fontSize(8.5).fillColor(QUIET).text(printable(label), MARGIN)
    doc
      .font(code ? 'Courier' : 'Helvetica')
      .fontSize(code ? 8.5 : 10)
      .fillColor(INK)
      .text(printable(value))
  })
  doc.moveDown(0.25)
}

function drawProof(page: Page, sheet: Sheet, said: Words['receipt']): void {
  const { doc } = page
  if (doc.y > doc.page.height - MARGIN - QR_SIZE - 150) doc.addPage()
  doc.moveDown(0.9)
  write(page, 'H2', () => doc.font('Helvetica-Bold').fontSize(12).fillColor(INK).text(said.authentic, MARGIN))
  const top = doc.y + 8
  figure(page, said.qrLabel, () => drawQr(doc, sheet.address, top))
  const beside = { width: doc.page.width - 2 * MARGIN - QR_SIZE - 16 }
  doc.y = top
  write(page, 'P', () => {
    doc
      .font('Helvetica')
      .fontSize(10)
      .text(printable(said.checkAt), MARGIN + QR_SIZE + 16, top, beside)
    doc
      .fillColor('#1b5e9b')
      .text(sheet.address, { ...beside, link: sheet.address })
      .fillColor(INK)
    doc.moveDown(0.5).font('Courier-Bold').fontSize(11).text(sheet.receipt.code, beside)
  })
  doc.y = Math.max(doc.y, top + QR_SIZE) + 10
  doc.x = MARGIN
  for (const line of proofLines(sheet, said)) drawLine(page, line)
}

function figure({ doc, root: top }: Page, alt: string, draw: () => void): void {
  top.add(doc.struct('Figure', { alt }, draw))
}

/** What checking needs without EPROD: OpenSSL and the attached facts. */
export function proofLines({ receipt }: Sheet, said: Words['receipt']): SheetLine[] {
  return [
    { label: said.message, value: receipt.message, code: true },
    { label: said.signature, value: receipt.signature, code: true },
    { label: said.publicKey, value: receipt.publicKey.trim(), code: true },
  ]
}

function drawQr(doc: Doc, text: string, top: number): void {
  const { data, size } = create(text, { errorCorrectionLevel: 'M' }).modules
  const step = QR_SIZE / size
  for (let at = 0; at < data.length; at += 1) {
    if (data[at]) doc.rect(MARGIN + (at % size) * step, top + Math.floor(at / size) * step, step, step)
  }
  doc.fill('#000').fillColor(INK)
}
