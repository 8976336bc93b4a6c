// Posts that no page of ours sends: malformed, endless, half characters, stolen tokens. Each gets a clear no or is kept
// within its bounds; none is answered with a failure of ours.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  BANK,
  type DraftSite,
  draftOf,
  type Person,
  pdf,
  startDraftSite,
  theft,
  theftFiles,
} from '../../tests/support/draft-site.ts'

let site: DraftSite
let ana: Person
beforeAll(async () => {
  site = await startDraftSite()
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
})
afterAll(() => site.close())

const MULTIPART = 'multipart/form-data; boundary=x'
const field = (name: string, value: string, more = '') =>
  `--x\r\ncontent-disposition: form-data; name="${name}"\r\n${more}\r\n${value}\r\n`
const END = '--x--\r\n'
const incoming = async () => (await readdir(join(site.folder, 'incoming'))).length

describe('a malformed post is a bad request, not a failure', () => {
  it.each([
    ['without a boundary', 'multipart/form-data', 'x'],
    ['with an empty boundary', 'multipart/form-data; boundary=""', 'x'],
    ['with an endless boundary', `multipart/form-data; boundary=${'b'.repeat(300)}`, 'x'],
    ['cut in a field', MULTIPART, field('tipo', 'desbloqueio').slice(0, -4)],
    [
      'cut in a file',
      MULTIPART,
      `${field('acao', 'salvar')}--x\r\ncontent-disposition: form-data; name="arquivo:bo"; filename="a.pdf"\r\n\r\n%PDF-1.7 half`,
    ],
    [
      'with a JSON part',
      MULTIPART,
      field('acao', '{"toString":1,"valueOf":1}', 'content-type: application/json\r\n') + END,
    ],
    ['with a broken JSON part', MULTIPART, field('acao', '{', 'content-type: application/json\r\n') + END],
    ['with a field named as a prototype', MULTIPART, field('__proto__', 'x') + END],
    ['of broken JSON', 'application/json', '{'],
  ])('%s', async (_, type, payload) => {
    const answer = await ana.raw(await draftOf(ana), type, payload)
    expect([answer.status, answer.body.includes('Pedido não compreendido')]).toEqual([400, true])
    expect(await incoming()).toBe(0)
  })
  it('a file without a field’s name is told apart from the documents', async () => {
    const nameless = `--x\r\ncontent-disposition: form-data; filename="a.pdf"\r\n\r\n%PDF-1.7\r\n${END}`
    expect((await ana.raw(await draftOf(ana), MULTIPART, nameless)).status).toBe(422)
  })
})

describe('what a post makes the house hold in memory is bounded', () => {
  it.each([
    ['one text beyond the longest', field('justificativa', 'a'.repeat(3 * 1024 * 1024)) + END],
    ['many texts', Array.from({ length: 20 }, (_, i) => field(`f${i}`, 'a'.repeat(200 * 1024))).join('') + END],
    ['many names', Array.from({ length: 900 }, (_, i) => field(`${i}${'n'.repeat(4000)}`, '')).join('') + END],
    ['more fields than any form has', Array.from({ length: 1200 }, (_, i) => field(`f${i}`, '')).join('') + END],
  ])('%s is too large', async (_, payload) => {
    expect((await ana.raw(await draftOf(ana), MULTIPART, payload)).status).toBe(413)
  })
})

describe('the name of a file', () => {
  it('is what its owner calls it: browsers escape quotes and line ends in it, and nothing else', async () => {
    const path = await draftOf(ana)
    const file = `--x\r\ncontent-disposition: form-data; name="arquivo:bo"; filename="laudo %22final%22 50%25.pdf"\r\n\r\n${pdf('a')}\r\n`
    await ana.raw(path, MULTIPART, field('acao', 'salvar') + file + END)
    const { body } = await ana.get(path)
    expect(body.replaceAll('&quot;', '"')).toContain('laudo "final" 50%25.pdf')
  })
})

describe('half characters', () => {
  it('are kept as the sign for an unreadable one, whatever way they come', async () => {
    const path = await draftOf(ana)
    const half = 'Meio \ud83d caractere'
    const json = JSON.stringify({ justificativa: half, 'na\ud83dda': 'x' })
    expect((await ana.raw(`${path}/salvar`, 'application/json', json, { accept: 'application/json' })).status).toBe(200)
    expect((await ana.get(path)).body).toContain('Meio \ufffd caractere')
    const wide = Buffer.concat([
      Buffer.from(
        '--x\r\ncontent-disposition: form-data; name="bo-numero"\r\ncontent-type: text/plain; charset=utf-16le\r\n\r\n',
      ),
      Buffer.from([0x3d, 0xd8, 0x41, 0x00]),
      Buffer.from(`\r\n${END}`),
    ])
    expect((await ana.raw(path, MULTIPART, wide)).status).toBe(303)
  })
  it('do not come from cutting a text that is too long', async () => {
    const path = await draftOf(ana)
    const long = `${'a'.repeat(19_999)}😀`
    expect((await ana.post(path, { justificativa: long, acao: 'salvar' })).status).toBe(303)
    expect((await ana.get(path)).body).not.toContain('\ufffd')
  })
})

describe('ids that are none', () => {
  const dashes = '-'.repeat(36)
  it('name nothing: not found, or passed over', async () => {
    const path = await draftOf(ana)
    expect((await ana.get(`/rascunhos/${dashes}`)).status).toBe(404)
    expect((await ana.get(`${path}?retomar=${dashes}`)).location).toBe(path)
    expect((await ana.post(path, { remover: dashes, acao: 'salvar' })).status).toBe(303)
    expect((await ana.post('/envios/remover', { rascunho: path.split('/')[2] ?? '', remover: dashes })).status).toBe(
      400,
    )
  })
})

