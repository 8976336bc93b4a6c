// Files in pieces at /envios: resumed where they stopped, one's own alone, every lie refused, swept when nobody goes on.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  BANK,
  type DraftSite,
  draftOf,
  OTHER_BANK,
  type Person,
  pdf,
  type Sent,
  startDraftSite,
  theft,
  theftFiles,
} from '../../../tests/support/draft-site.ts'
import { announced, begin, PIECE, sendFile, TUS } from '../../../tests/support/tus.ts'

let site: DraftSite
let ana: Person
let rui: Person
let eva: Person
let path: string
beforeAll(async () => {
  site = await startDraftSite()
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  rui = await site.person({ cpf: '52998224725', cnpj: BANK, classes: [122, 151] })
  eva = await site.person({ cpf: '15350946056', cnpj: OTHER_BANK, classes: [122, 151] })
})
afterAll(() => site.close())
beforeEach(async () => {
  path = await draftOf(ana)
})

const content = Buffer.concat([pdf('em pedaços'), Buffer.alloc(3000, 'a')])
const file = { document: 'requerimento', name: 'pedaços.pdf', size: content.length }
const piece = (address: string, from: number, bytes: Buffer, person = ana): Promise<Sent> =>
  person.ask('PATCH', address, { ...PIECE, 'upload-offset': String(from) }, bytes)
const offset = async (address: string, person = ana): Promise<string> =>
  String((await person.ask('HEAD', address, TUS)).headers['upload-offset'])

describe('a file in pieces', () => {
  it('comes piece by piece, each from where the one before ended, and is then the draft’s', async () => {
    const { location, status, headers } = await begin(ana, path, file)
    expect(status).toBe(201)
    expect(new Date(String(headers['upload-expires'])).getTime() - site.clock.now.getTime()).toBe(7 * 86_400_000)
    expect((await piece(location, 0, content.subarray(0, 1000))).headers['upload-offset']).toBe('1000')
    expect(await offset(location)).toBe('1000')
    expect((await ana.ask('GET', location)).status).toBe(409)
    expect((await ana.get(path)).body).not.toContain('pedaços.pdf · ')
    expect((await piece(location, 1000, content.subarray(1000))).status).toBe(204)
    const told = await ana.ask('GET', location)
    expect(JSON.parse(told.body)).toMatchObject({ document: 'requerimento', files: [{ name: 'pedaços.pdf' }] })
    expect((await ana.get(path)).body).toContain('pedaços.pdf')
    expect(await readdir(join(site.folder, 'parts'))).toEqual([])
  })
  it('whose last answer was lost is found whole, and told of again without being taken twice', async () => {
    const { location } = await begin(ana, path, file)
    await piece(location, 0, content)
    expect(await offset(location)).toBe(String(content.length))
    for (const _ of [1, 2]) expect(JSON.parse((await ana.ask('GET', location)).body).files).toHaveLength(1)
    expect((await piece(location, content.length, Buffer.alloc(0))).status).toBe(409)
  })
  it('that came whole while its session ended is taken once its person is back', async () => {
    const { location } = await begin(rui, path, file)
    await piece(location, 0, content.subarray(0, content.length - 1), rui)
    await rui.expire()
    expect((await piece(location, content.length - 1, content.subarray(-1), rui)).status).toBe(401)
    await rui.return()
    await piece(location, content.length - 1, content.subarray(-1), rui)
    expect((await rui.ask('GET', location)).status).toBe(200)
  })
  it('is given up on request, and nothing of it stays', async () => {
    const { location } = await begin(ana, path, file)
    await piece(location, 0, content.subarray(0, 10))
    expect((await ana.ask('DELETE', location, TUS)).status).toBe(204)
    expect((await ana.ask('HEAD', location, TUS)).status).toBe(404)
    expect(await readdir(join(site.folder, 'parts'))).toEqual([])
  })
  it('whose content is none of what its document takes is refused in words when it is whole', async () => {
    const text = Buffer.from('isto é texto')
    const told = await sendFile(ana, path, { document: 'requerimento', name: 'x.pdf', content: text })
    expect(told.status).toBe(422)
    expect(JSON.parse(told.body)).toMatchObject({ problems: [{ code: 'file-not-what-it-says' }] })
  })
})

it('is not given up by who may not file: a clear no', async () => {
  const reader = await site.person({ cpf: '71428793860', cnpj: BANK, classes: [122] })
  const { location } = await begin(ana, path, file)
  expect((await reader.ask('DELETE', location, TUS)).status).toBe(403)
  expect((await ana.ask('DELETE', location, TUS)).status).toBe(204)
})

