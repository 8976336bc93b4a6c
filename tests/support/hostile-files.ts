// Files made to break whoever reads them. Each is small and says the truth about its kind at its head.
import { constants, deflateRawSync, deflateSync } from 'node:zlib'

const PIECE = Buffer.alloc(1 << 20)

/** `megabytes` of one text repeated, packed: a thousandth of its size. */
function packed(megabytes: number, text = '\0'): Buffer {
  const piece = deflateRawSync(text === '\0' ? PIECE : Buffer.from(text.repeat(PIECE.length / text.length)), {
    finishFlush: constants.Z_FULL_FLUSH,
  })
  const end = deflateRawSync(Buffer.alloc(0))
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array<Buffer>(megabytes).fill(piece), end, Buffer.alloc(4)])
}

const stream = (entries: string, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`<< ${entries} /Length ${bytes.length} >>\nstream\n`), bytes, Buffer.from('\nendstream')])

/** A PDF of these objects, numbered from 1, the first its catalogue. */
export function pdfOf(objects: readonly (string | Buffer)[]): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')]
  const offsets = objects.map((object, index) => {
    const at = parts.reduce((sum, part) => sum + part.length, 0)
    parts.push(Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]))
    return at
  })
  const at = parts.reduce((sum, part) => sum + part.length, 0)
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`
  return Buffer.concat([...parts, Buffer.from(end)])
}

const CATALOGUE = '<< /Type /Catalog /Pages 2 0 R >>'
const onePage = (content: string | Buffer, resources = '<< >>'): Buffer =>
  pdfOf([
    CATALOGUE,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources ${resources} /Contents 4 0 R >>`,
    content,
  ])

/** A page whose content unfolds to gigabytes. */
export const pdfBomb = (): Buffer => onePage(stream('/Filter [/FlateDecode /FlateDecode]', deflateSync(packed(4000))))

/** A page of hundreds of millions of steps that draw nothing. */
export const endlessPdf = (): Buffer =>
  onePage(stream('/Filter [/FlateDecode /FlateDecode]', deflateSync(packed(400, 'q Q q Q '))))

/** A catalogue of pages that leads to itself. */
export const loopedPdf = (): Buffer => pdfOf([CATALOGUE, '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>'])

export const pdfOfPages = (n: number): Buffer =>
  pdfOf([
    CATALOGUE,
    `<< /Type /Pages /Kids [${'3 0 R '.repeat(n)}] /Count ${n} >>`,
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>',
  ])

/** A white picture with a way to be seen through; `megabytes`: how much its data unfolds to, if not to itself. */
export function pngOf({ width, height, megabytes }: { width: number; height: number; megabytes?: number }): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits of grey and as many of cover.
  header.set([8, 4, 0, 0, 0], 8)
  const row = Buffer.alloc(1 + width * 2, 255).fill(0, 0, 1)
  const data = megabytes ? packed(megabytes) : deflateSync(Buffer.concat(Array<Buffer>(height).fill(row)))
  const chunk = (type: string, bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return Buffer.concat([length, Buffer.from(type), bytes, Buffer.alloc(4)])
  }
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

/** A picture small by its head whose data unfold to gigabytes. */
export const pngBomb = (): Buffer => pngOf({ width: 2000, height: 2000, megabytes: 3000 })

/** A PDF that is an archive as well. */
export const pdfAndZip = (pdf: Buffer): Buffer =>
  Buffer.concat([
    pdf,
    Buffer.from('504b0304140000000000', 'hex'),
    Buffer.alloc(40),
    Buffer.from('504b0506', 'hex'),
    Buffer.alloc(18),
  ])
