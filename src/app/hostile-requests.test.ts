// Requests whose address, headers or values are not ours: our page and headers all the same, and never a failure of ours.
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shownAs } from '#app/errors.tsx'
import {
  BANK,
  type DraftSite,
  draftOf,
  OTHER_BANK,
  type Person,
  startDraftSite,
  theft,
  theftFiles,
} from '../../tests/support/draft-site.ts'

let site: DraftSite
let ana: Person
let at: string
beforeAll(async () => {
  site = await startDraftSite()
  at = await site.listen()
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
})
afterAll(() => site.close())

describe('an address that names nothing', () => {
  it.each(['/%', '/%zz', '/chamados/%E0%A4%A', '/assets/%', `/rascunhos/${'a'.repeat(3000)}`, '/%2e%2e/%00'])(
    '%s is not found, in our page and under our headers',
    async (path) => {
      const answer = await ana.get(path)
      expect(answer.status).toBe(404)
      expect(answer.body).toContain('<html lang="pt-BR"')
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
    },
  )
})

it('an address longer than a request holds is told of in our page, and what is no request too', async () => {
  const value = encodeURIComponent('ção'.repeat(60))
  const search = (most: number) =>
    Array.from({ length: most }, (_, n) => `r${n + 1}.campo=titulo&r${n + 1}.op=contem&r${n + 1}.valor=${value}`).join(
      '&',
    )
  expect((await fetch(`${at}/livez?${search(30)}`)).status).toBe(200)
  const answer = await fetch(`${at}/chamados?${search(50)}`)
  expect(answer.status).toBe(431)
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  const body = await answer.text()
  expect(body).toContain('Endereço longo demais')
  expect(body).toContain('retire regras ou valores')
  const line = connect(Number(new URL(at).port), '127.0.0.1')
  line.write('isto não é um pedido\r\n\r\n')
  const pieces: Buffer[] = []
  for await (const piece of line) pieces.push(piece as Buffer)
  expect(Buffer.concat(pieces).toString()).toMatch(/^HTTP\/1\.1 400 .*<html lang="pt-BR"/s)
})

describe('a write from another site', () => {
  const form = 'application/x-www-form-urlencoded'
  it.each<[string, Record<string, string>]>([
    ['behind a forged host', { origin: 'https://evil.example', host: 'evil.example' }],
    [
      'behind a forged forwarded host',
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    ],
    ['that the browser calls foreign', { 'sec-fetch-site': 'cross-site' }],
    ['of a neighbour under the same domain', { 'sec-fetch-site': 'same-site' }],
    ['of no origin', { origin: 'null' }],
  ])('%s is refused', async (_, headers) => {
    const answer = await ana.raw(await draftOf(ana), form, 'acao=salvar', headers)
    expect(answer.status).toBe(403)
  })
  it('our own is not', async () => {
    expect((await ana.raw(await draftOf(ana), form, 'acao=salvar')).status).toBe(303)
  })
})

describe('a value that PostgreSQL cannot read', () => {
  it.each(['22P02', '22007', '22008', '22009', '22003', '22021', '22P05'])('%s is a bad request', (code) => {
    expect(shownAs(Object.assign(new Error('x'), { code }))).toEqual({ code: 'bad-request', status: 400 })
  })
  it('a statement that is wrong in itself stays a failure', () => {
    expect(shownAs(Object.assign(new Error('x'), { code: '42601' })).status).toBe(500)
  })
})

describe('a page that is not there', () => {
  it('has menu and search for who is signed in, and the same for another institution’s ticket', async () => {
    const eva = await site.person({ cpf: '15350946056', cnpj: OTHER_BANK, classes: [122, 151] })
    const { location } = await ana.post(await draftOf(ana), { ...theft, acao: 'enviar' }, theftFiles)
    const theirs = location.replace(/\?.*/, '')
    const [foreign, missing] = [await eva.get(theirs), await eva.get('/chamados/999999')]
    expect([foreign.status, missing.status]).toEqual([404, 404])
    expect(foreign.body.replaceAll(theirs, '')).toBe(missing.body.replaceAll('/chamados/999999', ''))
    expect(foreign.body).toContain('Página não encontrada')
    for (const { body } of [foreign, await eva.get('/nada')]) expect(body).toMatch(/<search class="find">.*data-bell/s)
  })

  it('is plain for anybody else', async () => {
    const answer = await fetch(`${at}/chamados/999999x`, { headers: { accept: 'text/html' } })
    expect(answer.status).toBe(404)
    expect(await answer.text()).not.toContain('<search')
  })
})
