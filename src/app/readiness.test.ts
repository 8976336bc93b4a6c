// What a probe hears while the database answers, and while it hangs.
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { registerMetrics } from '#app/metrics.ts'
import { registerReadiness } from '#app/readiness.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'

let database: TestDatabase
let app: FastifyInstance
beforeAll(async () => {
  database = await cloneDatabase()
  app = Fastify()
  registerReadiness(app, database.web.db)
  registerMetrics(app, { staff: database.staff.db, now: () => new Date(), url: 'http://localhost:3000' })
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const statuses = async () =>
  await Promise.all(
    ['/livez', '/readyz', '/metrics'].map(
      async (url) => (await app.inject({ url, headers: { host: 'localhost' } })).statusCode,
    ),
  )

it('is told within two seconds that the database hangs, and that it answers again', async () => {
  expect(await statuses()).toEqual([200, 200, 200])
  const holder = await database.owner.pool.connect()
  await holder.query('begin')
  await holder.query('lock table eprod.form, mail.letter in access exclusive mode')
  const begun = performance.now()
  // However many probes ask: they wait for one question.
  const asked = await Promise.all(Array.from({ length: 30 }, statuses))
  expect(performance.now() - begun).toBeLessThan(2000)
  expect(new Set(asked.map(String))).toEqual(new Set(['200,503,503']))
  await holder.query('rollback')
  holder.release()
  expect(await statuses()).toEqual([200, 200, 200])
})
