// Everybody at the same instant, and clocks that disagree: one wins and the others are told so, nobody waits for a reminder.
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { tasksOf } from '#app/worker.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { DAY_MS } from '#shared/kit/dates.ts'
import { fireDeadlines, remindOfDeadlines } from '#tickets/actions/fire-deadlines.ts'
import { moveTicket } from '#tickets/actions/move-ticket.ts'
import { ticketFacts, timeline } from '#tickets/reads/ticket-page.ts'
import type { Move } from '#tickets/rules/moves.ts'
import { insertReminders, lockTicket } from '#tickets/store.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { race } from '../../tests/support/race.ts'
import { type Cast, castOf, newTicket, visitAs } from '../../tests/support/tickets.ts'

let database: TestDatabase
let cast: Cast
const NOW = new Date()
const later = (days: number, seconds = 0) => new Date(NOW.getTime() + days * DAY_MS + seconds * 1000)

beforeAll(async () => {
  database = await cloneDatabase()
  cast = await castOf(database)
})
afterAll(() => database?.drop())
afterEach(() => void vi.useRealTimers())

const act = (actor: Actor, id: number, move: Move, now: Date) =>
  visitAs(actor.side === 'staff' ? database.staff.db : database.web.db, actor, (tx) =>
    moveTicket({ tx, actor, now }, id, move),
  )
async function pending(now: Date): Promise<number> {
  const id = await newTicket(database, cast.operator, now)
  const { rows } = await sql<{ id: number }>`select min(id) as id from eprod.waiting_type`.execute(database.owner.db)
  await act(cast.analyst, id, { verb: 'ask', waitingTypeId: rows[0]?.id, waitingReason: 'x', body: 'Envie.' }, now)
  return id
}
async function solved(now: Date): Promise<number> {
  const id = await newTicket(database, cast.operator, now)
  const body = 'O boletim 4821/2026 confere com o registro da placa; o bloqueio foi levantado hoje.'
  await act(cast.analyst, id, { verb: 'solve', outcome: 'granted', body }, now)
  return id
}
/** Past every guard, as nobody can but a test. */
async function asSuperuser(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.urls.admin })
  await client.connect()
  await client.query(`set session_replication_role = replica; ${statement}`)
  await client.end()
}
const factsOf = (id: number) => visitAs(database.staff.db, cast.analyst, (tx) => ticketFacts(tx, id))
const eventsOf = async (id: number) =>
  (await visitAs(database.staff.db, cast.analyst, (tx) => timeline(tx, id))).map(({ event }) => event)
const versionOf = async (id: number): Promise<number> =>
  (await database.owner.pool.query('select version from eprod.ticket where id = $1', [id])).rows[0].version

describe('approve, refuse, answer and the clock at the same instant', () => {
  it.each([
    ['solved', solved, 10, ['approve', 'refuse', 'clock']],
    ['pending', pending, 7, ['answer', 'clock']],
  ] as const)(
    'on a ticket that is %s: exactly one wins, the others are refused',
    async (status, make, days, winners) => {
      const dbs = { web: database.web.db, worker: database.worker.db }
      for (let round = 0; round < 8; round += 1) {
        const id = await make(NOW)
        const [version, events] = [await versionOf(id), await eventsOf(id)]
        const won = await race({ id, status, person: cast.operator, due: later(days) }, dbs)
        expect(won).toHaveLength(1)
        expect(winners).toContain(won[0])
        expect(await versionOf(id)).toBe(version + 1)
        expect(await eventsOf(id)).toHaveLength(events.length + 1)
      }
    },
  )
})

