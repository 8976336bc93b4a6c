// Looking into files in a process of its own: what is found in honest ones, and that hostile ones end in time.

import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import PDFDocument from 'pdfkit'
import { describe, expect, it } from 'vitest'
import { type Limits, lookInto } from '#attachments/looking.ts'
import { plainPdf } from '#shared/kit/plain-pdf.ts'
import {
  endlessPdf,
  loopedPdf,
  pdfAndZip,
  pdfBomb,
  pdfOf,
  pdfOfPages,
  pngBomb,
  pngOf,
} from '../../tests/support/hostile-files.ts'
import { SMALL_JPEG } from '../../tests/support/pictures.ts'

const PDF = 'application/pdf'
const look = async (content: Buffer, mediaType = PDF, limits?: Limits) =>
  (await lookInto(Readable.from([content]), mediaType, limits)).look

async function drawn(options: PDFKit.PDFDocumentOptions, draw: (page: PDFKit.PDFDocument) => void): Promise<Buffer> {
  const document = new PDFDocument(options)
  draw(document)
  document.end()
  return await buffer(document)
}

describe('a document', () => {
  it('has its pages counted, and plates and chassis found in its text', async () => {
    const content = plainPdf(['Placa ABC-1234', 'Chassi 9BW ZZZ377 VT004251'])
    const { look, identifiers } = await lookInto(Readable.from([content]), PDF)
    expect(look).toEqual({ state: 'opened', pages: 1, text: true, signature: false, blank: false })
    expect(identifiers).toEqual(expect.arrayContaining(['ABC1C34', '9BWZZZ377VT004251']))
  })
  it('that asks for a password is told apart from one that is broken', async () => {
    const secret = await drawn({ userPassword: 'x', pdfVersion: '1.7' }, (page) => page.text('segredo'))
    expect((await look(secret)).state).toBe('encrypted')
    expect((await look(Buffer.from('%PDF-1.7\nnada\n%%EOF'))).state).toBe('broken')
  })
  it('that anybody may open but not change is no more than opened', async () => {
    const sealed = await drawn({ ownerPassword: 'y', pdfVersion: '1.7' }, (page) => page.text('aberto'))
    expect(await look(sealed)).toMatchObject({ state: 'opened', text: true })
  })
  it('of bare paper is blank; a line drawn on it is not', async () => {
    expect(await look(await drawn({}, () => {}))).toMatchObject({ blank: true, text: false })
    const line = await drawn({}, (page) => page.moveTo(10, 10).lineTo(100, 100).stroke())
    expect(await look(line)).toMatchObject({ blank: false })
  })
  it('that is a scan of white paper is blank, a scan of a small picture is small', async () => {
    const paper = await drawn({ size: [600, 800] }, (page) => page.image(pngOf({ width: 800, height: 1000 }), 0, 0))
    expect(await look(paper)).toMatchObject({ blank: true })
    const small = await drawn({}, (page) => page.image(SMALL_JPEG, 0, 0))
    expect(await look(small)).toMatchObject({ blank: false, small: [320, 240], text: false })
  })
  /** A PDF with a signature over all of it but itself, or whatever else `range` says. */
  const signedPdf = (range?: string) => {
    const digits = ['1', '2', '3'].map((n) => n.repeat(9))
    const pdf = pdfOf([
      '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 3 >> >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
      '<< /FT /Sig /T (a) /V 5 0 R >>',
      `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 ${digits.join(' ')}] /Contents <00> >>`,
    ]).toString('latin1')
    const from = pdf.indexOf('<00>')
    const spans = [from, from + 4, pdf.length - from - 4].map((n) => String(n).padStart(9, '0'))
    return Buffer.from(pdf.replace(digits.join(' '), range ?? spans.join(' ')), 'latin1')
  }
  it('with a digital signature says so', async () => {
    expect(await look(signedPdf())).toMatchObject({ state: 'opened', signature: true })
  })
  it.each(['000000010 000000020 000000030', '000000000 000000000 000000000'])(
    'that only names a span %s, as a comment can, is not called signed',
    async (range) => {
      expect(await look(signedPdf(range))).toMatchObject({ state: 'opened', signature: false })
    },
  )
})

describe('a picture', () => {
  it('is blank, small or neither', async () => {
    expect(await look(pngOf({ width: 800, height: 600 }), 'image/png')).toEqual({ state: 'opened', blank: true })
    expect(await look(SMALL_JPEG, 'image/jpeg')).toEqual({ state: 'opened', blank: false, small: [320, 240] })
  })
  it('of a few bytes behind a true head is broken', async () => {
    const head = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex')
    expect((await look(head, 'image/jpeg')).state).toBe('broken')
  })
})

const UNCHECKED = { state: 'unchecked' }

describe('a hostile file', () => {
  it.each<[string, string, () => Buffer, object]>([
    ['whose page unfolds to gigabytes', PDF, pdfBomb, { state: 'bomb' }],
    ['of hundreds of millions of steps', PDF, endlessPdf, UNCHECKED],
    ['whose pages lead to themselves', PDF, loopedPdf, { state: 'broken' }],
    ['that is an archive too', PDF, () => pdfAndZip(plainPdf(['ABC1234'])), { state: 'opened', pages: 1 }],
    ['of ten thousand pages', PDF, () => pdfOfPages(10_000), { state: 'opened', pages: 10_000 }],
    [
      'of a picture of gigapixels',
      'image/png',
      () => pngOf({ width: 60_000, height: 60_000, megabytes: 200 }),
      UNCHECKED,
    ],
    ['of a picture that unfolds', 'image/png', pngBomb, UNCHECKED],
  ])('%s is told of in time', async (_, mediaType, make, said) => {
    // What can be told is waited for, however busy the machine is.
    const milliseconds = said === UNCHECKED ? 3000 : 30_000
    expect(await look(make(), mediaType, { milliseconds, megabytes: 1100 })).toMatchObject(said)
  })
  it('that takes too long is given up', async () => {
    const endless = new Readable({ read: () => {} })
    expect(await lookInto(endless, PDF, { milliseconds: 300, megabytes: 700 })).toEqual({
      look: { state: 'unchecked' },
      identifiers: [],
    })
    expect(endless.destroyed).toBe(true)
  })
  it('gets no more memory than it is given', async () => {
    const content = pngOf({ width: 3500, height: 3500 })
    const limits = { milliseconds: 15_000, megabytes: 640 }
    expect((await lookInto(Readable.from([content]), 'image/png', limits)).look.state).toBe('unchecked')
    expect((await look(content, 'image/png')).state).toBe('opened')
  })
})

it('what the disk cannot give is no answer about the file', async () => {
  const broken = new Readable({ read: () => broken.destroy(new Error('disk')) })
  await expect(lookInto(broken, PDF)).rejects.toThrow('disk')
})
