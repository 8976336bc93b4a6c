// Looks into one file: a program of its own, started by looking.ts within limits of memory and time, since what it reads may
// be made to break whoever reads it. Bytes at stdin, the kind as argument, one line of JSON at stdout. It knows nothing else.
import { setPriority } from 'node:os'
import { buffer } from 'node:stream/consumers'
import PDFDocument from 'pdfkit'
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf'
import { identifiersIn } from './rules/identifiers-in.ts'
import { isBomb } from './unfold.ts'

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>
type Page = Awaited<ReturnType<Pdf['getPage']>>

/** Larger pictures are told by their header alone, and of the next larger ones no pixel is looked at. */
const MOST_PIXELS = 100_000_000
const DECODED_PIXELS = 16_000_000
/** Fewer, and small print cannot be read: 640 × 480. */
const READABLE_PIXELS = 300_000
const PAGES_READ = 40
const PAGES_DRAWN = 10
const MOST_TEXT = 300_000

interface Seen {
  /** Something other than bare paper. */
  readonly marks: boolean
  /** The largest picture, in pixels. */
  readonly picture: readonly [number, number] | undefined
}

async function lookIntoPdf(bytes: Uint8Array) {
  // Signed bytes are named in the open, whatever else is packed (ISO 32000-1, 12.8.1).
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const signature = isSigned(raw)
  const pdf = await getDocumentProxy(bytes, {
    verbosity: 0,
    maxImageSize: DECODED_PIXELS,
    isOffscreenCanvasSupported: false,
    useSystemFonts: false,
  })
  const [text, seen] = [await textOf(pdf), await seenIn(pdf)]
  const spoken = /\S/.test(text)
  const { picture } = seen
  const small = !spoken && picture && picture[0] * picture[1] < READABLE_PIXELS ? picture : undefined
  const look = { state: 'opened', pages: pdf.numPages, text: spoken, signature, blank: !spoken && !seen.marks, small }
  return { look, identifiers: identifiersIn(text) }
}

/** Is there a span that leaves out nothing but its own signature, from the first byte to where its revision ends? */
function isSigned(raw: string): boolean {
  for (const [, ...numbers] of raw.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)) {
    const [start, first, second, rest] = numbers.map(Number) as [number, number, number, number]
    const hole = raw.slice(first, second)
    const ends =
      raw
        .slice(0, second + rest)
        .trimEnd()
        .endsWith('%%EOF') && second + rest <= raw.length
    if (start === 0 && second > first && ends && /^<[0-9A-Fa-f\s]+>$/.test(hole)) return true
  }
  return false
}

/** Text of the first pages and of their filled-in fields. */
async function textOf(pdf: Pdf): Promise<string> {
  let text = ''
  for (let n = 1; n <= Math.min(pdf.numPages, PAGES_READ) && text.length < MOST_TEXT; n++) {
    const page = await pdf.getPage(n)
    const { items } = await page.getTextContent()
    for (const item of items) if ('str' in item) text += item.str + (item.hasEOL ? '\n' : ' ')
    for (const { fieldValue } of (await page.getAnnotations()) as { fieldValue?: unknown }[]) {
      if (typeof fieldValue === 'string') text += `\n${fieldValue}\n`
    }
  }
  return text.slice(0, MOST_TEXT)
}

/** Stops at the first page with marks. A document too long to be looked at whole is not called blank. */
async function seenIn(pdf: Pdf): Promise<Seen> {
  const { OPS } = await getResolvedPDFJS()
  let picture: Seen['picture']
  for (let n = 1; n <= Math.min(pdf.numPages, PAGES_DRAWN); n++) {
    const seen = await seenOn(await pdf.getPage(n), OPS)
    picture ??= seen.picture
    if (seen.marks) return { marks: true, picture }
  }
  return { marks: pdf.numPages > PAGES_DRAWN, picture }
}

type Ops = Readonly<Record<string, number>>
const PAINTS = [
  'fill',
  'eoFill',
  'stroke',
  'closeStroke',
  'fillStroke',
  'eoFillStroke',
  'closeFillStroke',
  'closeEOFillStroke',
]
const MARKS = [
  ...PAINTS,
  'shadingFill',
  'showText',
  'showSpacedText',
  'paintInlineImageXObject',
  'paintInlineImageXObjectGroup',
  'paintImageXObjectRepeat',
  'paintImageMaskXObject',
  'paintImageMaskXObjectGroup',
  'paintImageMaskXObjectRepeat',
  'paintSolidColorImageMask',
]