describe('from the due instant on', () => {
  it.each([
    ['answer', pending, 7, 'processing'],
    ['refuse', solved, 10, 'processing'],
    ['approve', solved, 10, 'closed'],
  ] as const)(
    'an %s counts until the instant and not from it on, however late the clock comes',
    async (verb, make, days, next) => {
      const move = { verb, body: 'Segue a resposta da instituição.' }
      const inTime = await make(NOW)
      await act(cast.operator, inTime, move, later(days, -1))
      expect((await factsOf(inTime)).status).toBe(next)
      const late = await make(NOW)
      for (const seconds of [0, 1, 3600])
        await expect(act(cast.operator, late, move, later(days, seconds))).rejects.toMatchObject({
          code: 'deadline-over',
        })
      expect(await fireDeadlines(database.worker.db, later(days, 3601))).toBe(1)
      expect(await eventsOf(late)).toContain(verb === 'answer' ? 'lapse' : 'expire')
    },
  )

  it('and staff cannot put it off once it has come, but still note and assign', async () => {
    const id = await pending(NOW)
    const ask: Move = { verb: 'ask', waitingTypeId: 1, waitingReason: 'x', body: 'Envie outra vez.' }
    for (const move of [
      ask,
      {
        verb: 'solve',
        outcome: 'granted',
        body: 'O boletim 4821/2026 confere com o registro da placa; o bloqueio foi levantado hoje.',
      } as const,
    ])
      await expect(act(cast.analyst, id, move, later(7))).rejects.toMatchObject({ code: 'deadline-over' })
    await act(cast.analyst, id, { verb: 'note', body: 'Ligaram hoje.' }, later(7))
    await act(cast.secondAnalyst, id, { verb: 'take' }, later(7))
    expect(await fireDeadlines(database.worker.db, later(7, 1))).toBe(1)
  })
})

describe('a reminder', () => {
  it('goes out while somebody holds the ticket, and holds none itself', async () => {
    const id = await pending(NOW)
    await visitAs(database.web.db, cast.operator, async (tx) => {
      await lockTicket(tx, id)
      expect(await remindOfDeadlines(database.worker.db, later(4))).toBe(1)
    })
    const other = await pending(NOW)
    await database.worker.db.transaction().execute(async (tx) => {
      const reminded = await insertReminders(tx, later(4), { days: [3, 1], most: 10 })
      expect(reminded.map(({ ticketId }) => ticketId)).toEqual([other])
      await visitAs(database.web.db, cast.operator, async (answering) => {
        await sql`set local lock_timeout = '1s'`.execute(answering)
        expect(await lockTicket(answering, other)).toMatchObject({ id: other })
      })
    })
    expect(await eventsOf(id)).toContain('remind')
  })

  it('is not sent for what was answered while the worker was about to', async () => {
    const id = await pending(NOW)
    await visitAs(database.web.db, cast.operator, async (tx) => {
      await moveTicket({ tx, actor: cast.operator, now: later(4) }, id, { verb: 'answer', body: 'Segue.' })
      // The answer has its place in the chain and is not committed yet: the ticket is passed over, nobody waits.
      await remindOfDeadlines(database.worker.db, later(4))
    })
    await remindOfDeadlines(database.worker.db, later(4))
    expect(await eventsOf(id)).not.toContain('remind')
  })
})

it('a ticket that cannot be fired holds up no other', async () => {
  const { db, pool } = database.worker
  const [bad, good] = [await pending(NOW), await pending(NOW)]
  // No request: what the clock would have to tell of it is missing. Only a superuser past the guards can make it so.
  await asSuperuser(`delete from eprod.follow_up where ticket_id = ${bad}`)
  const sweep = tasksOf({ db, pool, now: () => later(8) } as Parameters<typeof tasksOf>[0])['tickets.sweep-deadlines']
  await expect(sweep?.({}, {} as never)).rejects.toThrow('no request')
  expect([(await factsOf(bad)).status, (await factsOf(good)).status]).toEqual(['pending', 'solved'])
  await asSuperuser(
    `update eprod.ticket set due_at = null, status = 'processing', waiting_type_id = null, waiting_reason = null where id = ${bad}`,
  )
})

describe('a worker on a machine whose clock is wrong', () => {
  it('goes by the database’s: it fires nothing early and nothing late', async () => {
    const { db, pool } = database.worker
    const sweep = tasksOf({ db, pool } as Parameters<typeof tasksOf>[0])['tickets.sweep-deadlines']
    const [due, ahead] = [await pending(new Date(Date.now() - 7 * DAY_MS)), await pending(new Date())]
    for (const wrong of [-30, 30]) {
      vi.useFakeTimers({ toFake: ['Date'], now: later(wrong) })
      await sweep?.({}, {} as never)
      expect([(await factsOf(due)).status, (await factsOf(ahead)).status]).toEqual(['solved', 'pending'])
    }
  })
})
