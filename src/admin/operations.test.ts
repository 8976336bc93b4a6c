// Jobs, refused letters and figures: for administrators alone, tried again on request, counted for a monitor.
import Fastify, { type FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tryAgain } from '#admin/actions.ts'
import { jobCounts, jobsNow, refusedLetters } from '#admin/reads.ts'
import { registerMetrics } from '#app/metrics.ts'
import { tasksOf, type WorkerDoors } from '#app/worker.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { LANGS, wordsFor } from '#words/words.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Cast, castOf, visitAs } from '../../tests/support/tickets.ts'

let database: TestDatabase
let cast: Cast
let administrator: Actor
const NOW = new Date()
const owner = (statement: string) => sql.raw(statement).execute(database.owner.db)

beforeAll(async () => {
  database = await cloneDatabase()
  cast = await castOf(database)
  administrator = { ...cast.secondAnalyst, classes: [904] }
  await owner(`update eprod.session set classes = '{904}' where id = ${administrator.sessionId}`)
  await owner(`select graphile_worker.add_job('mail.send', '{"id":1}', max_attempts => 3)`)
  await owner(`update graphile_worker._private_jobs set attempts = 3, last_error = 'o servidor não respondeu'`)
  await owner(`insert into mail.letter (message_id, recipient, subject, text_part, html_part, posted_at, state, done_at, failure)
    values ('x@y', 'a@example.com', 'Aviso', 'a', 'a', now(), 'failed', now(), '550 no such user')`)
})
afterAll(() => database?.drop())

const asked = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) =>
  visitAs(database.staff.db, actor, async (tx) => {
    await sql`select set_config('eprod.session', ${String(actor.sessionId)}, true)`.execute(tx)
    return await work(tx)
  })

describe('jobs and letters', () => {
  it('are shown to an administrator and to no other class', async () => {
    const reads: ((tx: Tx) => Promise<unknown[]>)[] = [
      jobCounts,
      (tx) => jobsNow(tx, 10),
      (tx) => refusedLetters(tx, 10),
    ]
    for (const read of reads) {
      await expect(asked(cast.analyst, read)).rejects.toMatchObject({ code: '42501' })
      expect(await asked(administrator, read)).toHaveLength(1)
    }
    expect(await asked(administrator, (tx) => jobsNow(tx, 10))).toMatchObject([
      { task: 'mail.send', state: 'failed', attempts: 3, lastError: 'o servidor não respondeu' },
    ])
  })

  it('are tried again on request, once, and it is recorded', async () => {
    const [job] = await asked(administrator, (tx) => jobsNow(tx, 10))
    const [letter] = await asked(administrator, (tx) => refusedLetters(tx, 10))
    const again = (kind: 'job' | 'letter', id: number) =>
      asked(administrator, (tx) => tryAgain({ tx, actor: administrator, now: NOW }, { kind, id }))
    expect(await again('job', job?.id ?? 0)).toBe(true)
    expect(await again('letter', letter?.id ?? 0)).toBe(true)
    expect(await again('letter', letter?.id ?? 0)).toBe(false)
    expect((await asked(administrator, (tx) => jobsNow(tx, 10))).map((one) => one.state)).toEqual([
      'waiting',
      'waiting',
    ])
    const { rows } = await owner(`select 1 from eprod.journal_entry where event = 'try-again'`)
    expect(rows).toHaveLength(2)
  })

  it('say which ticket a deadline is of', async () => {
    await owner(
      `select graphile_worker.add_job('tickets.fire-deadline', '{"ticketId":24151}', job_key => 'tickets.fire-deadline:24151')`,
    )
    const jobs = await asked(administrator, (tx) => jobsNow(tx, 10))
    expect(jobs.map(({ task, ticketId }) => [task, ticketId])).toContainEqual(['tickets.fire-deadline', 24151])
    expect(jobs.filter(({ ticketId }) => ticketId === null).map(({ task }) => task)).toContain('mail.send')
  })
})

it.each(LANGS)('every job there is has its name in %s', (lang) => {
  const tasks = Object.keys(tasksOf({} as WorkerDoors))
  expect(Object.keys(wordsFor(lang).admin.jobs.tasks).sort()).toEqual(tasks.sort())
})

describe('/metrics', () => {
  const ask = async (given: { token?: string; headers?: Record<string, string>; from?: string }) => {
    const app: FastifyInstance = Fastify()
    registerMetrics(app, { staff: database.staff.db, now: () => NOW, metricsToken: given.token })
    app.get('/chamados/:id', async () => 'ok')
    await app.inject('/chamados/1')
    const answer = await app.inject({
      url: '/metrics',
      headers: given.headers ?? {},
      ...(given.from ? { remoteAddress: given.from } : {}),
    })
    await app.close()
    return answer
  }

  it('tells figures and routes, never an address asked for', async () => {
    const { body, statusCode } = await ask({})
    expect(statusCode).toBe(200)
    expect(body).toMatch(/eprod_jobs_failed \d/)
    expect(body).toMatch(/eprod_expiry_lag_seconds 0/)
    expect(body).toContain('route="/chamados/:id"')
    expect(body).not.toContain('/chamados/1')
  })

  it('is for this machine alone, or for whoever has the token', async () => {
    const token = 'um-segredo-de-monitor'
    const statuses = [
      await ask({ from: '10.0.0.7' }),
      await ask({ headers: { 'x-forwarded-for': '10.0.0.7' } }),
      await ask({ token }),
      await ask({ token, headers: { authorization: 'Bearer errado' } }),
      await ask({ token, from: '10.0.0.7', headers: { authorization: `Bearer ${token}` } }),
    ].map((answer) => answer.statusCode)
    expect(statuses.map((status) => status === 200)).toEqual([false, false, false, false, true])
  })
})
