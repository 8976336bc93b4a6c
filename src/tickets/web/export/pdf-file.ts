// A PDF 1.4 written page by page: each page leaves as soon as it is full, and of it only the place in the file is kept. Two
// standard fonts, which no reader needs to be sent.
import { deflateSync } from 'node:zlib'
import PDFDocument from 'pdfkit'
import type { WidthOf } from '#tickets/rules/pdf-text.ts'

const FONTS = { plain: 'Helvetica', bold: 'Helvetica-Bold' } as const
export type Font = keyof typeof FONTS
const NAMES: Readonly<Record<Font, string>> = { plain: '/F1', bold: '/F2' }

/** Letters of Windows-1252 between 0x80 and 0x9f; a dot where there is none. */
const HIGH = '€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ'

/** A text as a string of a page, a byte for a letter. It holds none but those of `printable`. */
function written(text: string): string {
  const bytes = text
    .replace(/[€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/g, (letter) => String.fromCharCode(0x80 + HIGH.indexOf(letter)))
    .replace(/[\\()]/g, '\\$&')
  return `(${bytes})`
}

const place = (points: number): string => String(Math.round(points * 100) / 100)

/** A line of text in what a page shows; `y` counts from below. */
export function textAt(text: string, at: { x: number; y: number; size: number; font: Font }): string {
  return `${NAMES[at.font]} ${at.size} Tf 1 0 0 1 ${place(at.x)} ${place(at.y)} Tm ${written(text)} Tj\n`
}

/** A thin grey line across. */
export function ruleAt(from: number, to: number, y: number): string {
  return `0.4 w 0.76 0.8 0.85 RG ${place(from)} ${place(y)} m ${place(to)} ${place(y)} l S\n`
}

/** Widths of the letters of a font at a size, each measured once. */
export function widthsOf(font: Font, size: number): WidthOf {
  const measuring = new PDFDocument({ autoFirstPage: false }).font(FONTS[font]).fontSize(size)
  const known = new Map<string, number>()
  return (text) => {
    let sum = 0
    for (const letter of text) {
      const wide = known.get(letter) ?? measuring.widthOfString(letter)
      known.set(letter, wide)
      sum += wide
    }
    return sum
  }
}

/** Numbers of the objects that stand once. */
const CATALOG = 1
const PAGES = 2
const INFO = 3
const FIRST_FONT = 4

export function pdfFile(about: { title: string; lang: string; width: number; height: number }) {
  const offsets: number[] = []
  const pages: number[] = []
  let at = 0
  let next = FIRST_FONT
  const plain = (text: string): Buffer => {
    at += text.length
    return Buffer.from(text, 'latin1')
  }
  const object = (number: number, body: string | Buffer): Buffer => {
    offsets[number] = at
    const parts = [plain(`${number} 0 obj\n`), Buffer.from(body as string, 'latin1'), Buffer.from('\nendobj\n')]
    at += (parts[1]?.length ?? 0) + (parts[2]?.length ?? 0)
    return Buffer.concat(parts)
  }
  const title = Buffer.from(`\uFEFF${about.title}`, 'utf16le').swap16().toString('hex')
  return {
    begin: (): Buffer =>
      Buffer.concat([
        plain('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n'),
        ...Object.values(FONTS).map((name) =>
          object(next++, `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`),
        ),
        object(INFO, `<< /Title <${title}> /Producer (EPROD) /Creator (EPROD) >>`),
      ]),
    page(content: string): Buffer {
      const packed = deflateSync(Buffer.from(content, 'latin1'))
      const stream = Buffer.concat([
        Buffer.from(`<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`),
        packed,
        Buffer.from('\nendstream'),
      ])
      const [shown, page] = [next++, next++]
      pages.push(page)
      const box = `/MediaBox [0 0 ${about.width} ${about.height}]`
      const fonts = `/Resources << /Font << /F1 ${FIRST_FONT} 0 R /F2 ${FIRST_FONT + 1} 0 R >> >>`
      return Buffer.concat([
        object(shown, stream),
        object(page, `<< /Type /Page /Parent ${PAGES} 0 R ${box} ${fonts} /Contents ${shown} 0 R >>`),
      ])
    },
    end(): Buffer {
      const kids = pages.map((page) => `${page} 0 R`).join(' ')
      const last = [
        object(PAGES, `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`),
        object(CATALOG, `<< /Type /Catalog /Pages ${PAGES} 0 R /Lang (${about.lang}) >>`),
      ]
      const rows = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
      const trailer = `<< /Size ${next} /Root ${CATALOG} 0 R /Info ${INFO} 0 R >>`
      const table = `xref\n0 ${next}\n0000000000 65535 f \n${rows.join('')}trailer\n${trailer}\nstartxref\n${at}\n%%EOF\n`
      return Buffer.concat([...last, Buffer.from(table)])
    },
  }
}
