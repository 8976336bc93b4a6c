// Jobs, refused letters and figures: for administrators alone, tried again on request, counted for a monitor.
import Fastify, { type FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layAside, tryAgain } from '#admin/actions.ts'
import { type JobQuery, jobCounts, jobsPage, refusedLetters } from '#admin/reads.ts'
import { registerMetrics } from '#app/metrics.ts'
import { tasksOf, type WorkerDoors } from '#app/worker.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { moveTicket } from '#tickets/actions/move-ticket.ts'
import { LANGS, wordsFor } from '#words/words.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Cast, castOf, newTicket, visitAs } from '../../tests/support/tickets.ts'

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
      (tx) => jobsPage(tx, {}, 10),
      (tx) => refusedLetters(tx, 10),
    ]
    for (const read of reads) {
      await expect(asked(cast.analyst, read)).rejects.toMatchObject({ code: '42501' })
      expect(await asked(administrator, read)).toHaveLength(1)
    }
    expect(await asked(administrator, (tx) => jobsPage(tx, {}, 10))).toMatchObject([
      { task: 'mail.send', state: 'failed', attempts: 3, lastError: 'o servidor não respondeu' },
    ])
  })

  it('are tried again on request, once, and it is recorded', async () => {
    const [job] = await asked(administrator, (tx) => jobsPage(tx, {}, 10))
    const [letter] = await asked(administrator, (tx) => refusedLetters(tx, 10))
    const again = (kind: 'job' | 'letter', id: number) =>
      asked(administrator, (tx) => tryAgain({ tx, actor: administrator, now: NOW }, { kind, id }))
    expect(await again('job', job?.id ?? 0)).toBe(true)
    expect(await again('letter', letter?.id ?? 0)).toBe(true)
    expect(await again('letter', letter?.id ?? 0)).toBe(false)
    expect((await asked(administrator, (tx) => jobsPage(tx, {}, 10))).map((one) => one.state)).toEqual([
      'waiting',
      'waiting',
    ])
    const { rows } = await owner(`select 1 from eprod.journal_entry where event = 'try-again'`)
    expect(rows).toHaveLength(2)
  })

  const sought = async (query: JobQuery) =>
    (await asked(administrator, (tx) => jobsPage(tx, query, 10))).map((job) => [job.task, job.ticketId, job.recipient])
  const FIRE = 'tickets.fire-deadline'

  it('are found by task, state, ticket and recipient, and tell which ticket a deadline or a letter is of', async () => {
    const ticket = await newTicket(database, cast.operator, NOW)
    await visitAs(database.staff.db, cast.analyst, (tx) =>
      moveTicket({ tx, actor: cast.analyst, now: NOW }, ticket, {
        verb: 'solve',
        outcome: 'granted',
        body: 'Baixa feita conforme o ofício apresentado.',
      }),
    )
    const { rows } = await owner(`select id from eprod.journal_entry where thing = 'ticket' and event = 'solve'`)
    const id = (rows[0] as { id: string }).id
    await owner(
      `select mail.post('{"to": "Bia@example.com", "subject": "S", "text": "t", "html": "h", "messageId": "aviso-${id}-1@eprod"}', now())`,
    )
    expect(await sought({ task: FIRE })).toEqual([[FIRE, ticket, null]])
    expect(await sought({ recipient: 'bia@' })).toEqual([['mail.send', ticket, 'Bia@example.com']])
    expect(new Set(await sought({ ticket }).then((found) => found.map(([task]) => task)))).toEqual(
      new Set([FIRE, 'mail.send', 'journal.fan-out']),
    )
    expect(await sought({ ticket: 1 })).toEqual([])
    expect(await sought({ state: 'running' })).toEqual([])
    // Approved: its deadline is over, and no longer among what there is to do, although its job is left to run.
    await visitAs(database.web.db, cast.operator, (tx) =>
      moveTicket({ tx, actor: cast.operator, now: NOW }, ticket, { verb: 'approve' }),
    )
    expect(await sought({ task: FIRE })).toEqual([])
    expect((await asked(administrator, jobCounts)).map(({ task }) => task)).not.toContain(FIRE)
  })

  it('are listed a page at a time, none twice and none left out', async () => {
    const all = await asked(administrator, (tx) => jobsPage(tx, {}, 100))
    const paged: number[] = []
    for (let after: string | undefined; ; ) {
      const page = await asked(administrator, (tx) => jobsPage(tx, { after }, 2))
      paged.push(...page.map(({ id }) => id))
      after = page.at(-1)?.place
      if (page.length < 2) break
    }
    expect(all.length).toBeGreaterThan(3)
    expect(paged).toEqual(all.map(({ id }) => id))
  })

  const figure = async (name: string) => {
    const { rows } = await sql<{ value: number }>`
      select value from eprod.figures(${NOW}) where name = ${name}`.execute(database.staff.db)
    return rows[0]?.value
  }

  it('that have no try left count as failed letters, were tried last in the past, and can be laid aside', async () => {
    await owner(`update graphile_worker._private_jobs set attempts = max_attempts, run_at = now() + interval '6 h', last_error = '450 later'
      where (payload->>'id')::int = (select id from mail.letter where recipient = 'Bia@example.com')`)
    const before = { failed: await figure('letters_failed'), waiting: await figure('letters_waiting') }
    expect(before).toEqual({ failed: 1, waiting: 1 })
    const [dead] = await asked(administrator, (tx) => jobsPage(tx, { state: 'failed' }, 10))
    expect(dead?.at.getTime()).toBeLessThanOrEqual(Date.now())
    const aside = (kind: 'job' | 'letter', id: number) =>
      asked(administrator, (tx) => layAside({ tx, actor: administrator, now: NOW }, { kind, id }))
    expect(await aside('job', dead?.id ?? 0)).toBe(true)
    expect(await aside('job', dead?.id ?? 0)).toBe(false)
    expect([await figure('letters_failed'), await figure('jobs_failed')]).toEqual([0, 0])
    const { rows } = await owner(`select state, failure from mail.letter where recipient = 'Bia@example.com'`)
    expect(rows).toEqual([{ state: 'failed', failure: '450 later' }])
    const waiting = await asked(administrator, (tx) => jobsPage(tx, { state: 'waiting' }, 10))
    expect(await aside('job', waiting[0]?.id ?? 0)).toBe(false)

    await owner(
      `update mail.letter set state = 'failed', done_at = now(), failure = '550' where recipient = 'a@example.com'`,
    )
    const [letter] = await asked(administrator, (tx) => refusedLetters(tx, 10))
    expect(await aside('letter', letter?.id ?? 0)).toBe(true)
    expect(await asked(administrator, (tx) => refusedLetters(tx, 10))).toEqual([])
    const again = await asked(administrator, (tx) =>
      tryAgain({ tx, actor: administrator, now: NOW }, { kind: 'letter', id: 'all' }),
    )
    expect(again).toBe(false)
    expect((await owner(`select 1 from eprod.journal_entry where event = 'lay-aside'`)).rows).toHaveLength(2)
  })
})

