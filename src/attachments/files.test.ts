// Files on disk: streamed, hashed, told by content, taken, kept, swept; and the answer that opens them.
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileAnswer, rangeOf } from '#attachments/answer.ts'
import { createFileStore, type FileStore } from '#attachments/files.ts'
import type { Attachment } from '#attachments/reads.ts'
import { acceptOf, fileProblem, nameOfKind } from '#attachments/rules/kinds.ts'
import { cleanName, disposition } from '#attachments/rules/names.ts'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex')
const GIF = Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1')
const ZIP = Buffer.from('504b030414000000000000000000', 'hex')

let folder: string
let store: FileStore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eprod-files-'))
  store = await createFileStore(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const receive = (content: Buffer, name = 'a.pdf', limit = 1_000_000) =>
  store.receive(Readable.from([content]), { field: 'arquivo:x', name, limit })
const rule = { kinds: ['pdf'] as const, maxBytes: 1_000_000 }
const codeOf = async (content: Buffer, name: string, asked: Parameters<typeof fileProblem>[1] = rule) =>
  fileProblem(await receive(content, name, asked.maxBytes), asked, 'f')

describe('a received file', () => {
  it('is hashed and measured as it streams by', async () => {
    const pieces = Array.from({ length: 64 }, (_, i) => Buffer.alloc(65_536, i))
    const file = await store.receive(Readable.from(pieces), { field: 'f', name: 'x', limit: 1e9 })
    expect(file.size).toBe(64 * 65_536)
    expect(file.sha256).toEqual(createHash('sha256').update(Buffer.concat(pieces)).digest())
    expect((await readFile(file.path)).length).toBe(file.size)
  })
  it.each<[string, Buffer, string | undefined]>([
    ['a PDF', PDF, 'application/pdf'],
    ['a PDF behind some bytes', Buffer.concat([Buffer.alloc(500, 10), PDF]), 'application/pdf'],
    ['a PDF too far behind', Buffer.concat([Buffer.alloc(2000, 10), PDF]), 'text/plain'],
    ['a page that goes on as a PDF', Buffer.concat([Buffer.from('<script>alert(1)</script>'), PDF]), 'text/html'],
    ['a picture that goes on as a PDF', Buffer.concat([GIF, PDF]), 'image/gif'],
    ['an archive that goes on as a PDF', Buffer.concat([ZIP, PDF]), 'application/zip'],
    ['a PNG', PNG, 'image/png'],
    ['a JPEG', JPEG, 'image/jpeg'],
    ['a text', Buffer.from('Olá, isto é texto'), 'text/plain'],
    ['noise', Buffer.from([0, 1, 2, 3, 250, 251]), undefined],
    ['nothing', Buffer.alloc(0), undefined],
  ])('is told by its content: %s', async (_, content, mediaType) => {
    expect((await receive(content)).mediaType).toBe(mediaType)
  })
  it('at the limit is whole, one byte over it is too large and not kept whole', async () => {
    const at = await receive(Buffer.alloc(1000, 1), 'a', 1000)
    const over = await receive(Buffer.alloc(1001, 1), 'a', 1000)
    expect([at.tooLarge, at.size]).toEqual([false, 1000])
    expect([over.tooLarge, (await readFile(over.path)).length < 1001]).toEqual([true, true])
  })
  it('whose stream breaks leaves nothing behind', async () => {
    const before = (await readdir(join(folder, 'incoming'))).length
    const broken = Readable.from(
      (async function* () {
        yield PDF
        throw new Error('cut')
      })(),
    )
    await expect(store.receive(broken, { field: 'f', name: 'x', limit: 1e6 })).rejects.toThrow('cut')
    expect((await readdir(join(folder, 'incoming'))).length).toBe(before)
  })
})

describe('a document', () => {
  const pictures = { kinds: ['pdf', 'jpeg', 'png'] as const, maxBytes: 1000 }
  it('takes what it asks for', async () => {
    expect(await codeOf(PDF, 'bo.pdf')).toBeUndefined()
    expect(await codeOf(PDF, 'BO.PDF')).toBeUndefined()
    expect(await codeOf(PNG, 'bo.png', pictures)).toBeUndefined()
    expect(await codeOf(JPEG, 'bo.jpg', pictures)).toBeUndefined()
    expect(await codeOf(PDF, 'sem extensão')).toBeUndefined()
  })
  it('refuses an empty file', async () => {
    expect(await codeOf(Buffer.alloc(0), 'bo.pdf')).toMatchObject({ code: 'file-empty', with: { name: 'bo.pdf' } })
  })
  it('refuses a file over its limit and says the limit', async () => {
    expect(await codeOf(Buffer.concat([PDF, Buffer.alloc(1000, 32)]), 'bo.pdf', pictures)).toMatchObject({
      code: 'file-too-large',
      with: { limit: 1000 },
    })
  })
  it.each([
    ['a text', Buffer.from('nada'), 'text/plain'],
    ['a page', Buffer.from('<!doctype html><p>x'), 'text/html'],
    ['an archive', ZIP, 'application/zip'],
  ])('refuses a .pdf that is %s and says what it is', async (_, content, is) => {
    expect(await codeOf(content, 'bo.pdf')).toMatchObject({ code: 'file-not-what-it-says', with: { says: 'pdf', is } })
  })
  it('refuses a kind it does not take', async () => {
    expect(await codeOf(PNG, 'bo.png')).toMatchObject({ code: 'file-kind', with: { is: 'image/png', accepted: 'pdf' } })
    expect(await codeOf(GIF, 'bo.gif', pictures)).toMatchObject({ code: 'file-kind', with: { is: 'image/gif' } })
  })
  it.each([
    ['evil.html', 'html'],
    ['laudo.exe', 'exe'],
    ['bo.pdf.svg', 'svg'],
  ])('refuses %s whose content is a PDF: its name would be believed once saved', async (name, ending) => {
    expect(await codeOf(PDF, name, pictures)).toMatchObject({ code: 'file-ending', with: { ending, wanted: 'pdf' } })
  })
  it('takes a name without an ending, and gives it the one of its content', async () => {
    expect(await codeOf(PDF, 'Contrato v1.2')).toBeUndefined()
    expect(nameOfKind('Contrato v1.2', 'application/pdf')).toBe('Contrato v1.2.pdf')
    expect(nameOfKind('foto', 'image/jpeg')).toBe('foto.jpg')
    expect(nameOfKind('BO.PDF', 'application/pdf')).toBe('BO.PDF')
    expect(nameOfKind('ã'.repeat(255), 'image/png')).toMatch(/^ã{251}\.png$/)
  })
  it('tells the browser what it takes', () => {
    expect(acceptOf(['pdf'])).toBe('application/pdf,.pdf')
  })
})

describe('a file’s name', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Temp\\bo.pdf', 'bo.pdf'],
    ['bo\u0000\u0007.pdf', 'bo.pdf'],
    ['bo\u202Efdp.exe', 'bofdp.exe'],
    ['  bo \n 1.pdf ', 'bo 1.pdf'],
    ['...', 'arquivo'],
    ['', 'arquivo'],
    ['e\u0301.pdf', 'é.pdf'],
    ['a\ud83d.pdf', 'a\ufffd.pdf'],
  ])('%j becomes %j', (given, clean) => {
    expect(cleanName(given)).toBe(clean)
  })
  it('of 4 KiB is shortened and keeps its extension', () => {
    const name = cleanName(`${'ã'.repeat(4096)}.pdf`)
    expect(name.length).toBe(255)
    expect(name.endsWith('.pdf')).toBe(true)
    expect(cleanName(`${'😀'.repeat(300)}.pdf`).length).toBeLessThanOrEqual(255)
  })
  it('cannot break out of its header', () => {
    const header = disposition('attachment', 'a";\r\nx: y ção 100%.pdf')
    expect(header).toBe(
      `attachment; filename="a____x: y cao 100_.pdf"; filename*=UTF-8''a%22%3B%0D%0Ax%3A%20y%20%C3%A7%C3%A3o%20100%25.pdf`,
    )
  })
})

