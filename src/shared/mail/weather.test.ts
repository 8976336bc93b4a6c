// Mail servers in bad weather, each a real one in process: refusing, silent, hanging up after the last dot. A letter is never
// lost, a second copy carries the same Message-ID, and the tries go on for two days.
import { Logger, runOnce } from 'graphile-worker'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { deliver, makePostman, type Postman, SEND_LETTER } from '#shared/mail/postman.ts'
import { postLetter } from '#shared/mail/store.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'
import { type MailServer, startMailServer } from '../../../tests/support/mail-server.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
const ANSWER_MS = 150
const SILENT = new Logger(() => () => {})
let database: TestDatabase
let server: MailServer
let postman: Postman
beforeAll(async () => {
  database = await cloneDatabase()
  server = await startMailServer()
  postman = makePostman({ smtpUrl: server.url, from: 'nao-responda@eprod.example.com', answerMs: ANSWER_MS })
})
afterEach(async () => {
  Object.assign(server, { answer: undefined, afterData: undefined, tarpit: false })
  server.received.length = 0
  await database.owner.pool.query('delete from mail.letter; delete from graphile_worker._private_jobs')
})
afterAll(async () => {
  postman.close()
  await server.close()
  await database.drop()
})

async function post(name = 'aviso-1'): Promise<number> {
  const parts = {
    subject: 'Solução proposta',
    text: 'O bloqueio foi levantado.',
    html: '<p>O bloqueio foi levantado.</p>',
  }
  const letter = { to: 'operador@example.com', messageId: `${name}@eprod.example.com`, ...parts }
  await database.worker.db.transaction().execute((tx) => postLetter(tx, letter, NOW))
  const { rows } = await database.owner.pool.query('select max(id)::int as id from mail.letter')
  return rows[0].id
}
const send = (id: number) => deliver(database.worker.db, { id, way: postman, now: NOW })
const state = async (id: number) =>
  (await database.owner.pool.query('select state, failure from mail.letter where id = $1', [id])).rows[0]
const ids = () => server.received.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1]?.trim())
const SAME = '<aviso-1@eprod.example.com>'

describe('a letter waits and goes out later', () => {
  test.each([421, 450, 451, 452])('when the server says %d to the recipient', async (code) => {
    const id = await post()
    server.answer = code
    await expect(send(id)).rejects.toThrow(String(code))
    server.answer = undefined
    await send(id)
    expect([ids(), (await state(id)).state]).toEqual([[SAME], 'sent'])
  })

  test('when the server says 451 after the last dot, under the same Message-ID', async () => {
    const id = await post()
    server.afterData = 451
    await expect(send(id)).rejects.toThrow('451')
    server.afterData = undefined
    await send(id)
    expect([ids(), (await state(id)).state]).toEqual([[SAME, SAME], 'sent'])
  })

  test.each(['hang-up', 'silent'] as const)(
    'when the last dot gets no answer (%s): a copy at most, of the same Message-ID',
    async (how) => {
      const id = await post()
      server.afterData = how
      await expect(send(id)).rejects.toThrow()
      expect((await state(id)).state).toBe('waiting')
      expect(ids()).toEqual([SAME])
      server.afterData = undefined
      await send(id)
      expect([ids(), (await state(id)).state]).toEqual([[SAME, SAME], 'sent'])
    },
  )

  test('when the server keeps it waiting for an answer, which ends by itself and holds up no other', async () => {
    const id = await post()
    server.tarpit = true
    await expect(send(id)).rejects.toThrow()
    expect((await state(id)).state).toBe('waiting')
    server.tarpit = false
    const other = await post('aviso-2')
    await send(other)
    await send(id)
    expect(ids()).toEqual(['<aviso-2@eprod.example.com>', SAME])
  })
})

describe('a letter is refused for good', () => {
  test.each<[string, Partial<MailServer>]>([
    ['its recipient', { answer: 550 }],
    ['its content, after the last dot', { afterData: 554 }],
  ])('when the server says 5xx to %s; an administrator has it sent again', async (_what, mood) => {
    const id = await post()
    Object.assign(server, mood)
    await send(id)
    await send(id)
    expect(await state(id)).toMatchObject({ state: 'failed', failure: expect.stringMatching(/55[04]/) })
    Object.assign(server, { answer: undefined, afterData: undefined })
    await database.owner.pool.query(`update mail.letter set state = 'waiting', done_at = null, failure = null`)
    await send(id)
    expect((await state(id)).state).toBe('sent')
    expect(new Set(ids())).toEqual(new Set([SAME]))
  })
})

test('the tries go on for about two days, farther and farther apart, and then the letter lies with what failed', async () => {
  await post()
  server.answer = 450
  const taskList = { [SEND_LETTER]: async (payload: unknown) => await send((payload as { id: number }).id) }
  const waits: number[] = []
  for (let tried = 0; ; ) {
    await runOnce({ pgPool: database.worker.pool, taskList, noHandleSignals: true, logger: SILENT })
    const { rows } = await database.owner.pool.query(`
      select extract(epoch from run_at - now())::float8 / 3600 as hours, attempts, attempts >= max_attempts as over
        from graphile_worker.jobs where locked_at is null`)
    if (rows[0]?.over) break
    // The failure is noted a moment after the run.
    if (!rows[0] || rows[0].attempts === tried) continue
    tried = rows[0].attempts
    waits.push(rows[0].hours)
    await database.owner.pool.query(`update graphile_worker._private_jobs set run_at = now()`)
  }
  expect(waits).toEqual(waits.toSorted((one, other) => Math.round(one) - Math.round(other)))
  const hours = waits.reduce((sum, one) => sum + one, 0)
  expect(hours).toBeGreaterThan(40)
  expect(hours).toBeLessThanOrEqual(48)
})