it.each(LANGS)('every job there is has its name in %s', (lang) => {
  const tasks = Object.keys(tasksOf({} as WorkerDoors))
  expect(Object.keys(wordsFor(lang).admin.jobs.tasks).sort()).toEqual(tasks.sort())
})

describe('/metrics', () => {
  const ask = async (given: { token?: string; headers?: Record<string, string>; from?: string; url?: string }) => {
    const app: FastifyInstance = Fastify()
    const { url = 'http://localhost:3000' } = given
    registerMetrics(app, { staff: database.staff.db, now: () => NOW, url, metricsToken: given.token })
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
      // A proxy that says nothing of itself: by the name it was asked for, or by the name of the site.
      await ask({ headers: { host: 'eprod.detran.rs.gov.br', connection: 'close' } }),
      await ask({ headers: { host: 'localhost:3000' }, url: 'https://eprod.detran.rs.gov.br' }),
      await ask({ headers: { host: '127.0.0.1:3000' } }),
      await ask({ token }),
      await ask({ token, headers: { authorization: 'Bearer errado' } }),
      await ask({ token, from: '10.0.0.7', headers: { authorization: `Bearer ${token}` } }),
    ].map((answer) => answer.statusCode)
    expect(statuses.map((status) => status === 200)).toEqual([false, false, false, false, true, false, false, true])
  })
})
