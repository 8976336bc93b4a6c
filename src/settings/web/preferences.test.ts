// Saving a preference keeps what is understood and returns to a page of ours and to no other place.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepTokens } from '#app/keep-token.ts'
import { makeServer } from '#app/server.ts'
import { createFileStore } from '#attachments/files.ts'
import { routes } from '#settings/web/preferences.tsx'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'

let database: TestDatabase
let folder: string
let server: FastifyInstance

beforeAll(async () => {
  database = await cloneDatabase()
  folder = await mkdtemp(join(tmpdir(), 'eprod-preferences-'))
  const { web, staff, entry } = database
  const options = {
    ...{ web: web.db, staff: staff.db, entry: entry.db, tokens: keepTokens(Buffer.alloc(32, 1)), demo: false },
    ...{ now: () => new Date(), url: 'http://localhost:4113', store: await createFileStore(folder), fileBytes: 1e6 },
    ...{ assets: folder, formTargets: [], logLevel: 'silent' as const },
  }
  const doors = { card: async () => null as never, keepLang: async () => {} }
  server = await makeServer(options, (site) => routes(site, doors))
})
afterAll(async () => {
  await server.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const save = (fields: Record<string, string>) =>
  server.inject({
    method: 'POST',
    url: '/preferencias',
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })

test('language and theme are kept, and the person is back where it was', async () => {
  const answer = await save({ idioma: 'en', tema: 'dark', volta: '/chamados?status=todos' })
  expect(answer.headers.location).toBe('/chamados?status=todos')
  expect(answer.cookies).toMatchObject([
    { name: 'tema', value: 'dark', path: '/', httpOnly: true, sameSite: 'Lax' },
    { name: 'idioma', value: 'en', path: '/', httpOnly: true, sameSite: 'Lax' },
  ])
})

test.each(['//mal.example', '/\\mal.example', 'https://mal.example/', '', '/\t/mal.example'])(
  'leads home instead of to %j, and a language nobody speaks is not kept',
  async (volta) => {
    const answer = await save({ volta, idioma: 'tlh' })
    expect(answer.headers.location).toBe('/')
    expect(answer.cookies).toEqual([])
  },
)