describe('what comes after the session has ended', () => {
  const tokenIn = (body: string): string => /name="guarda" value="([^"]+)"/.exec(body)?.[1] ?? ''
  const kept = async () =>
    await site.database.owner.db.selectFrom('eprod.kept_post').selectAll().orderBy('created_at').execute()
  const file = `--x\r\ncontent-disposition: form-data; name="arquivo:bo"; filename="a.pdf"\r\n\r\n${pdf('a')}\r\n`

  it('is kept only when our token stands before everything else', async () => {
    const rui = await site.person({ cpf: '52998224725', cnpj: BANK, classes: [122, 151] })
    const path = await draftOf(rui)
    const guarda = tokenIn((await rui.get(path)).body)
    await rui.expire()
    for (const body of [
      file + field('guarda', guarda),
      field('tipo', 'desbloqueio') + field('guarda', guarda) + file,
      field('guarda', `${guarda}x`) + file,
    ]) {
      const answer = await rui.raw(path, MULTIPART, body + END)
      expect(answer.location).toContain('feito=expirou')
    }
    expect(await kept()).toEqual([])
    expect((await rui.raw(path, MULTIPART, field('guarda', guarda) + file + END)).location).toContain('feito=guardado')
    expect(await kept()).toHaveLength(1)
    expect(await incoming()).toBe(0)
  })

  it('is kept three times a person; older posts make room with their files, and each is offered once', async () => {
    const eva = await site.person({ cpf: '15350946056', cnpj: BANK, classes: [122, 151] })
    const path = await draftOf(eva)
    const guarda = tokenIn((await eva.get(path)).body)
    await eva.expire()
    const others = (await readdir(join(site.folder, 'kept'))).length
    for (let i = 0; i < 5; i += 1) {
      site.clock.now = new Date(site.clock.now.getTime() + 1000)
      await eva.post(path, { guarda, ...theft, 'bo-numero': `n${i}` }, [['arquivo:bo', 'a.pdf', pdf(`a${i}`)]])
    }
    const rows = (await kept()).filter((row) => row.person_id === eva.personId)
    expect(rows.map((row) => row.fields['bo-numero'])).toEqual([['n2'], ['n3'], ['n4']])
    expect(await readdir(join(site.folder, 'kept'))).toHaveLength(others + 3)
    expect(await eva.return()).toBe('/')
    expect(await eva.return()).toBeUndefined()
    const offered = [...rows].reverse().map((row) => `${path}?retomar=${row.id}`)
    const { body } = await eva.get('/')
    expect([...body.matchAll(/href="([^"]*retomar=[^"]*)"/g)].map(([, href]) => href)).toEqual(offered)
    expect((await eva.get(offered[0] ?? '')).location).toBe(`${path}?retomado`)
  })
})

describe('a post that fails on our side', () => {
  it('gives back the texts that were typed, and promises nothing about a draft', async () => {
    const { location } = await ana.post(await draftOf(ana), { ...theft, acao: 'enviar' }, theftFiles)
    const path = location.replace(/\?.*/, '')
    const owner = (statement: string) => sql.raw(statement).execute(site.database.owner.db)
    await owner('revoke insert on eprod.follow_up from eprod_web')
    const text = 'O contrato foi quitado em 2024,\n<b>como</b> mostra o anexo.'
    const failed = await ana.post(`${path}/acompanhamentos`, { texto: text, chave: crypto.randomUUID() })
    await owner('grant insert on eprod.follow_up to eprod_web')
    expect(failed.status).toBe(500)
    expect(failed.body).toMatch(/O contrato foi quitado em 2024,\s+&lt;b>como&lt;\/b> mostra o anexo\./)
    expect(failed.body).not.toContain('rascunho')
    expect(failed.body.match(/<textarea/g)).toHaveLength(1)
  })

  const text = 'Nada do que foi escrito aqui se perde.'
  /** Saves a draft with a text and a file while a statement's right is taken away. */
  async function savedWithout(right: string, path: string, from: Person) {
    const guarda = /name="guarda" value="([^"]+)"/.exec((await from.get(path)).body)?.[1] ?? ''
    if (from !== ana) await from.expire()
    const owner = (statement: string) => sql.raw(statement).execute(site.database.owner.db)
    await owner(`revoke execute on function ${right.replace(' ', ' from ')}`)
    const post = (fields: Record<string, string>) =>
      from.post(path, { ...fields, justificativa: text, acao: 'salvar' }, [['arquivo:bo', 'a.pdf', pdf('a')]])
    const failed = [await post({ guarda }), await post({})]
    await owner(`grant execute on function ${right.replace(' ', ' to ')}`)
    return failed
  }

  it('does so where it failed before the post was read; of whoever brings no token of ours nothing is read', async () => {
    const [own, stranger] = await savedWithout('eprod.open_visit eprod_web', await draftOf(ana), ana)
    expect([own?.status, own?.body.includes(text)]).toEqual([500, true])
    expect([stranger?.status, stranger?.body.includes(text)]).toEqual([500, false])
    expect(await incoming()).toBe(0)
  })

  it('does so where it could not be kept after the session had ended, and leaves no file behind', async () => {
    const ivo = await site.person({ cpf: '39053344705', cnpj: BANK, classes: [122, 151] })
    const [failed] = await savedWithout('eprod.keep_post eprod_entry', await draftOf(ivo), ivo)
    expect([failed?.status, failed?.body.includes(text)]).toEqual([500, true])
    expect(await incoming()).toBe(0)
  })
})
