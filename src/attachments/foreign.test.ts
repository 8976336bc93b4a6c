// Files that are two things at once, or unfold to more than anybody can open, are refused; what phones and signers make is not.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFileStore, type FileStore } from '#attachments/files.ts'
import { lookInto } from '#attachments/looking.ts'
import { refusedBy } from '#attachments/rules/checks.ts'
import { ALL_KINDS, fileProblem } from '#attachments/rules/kinds.ts'
import { pdfBomb, pdfOfPages, pngOf } from '../../tests/support/hostile-files.ts'

const latin1 = (text: string) => Buffer.from(text, 'latin1')
const PDF = pdfOfPages(1)
const PNG = pngOf({ width: 800, height: 1000 })
const JPEG = jpegOf(1600, 1200)
const ARCHIVE = Buffer.from(zipSync({ 'nota.txt': strToU8('outra coisa') }))
const STORED = Buffer.from(zipSync({ 'anexo.docx': [strToU8('planilha'), { level: 0 }] }))

/** A JPEG's frame: a camera's notes, its size, a scan of nothing, its end. */
function jpegOf(width: number, height: number, notes = Buffer.alloc(100)): Buffer {
  const segment = (mark: number, body: Buffer) =>
    Buffer.concat([Buffer.from([0xff, mark, (body.length + 2) >> 8, (body.length + 2) & 0xff]), body])
  const size = Buffer.from([8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0])
  const parts = [segment(0xe0, latin1('JFIF\0\x01\x01\0\0\x01\0\x01\0\0')), segment(0xfe, notes), segment(0xc0, size)]
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...parts,
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0, 0xff, 0xd9]),
  ])
}

/** Such an archive with a comment behind it. */
function commented(comment: string): Buffer {
  const archive = Buffer.concat([ARCHIVE, Buffer.from(comment)])
  archive.writeUInt16LE(comment.length, ARCHIVE.length - 2)
  return archive
}

let folder: string
let store: FileStore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eprod-foreign-'))
  store = await createFileStore(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const RULE = { kinds: ALL_KINDS, maxBytes: 20_000_000 }
async function problemOf(content: Buffer, name: string) {
  const file = await store.receive(Readable.from([content]), { field: 'f', name, limit: RULE.maxBytes })
  return fileProblem(file, RULE, 'f')
}

describe('a file that is two things at once is refused and told apart', () => {
  it.each<[string, string, Buffer, string]>([
    ['a PDF with an archive behind it', 'bo.pdf', Buffer.concat([PDF, ARCHIVE]), 'application/zip'],
    [
      'a PDF with a commented archive behind it',
      'bo.pdf',
      Buffer.concat([PDF, commented('x'.repeat(60_000))]),
      'application/zip',
    ],
    ['a picture with an archive behind it', 'a.png', Buffer.concat([PNG, ARCHIVE, latin1('\n\n')]), 'application/zip'],
    ['a photo with an archive behind it', 'a.jpg', Buffer.concat([JPEG, ARCHIVE]), 'application/zip'],
    [
      'a photo with a RAR behind it',
      'a.jpg',
      Buffer.concat([JPEG, latin1('Rar!\x1a\x07\x01\0'), Buffer.alloc(90)]),
      'application/vnd.rar',
    ],
    ['a photo that is read as a PDF too', 'a.jpg', jpegOf(800, 600, latin1('%PDF-1.4 1 0 obj')), 'application/pdf'],
    [
      'a PDF with a page behind it',
      'bo.pdf',
      Buffer.concat([PDF, latin1('<html><script>alert(1)</script>')]),
      'text/html',
    ],
    ['a picture with a program behind it', 'a.png', Buffer.concat([PNG, latin1('<?php echo 1;')]), 'text/html'],
  ])('%s', async (_, name, content, is) => {
    expect(await problemOf(content, name)).toMatchObject({ code: 'file-not-what-it-says', with: { is } })
  })
  it.each<[string, string, Buffer]>([
    [
      'a PDF saved twice',
      'bo.pdf',
      Buffer.concat([PDF, latin1('\n5 0 obj<<>>endobj\ntrailer<</Prev 9>>\nstartxref\n9\n%%EOF\r\n')]),
    ],
    ['a PDF from a printer’s queue', 'bo.pdf', Buffer.concat([PDF, latin1('\x1b%-12345X@PJL EOJ\r\n')])],
    [
      'a PDF that carries an archive as an attachment',
      'bo.pdf',
      Buffer.concat([PDF, latin1('\n6 0 obj<</Length 9>>stream\n'), STORED, latin1('\nendstream endobj\n%%EOF\n')]),
    ],
    [
      'a moving photo of a phone',
      'a.jpg',
      Buffer.concat([JPEG, latin1('\0\0\0\x18ftypmp42\0\0\0\0mp42isom'), Buffer.alloc(80_000, 7)]),
    ],
    ['a photo with a second one for depth', 'a.jpg', Buffer.concat([JPEG, JPEG, latin1('SEFH\0\0SEFT')])],
    ['a picture filled up with zeros', 'a.png', Buffer.concat([PNG, Buffer.alloc(512)])],
  ])('but not %s', async (_, name, content) => {
    expect(await problemOf(content, name)).toBeUndefined()
  })
})

describe('what unfolds to more than can be opened is refused', () => {
  it.each<[string, string, Buffer]>([
    ['a picture of 400 million pixels', 'a.png', pngOf({ width: 20_000, height: 20_000, megabytes: 1 })],
    ['a photo of 4 billion, behind a camera’s notes', 'a.jpg', jpegOf(65_535, 65_535, Buffer.alloc(65_000))],
  ])('%s', async (_, name, content) => {
    expect(await problemOf(content, name)).toMatchObject({ code: 'file-pixels', with: { most: 250 } })
  })
  it('but not the largest photo a phone takes', async () => {
    expect(await problemOf(jpegOf(16_320, 12_240), 'a.jpg')).toBeUndefined()
  })
  it('a PDF of gigabytes, whatever its document says of checks', async () => {
    const { look } = await lookInto(Readable.from([pdfBomb()]), 'application/pdf')
    expect(look.state).toBe('bomb')
    const check = { look, vehicle: null, scan: 'none', virus: null, scanFailed: false } as const
    const now = new Date()
    expect(refusedBy({ name: 'bo.pdf', check, uploadedAt: now }, { field: 'f', now })).toMatchObject({
      code: 'file-refused-bomb',
    })
  })
})