describe('another’s upload', () => {
  it('is not there: for another institution and for a colleague alike', async () => {
    const { location } = await begin(ana, path, file)
    for (const other of [rui, eva]) {
      const answers = await Promise.all([
        other.ask('HEAD', location, TUS),
        other.ask('GET', location),
        other.ask('DELETE', location, TUS),
        piece(location, 0, content, other),
      ])
      expect(answers.map((one) => one.status)).toEqual([404, 404, 404, 404])
    }
    expect(await offset(location)).toBe('0')
  })
  it.each(['x', '..%2f..%2fsecrets%2feprod.key', '00000000-0000-4000-8000-000000000000'])(
    'of the id %s is not there',
    async (id) => {
      expect((await ana.ask('HEAD', `/envios/${id}`, TUS)).status).toBe(404)
      expect((await piece(`/envios/${id}`, 0, content)).status).toBe(404)
    },
  )
  it('cannot be begun in a draft of another institution', async () => {
    expect((await begin(eva, path, file)).status).toBe(404)
  })
})

describe('a lie', () => {
  const code = (answer: Sent): unknown => JSON.parse(answer.body).code ?? JSON.parse(answer.body).problems[0].code

  it('about where the file stopped is refused, and nothing is written', async () => {
    const { location } = await begin(ana, path, file)
    await piece(location, 0, content.subarray(0, 100))
    for (const from of [0, 99, 101]) {
      const answer = await piece(location, from, content.subarray(100, 200))
      expect([answer.status, code(answer)]).toEqual([409, 'upload-out-of-step'])
    }
    expect(await offset(location)).toBe('100')
  })
  it('about the length is refused, whether it says so or not', async () => {
    const { location } = await begin(ana, path, { ...file, size: 10 })
    const answer = await piece(location, 0, content)
    expect([answer.status, code(answer)]).toEqual([413, 'upload-longer'])
    const headers = { ...announced(path, 'bo', { name: 'x.pdf', size: 10 }), ...PIECE }
    expect((await ana.ask('POST', '/envios', headers, content)).status).toBe(413)
  })
  it.each([
    ['over the limit', String(21 * 1024 * 1024), 422, 'file-too-large'],
    ['of nothing', '0', 422, 'file-empty'],
    ['below nothing', '-1', 400, 'bad-request'],
    ['in another notation', '1e3', 400, 'bad-request'],
    ['left open', undefined, 400, 'bad-request'],
  ])('a length %s is refused before a byte is sent', async (_, length, status, refusal) => {
    const { 'upload-length': __, ...rest } = announced(path, 'bo', file)
    const answer = await ana.ask('POST', '/envios', { ...rest, ...(length ? { 'upload-length': length } : {}) })
    expect([answer.status, code(answer)]).toEqual([status, refusal])
  })
  it.each(['__proto__', '', 'nenhum', '../bo'])('a document named “%s” is refused', async (document) => {
    expect((await begin(ana, path, { ...file, document })).status).toBe(400)
  })
  it('about the protocol is refused, and which one is spoken is said', async () => {
    const answer = await ana.ask('POST', '/envios', { ...announced(path, 'bo', file), 'tus-resumable': '0.2.2' })
    expect([answer.status, answer.headers['tus-version']]).toEqual([412, '1.0.0'])
  })
  it('about the origin is refused', async () => {
    const foreign = { ...announced(path, 'bo', file), 'sec-fetch-site': 'cross-site' }
    expect((await ana.ask('POST', '/envios', foreign)).status).toBe(403)
  })
  it.each([
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['a\u0000\u202Efdp.\r\npdf', 'afdp.pdf'],
    ['C:\\temp\\x.pdf', 'x.pdf'],
  ])('a name like %j is kept as %s', async (name, kept) => {
    const told = await sendFile(ana, path, { document: 'contrato', name, content: pdf(name) })
    expect(JSON.parse(told.body).files[0].name).toBe(kept)
  })
})

it('a draft that has been filed takes no more files, also none that is on its way', async () => {
  const under = await begin(ana, path, file)
  const filed = await ana.post(path, { ...theft, acao: 'enviar' }, theftFiles)
  expect(filed.location).toContain('/chamados/')
  await piece(under.location, 0, content)
  expect((await ana.ask('GET', under.location)).status).toBe(409)
  expect((await begin(ana, path, file)).status).toBe(409)
})
