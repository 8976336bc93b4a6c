// /ajuda as visitors get it, signed in or not, and its pictures.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepTokens } from '#app/keep-token.ts'
import { makeServer } from '#app/server.ts'
import { drawGuide, webpSize } from '#app/web/guide.ts'
import { routes } from '#app/web/help.tsx'
import { createFileStore } from '#attachments/files.ts'
import { newSessionToken, SESSION_COOKIE, sessionCookie } from '#identity/visit.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'

const DOCS = join(import.meta.dirname, '../../../docs')
const NOW = new Date('2026-11-20T17:32:00Z')

let database: TestDatabase
let folder: string
let server: FastifyInstance

beforeAll(async () => {
  database = await cloneDatabase()
  folder = await mkdtemp(join(tmpdir(), 'eprod-help-'))
  const options = {
    web: database.web.db,
    staff: database.staff.db,
    entry: database.entry.db,
    tokens: keepTokens(Buffer.alloc(32, 1)),
    demo: false,
    now: () => NOW,
    url: 'http://localhost:4112',
    store: await createFileStore(folder),
    fileBytes: 1e6,
    assets: folder,
    formTargets: [],
    logLevel: 'silent' as const,
  }
  server = await makeServer(options, (site) => routes(site, DOCS))
})
afterAll(async () => {
  await server.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

test('anybody may read the guide; its contents lead to its headings', async () => {
  const { statusCode, body } = await server.inject('/ajuda')
  expect(statusCode).toBe(200)
  const links = [...body.matchAll(/<a href="#([^"]+)">/g)].map((match) => match[1])
  expect(links).toContain('3-pedir-o-desbloqueio')
  for (const id of links) expect(body).toContain(` id="${id}"`)
  expect(body).not.toContain('id="menu"')
})

test('who is signed in keeps the menu', async () => {
  const { token, tokenHash } = newSessionToken()
  const facts = {
    cpf: '11144477735',
    name: 'Ana Prado',
    email: 'ana@example.com',
    institution: { cnpj: '11222333000181', name: 'Banco Exemplo S.A.' },
    classes: [122],
  }
  await sql`select eprod.sign_in(${JSON.stringify(facts)}::jsonb, ${tokenHash}, ${NOW}, 600, 600)`.execute(
    database.entry.db,
  )
  const { value } = sessionCookie('institution', token)
  const { body } = await server.inject({ url: '/ajuda', cookies: { [SESSION_COOKIE]: value } })
  expect(body).toContain('id="menu"')
  expect(body).toContain('Ana Prado')
})

test('the guide speaks the language of the visitor', async () => {
  const { body } = await server.inject({ url: '/ajuda', cookies: { idioma: 'en' } })
  expect(body).toContain('EPROD quick guide')
})

test('figures are closed until asked for', async () => {
  const closed = await server.inject('/ajuda')
  expect(closed.body).toContain('<details class="figure">')
  const open = await server.inject('/ajuda?figuras=abertas')
  expect(open.body).not.toContain('<details class="figure">')
  expect(open.body).toContain('<details class="figure" open>')
})

test('a picture under the address the page gives is kept for a year, and any other for minutes', async () => {
  const { body } = await server.inject('/ajuda')
  const [address = ''] = /\/ajuda\/figuras\/inicio\.webp\?v=\w+/.exec(body) ?? []
  const named = await server.inject(address)
  expect(named.statusCode).toBe(200)
  expect(named.headers['content-type']).toBe('image/webp')
  expect(named.headers['cache-control']).toContain('immutable')
  const { width } = webpSize(named.rawPayload, 'inicio.webp')
  expect(body).toContain(`width="${width}"`)
  const stale = await server.inject('/ajuda/figuras/inicio.webp?v=000000000000')
  expect(stale.headers['cache-control']).not.toContain('immutable')
})

test.each(['nada.webp', '..%2fguia-rapido.md', '%2e%2e%2fREADME.md', '__proto__'])(
  'there is no picture %s',
  async (name) => {
    expect((await server.inject(`/ajuda/figuras/${name}`)).statusCode).toBe(404)
  },
)

test('markup inside a guide is shown as text, and a picture that is not there leaves no trace', () => {
  const text = '# T\n\n## A <b>x</b>\n\n<script>1</script>\n\n![alt](pictures/none.webp "c")\n'
  const { html } = drawGuide(text, { pictures: new Map(), base: '/x', open: false })
  expect(html).toContain('&lt;script&gt;')
  expect(html).not.toMatch(/<script|<b>|<img|pictures/)
})