async function seenOn(page: Page, ops: Ops): Promise<Seen> {
  const marking = new Set(MARKS.map((name) => ops[name]))
  const painting = new Set(PAINTS.map((name) => ops[name]))
  const { fnArray, argsArray } = await page.getOperatorList()
  let marks = false
  let picture: Seen['picture']
  for (const [at, op] of fnArray.entries()) {
    const args = (argsArray[at] ?? []) as readonly unknown[]
    if (op === ops.paintImageXObject) {
      const [id, width, height] = args as [string, number, number]
      if (!picture || width * height > picture[0] * picture[1]) picture = [width, height]
      marks ||= !isPaper(await pictureOf(page, id))
    }
    marks ||= marking.has(op) || (op === ops.constructPath && painting.has(args[0] as number))
  }
  return { marks, picture }
}

interface Picture {
  /** 1: a bit, 2: three bytes, 3: four bytes a pixel. */
  readonly kind: number
  readonly data: Uint8Array | Uint8ClampedArray
}

async function pictureOf(page: Page, id: string): Promise<Picture | null> {
  const objects = id.startsWith('g_') ? page.commonObjs : page.objs
  return await new Promise((resolve) => objects.get(id, (one: Picture | null) => resolve(one)))
}

const SAMPLES = 300_000
const DIFFERS = 40
/** Less than one line of small print on a whole page. */
const DUST = 0.0003

/** One colour all over, a little noise aside. A picture that could not be read is none. */
function isPaper(picture: Picture | null): boolean {
  if (!picture?.data) return false
  const values = brightnessOf(picture)
  const mean = values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length)
  const other = values.filter((one) => Math.abs(one - mean) > DIFFERS).length
  return other / Math.max(1, values.length) < DUST
}

/** Brightness (0–255) of pixels spread over the picture, on white where it can be seen through. */
function brightnessOf({ kind, data }: Picture): Uint8Array {
  const width = kind === 1 ? 1 : kind + 1
  const pixels = Math.floor(data.length / width)
  const step = Math.max(1, Math.floor(pixels / SAMPLES))
  return Uint8Array.from({ length: Math.floor(pixels / step) }, (_, sample) => {
    const at = sample * step * width
    const one = data[at] ?? 0
    if (kind === 1) return one
    const grey = (one + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3
    const cover = kind === 3 ? (data[at + 3] ?? 0) / 255 : 1
    return grey * cover + 255 * (1 - cover)
  })
}

/** A picture is looked at as the one page of a PDF: one reader for all kinds. */
async function lookIntoPicture(bytes: Buffer) {
  const document = new PDFDocument({ autoFirstPage: false, compress: false })
  const { width, height } = (
    document as unknown as { openImage(of: Buffer): { width: number; height: number } }
  ).openImage(bytes)
  if (width * height > MOST_PIXELS) return { look: { state: 'unchecked' }, identifiers: [] }
  document.addPage({ size: [width, height] }).image(bytes, 0, 0)
  document.end()
  const { look } = await lookIntoPdf(new Uint8Array(await buffer(document)))
  return { look: { state: 'opened', blank: look.blank, small: look.small }, identifiers: [] }
}

async function look(kind: string | undefined, bytes: Buffer): Promise<unknown> {
  try {
    if (kind !== 'pdf') return await lookIntoPicture(bytes)
    if (await isBomb(bytes.toString('latin1'))) return { look: { state: 'bomb' }, identifiers: [] }
    return await lookIntoPdf(new Uint8Array(bytes))
  } catch (error) {
    const encrypted = (error as Error).name === 'PasswordException'
    return { look: { state: encrypted ? 'encrypted' : 'broken' }, identifiers: [] }
  }
}

// Whoever waits for a page comes first.
setPriority(10)
const found = await look(process.argv[2], await buffer(process.stdin))
process.stdout.write(JSON.stringify(found), () => process.exit(0))