describe('a taken file', () => {
  it('lies under the hash of its content in its institution’s folder, once', async () => {
    const first = await receive(PDF)
    await store.take(first, 7)
    await store.take(await receive(PDF), 7)
    const hex = first.sha256.toString('hex')
    expect(await readdir(join(folder, 'files', '7', hex.slice(0, 2)))).toEqual([hex])
    expect(await buffer(store.open({ institutionId: 7, sha256: first.sha256, check: null }))).toEqual(PDF)
  })
  it('stays when what was received is discarded', async () => {
    const file = await receive(PNG)
    await store.take(file, 7)
    await store.discard([file])
    expect(await buffer(store.open({ institutionId: 7, sha256: file.sha256, check: null }))).toEqual(PNG)
  })
})

describe('a kept file', () => {
  const id = '0b6f0a3c-6f3c-4b8e-9d55-0a7f0f3f9a11'
  it('comes back as it was received', async () => {
    const file = await receive(PDF, 'bo.pdf')
    const rows = await store.keep([file], id)
    const [back] = await store.takeKept(JSON.parse(JSON.stringify(rows)), id)
    expect({ ...back, path: '' }).toEqual({ ...file, path: '' })
    await store.take(back!, 8)
    await store.forgetKept(id)
    expect(await store.takeKept(rows, id)).toEqual([])
  })
  it('is never looked for outside its folder', async () => {
    await expect(store.keep([], '../../etc')).rejects.toThrow()
    const [row] = await store.keep([await receive(PDF)], id)
    expect(await store.takeKept([{ ...row!, stored: '../../files' }], id)).toEqual([])
  })
})

