// A disk that is full: the sender is told, on the same line; what came before stays, and the file goes on from there.
import { existsSync } from 'node:fs'
import { rename, rm, symlink } from 'node:fs/promises'
import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BANK, type DraftSite, draftOf, type Person, pdf, startDraftSite } from '../../tests/support/draft-site.ts'
import { begin, PIECE, TUS } from '../../tests/support/tus.ts'
import { writeWhole } from './parts.ts'

let site: DraftSite
let ana: Person
let at: string
/** One line for all requests, as a browser's that is reused. */
const line = new Agent({ keepAlive: true, maxSockets: 1 })
beforeAll(async () => {
  site = await startDraftSite()
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  at = await site.listen()
})
afterAll(async () => {
  line.destroy()
  await site.close()
})

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

function ask(method: string, path: string, headers: Record<string, string>, body?: Buffer): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const own = { cookie: ana.cookie, origin: 'http://localhost:3000', accept: 'application/json', ...headers }
  const asked = request(at + path, { method, agent: line, headers: own, timeout: 10_000 }, async (answer) => {
    const pieces = await answer.toArray()
    resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces).toString() })
  })
  asked.on('timeout', () => asked.destroy(new Error(`no answer to ${method} ${path}`)))
  asked.on('error', reject)
  asked.end(body)
  return promise
}

/** A disk that never has room, on Linux. */
const FULL = '/dev/full'

it.runIf(existsSync(FULL))(
  'a piece it cannot take is refused in words; the line stays usable and the file goes on later',
  async () => {
    const content = Buffer.concat([pdf('disco cheio'), Buffer.alloc(4_000_000, 'a')])
    const file = { document: 'requerimento', name: 'grande.pdf', size: content.length }
    const { location } = await begin(ana, await draftOf(ana), file)
    const part = join(site.folder, 'parts', location.split('/').at(-1) ?? '')
    const patch = (from: number, bytes: Buffer) =>
      ask('PATCH', location, { ...PIECE, 'upload-offset': String(from), 'content-length': String(bytes.length) }, bytes)
    expect((await patch(0, content.subarray(0, 1000))).status).toBe(204)
    await rename(part, `${part}.aside`)
    await symlink(FULL, part)
    const refused = await patch(0, content)
    expect([refused.status, JSON.parse(refused.body).code]).toEqual([507, 'no-space'])
    expect((await ask('HEAD', location, TUS)).status).toBe(200)
    await rm(part)
    await rename(`${part}.aside`, part)
    expect((await ask('HEAD', location, TUS)).headers['upload-offset']).toBe('1000')
    expect((await patch(1000, content.subarray(1000))).status).toBe(204)
    expect(JSON.parse((await ask('GET', location, {})).body).files).toMatchObject([{ name: 'grande.pdf' }])
  },
)

it('a post whose file cannot be kept shows what was typed with it, before and behind the file', async () => {
  const incoming = join(site.folder, 'incoming')
  await rename(incoming, `${incoming}.aside`)
  const draft = await draftOf(ana)
  const fields = [
    '--x\r\ncontent-disposition: form-data; name="antes"\r\n\r\nescrito antes dele\r\n',
    `--x\r\ncontent-disposition: form-data; name="arquivo:bo"; filename="a.pdf"\r\n\r\n${pdf('a').toString('latin1')}\r\n`,
    '--x\r\ncontent-disposition: form-data; name="depois"\r\n\r\nescrito depois dele\r\n--x--\r\n',
  ]
  const answer = await ana.raw(draft, 'multipart/form-data; boundary=x', fields.join(''))
  await rename(`${incoming}.aside`, incoming)
  expect(answer.status).toBe(503)
  for (const text of ['escrito antes dele', 'escrito depois dele']) expect(answer.body).toContain(text)
})

it('what it takes in parts is written whole, each part behind the one before', async () => {
  const kept: Buffer[] = []
  const disk = {
    write: async (bytes: Buffer, offset: number, length: number, position: number) => {
      expect(position).toBe(7 + Buffer.concat(kept).length)
      kept.push(bytes.subarray(offset, offset + Math.min(length, 3)))
      return { bytesWritten: Math.min(length, 3), buffer: bytes }
    },
  } as unknown as Parameters<typeof writeWhole>[0]
  await writeWhole(disk, Buffer.from('dez bytes.'), 7)
  expect(Buffer.concat(kept).toString()).toBe('dez bytes.')
})
