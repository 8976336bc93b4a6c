// The stream of a browser: whoever goes away before it has begun leaves nothing behind.
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { keepTokens } from '#app/keep-token.ts'
import { type Live, startLive } from '#app/live.ts'
import { openSession } from '#identity/store.ts'
import { newSessionToken, SESSION_COOKIE, sessionCookie } from '#identity/visit.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
let database: TestDatabase
let app: FastifyInstance
let live: Live
let session: string
beforeAll(async () => {
  database = await cloneDatabase()
  app = Fastify()
  await app.register(cookie)
  const { web, staff } = database
  const doors = { web: web.db, staff: staff.db, tokens: keepTokens(Buffer.alloc(32)), demo: true, now: () => NOW }
  live = startLive(app, doors, database.urls.staff)
  await app.listen({ host: '127.0.0.1', port: 0 })
  session = await enter()
})
afterAll(async () => {
  await app.close()
  await live.close()
  await database.drop()
})

async function enter(): Promise<string> {
  const { token, tokenHash } = newSessionToken()
  const institution = { cnpj: '11222333000181', name: 'Banco' }
  const { side } = await openSession(database.entry.db, {
    person: { cpf: '15350946056', name: 'Pessoa', email: 'p@example.com', institution, classes: [122] },
    tokenHash,
    idToken: undefined,
    providerSession: undefined,
    idleSeconds: 1800,
    absoluteSeconds: 43_200,
    now: NOW,
  })
  return `${SESSION_COOKIE}=${sessionCookie(side, token).value}`
}

function ask() {
  const { port } = app.server.address() as AddressInfo
  const request = get({ host: '127.0.0.1', port, path: '/eventos', headers: { cookie: session }, agent: false })
  request.on('error', () => {})
  return request
}

async function openStream(): Promise<IncomingMessage> {
  const [answer] = (await once(ask(), 'response')) as [IncomingMessage]
  await once(answer, 'data')
  answer.resume()
  return answer
}

/** Asks for the stream and goes away, as often as given, while the visit of each waits for the database. */
async function goAway(times: number): Promise<void> {
  const client = await database.owner.pool.connect()
  await client.query('begin; lock table eprod.notification in access exclusive mode')
  for (let n = 0; n < times; n += 1) {
    const arrived = once(app.server, 'request') as Promise<[IncomingMessage]>
    const request = ask()
    const [there] = await arrived
    const closed = once(there.socket, 'close')
    request.destroy()
    await closed
  }
  await client.query('commit')
  client.release()
  const { pool } = database.web
  await expect.poll(() => pool.waitingCount + pool.totalCount - pool.idleCount).toBe(0)
}

/** What a stream says next; undefined: it has ended. */
async function nextOf(stream: IncomingMessage): Promise<string | undefined> {
  const ended = once(stream, 'end').then(() => undefined)
  return await Promise.race([once(stream, 'data').then(String), ended])
}

it('one that was left before it began takes no place from those that are read', async () => {
  const read = await openStream()
  const next = nextOf(read)
  await goAway(5)
  const other = await openStream()
  await database.owner.pool.query(`select pg_notify('eprod_live', '[[0, 0, false]]')`)
  expect(await next).toContain('"tickets":[0]')
  for (const one of [read, other]) one.destroy()
})