it('what lies about untouched is swept away, what is fresh is not', async () => {
  const old = await receive(PDF)
  const fresh = await receive(PNG)
  const hourAgo = new Date(Date.now() - 3_600_000)
  await utimes(old.path, hourAgo, hourAgo)
  expect(await store.sweep(new Date(Date.now() - 1_800_000))).toBe(1)
  expect((await readdir(join(folder, 'incoming'))).some((name) => fresh.path.endsWith(name))).toBe(true)
})

describe('an opened file', () => {
  const attachmentOf = async (content: Buffer, name: string, mediaType: string): Promise<Attachment> => {
    const file = await receive(content, name)
    await store.take(file, 9)
    const { size, sha256 } = file
    const rest = {
      followUpId: null,
      document: 'x',
      uploadedBy: 1,
      uploadedAt: new Date(),
      staffOnly: false,
      check: null,
    }
    return { id: '', institutionId: 9, ticketId: 1, n: 1, name, size, sha256, mediaType, ...rest }
  }
  const ask = (file: Attachment, headers: Record<string, string> = {}, download = false) => {
    const answer = fileAnswer(store, file, { download, headers })
    if (!('stream' in answer)) throw new Error('no stream')
    return answer
  }
  it('is shown in place when it is a PDF or a picture, and nothing in it may run', async () => {
    const answer = ask(await attachmentOf(PDF, 'bo.pdf', 'application/pdf'))
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    expect(answer.headers['content-disposition']).toMatch(/^inline; /)
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
    expect(await buffer(answer.stream)).toEqual(PDF)
  })
  it('of any other kind is downloaded without its type', async () => {
    const answer = ask(await attachmentOf(Buffer.from('<script>'), 'x.html', 'text/html'))
    expect(answer.headers['content-type']).toBe('application/octet-stream')
    expect(answer.headers['content-disposition']).toMatch(/^attachment; /)
    expect(answer.headers['content-security-policy']).toContain('sandbox')
  })
  it('may be had in parts', async () => {
    const file = await attachmentOf(PDF, 'bo.pdf', 'application/pdf')
    const part = ask(file, { range: 'bytes=0-4' })
    expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 0-4/${PDF.length}`])
    expect(String(await buffer(part.stream))).toBe('%PDF-')
    expect(ask(file, { range: `bytes=${PDF.length}-` }).status).toBe(416)
    expect(ask(file, { 'if-none-match': `"${file.sha256.toString('hex')}"` }).status).toBe(304)
  })
  it.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=0-999', { start: 0, end: 99 }],
    ['bytes=-0', 'beyond'],
    ['bytes=100-', 'beyond'],
    ['bytes=5-2', undefined],
    ['bytes=0-1,4-5', undefined],
    ['bytes=-', undefined],
    ['lines=0-1', undefined],
  ])('understands %s', (header, range) => {
    expect(rangeOf(header, 100)).toEqual(range)
  })
})
