// The instants of tickets, words and entries are of now, whatever a role of pages says by raw SQL; and no setting of a role's
// own keeps others from hearing of an entry.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moveTicket } from '#tickets/actions/move-ticket.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Cast, castOf, newTicket, visitAs } from '../../tests/support/tickets.ts'

const MINUTE_MS = 60_000
const after = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS)
let database: TestDatabase
let cast: Cast
let ticketId: number

beforeAll(async () => {
  database = await cloneDatabase()
  cast = await castOf(database)
  // As migrated: the template of the tests believes any clock.
  await sql`create or replace function eprod.clock_slack() returns interval
    language sql immutable parallel safe return interval '5 minutes'`.execute(database.owner.db)
  ticketId = await newTicket(database, cast.operator, after(0))
})
afterAll(() => database?.drop())

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  )
const OTHER_TIMES = [-6, 6, -60 * 24 * 30, 60 * 24 * 365] as const

test.each(OTHER_TIMES)('a ticket is not filed %d minutes from now', async (minutes) => {
  expect(await codeOf(newTicket(database, cast.operator, after(minutes)))).toBe('EP004')
})

test.each(OTHER_TIMES)('nobody writes on a ticket %d minutes from now', async (minutes) => {
  for (const actor of [cast.operator, cast.analyst]) {
    const db = actor.side === 'staff' ? database.staff.db : database.web.db
    const move = { verb: 'follow-up', body: 'Fora do tempo.' } as const
    const write = (now: Date) => visitAs(db, actor, (tx) => moveTicket({ tx, actor, now }, ticketId, move))
    expect(await codeOf(write(after(minutes)))).toBe('EP004')
    expect(await codeOf(write(after(0)))).toBe('done')
  }
})

test('an instant of a change or an entry alone is not believed either', async () => {
  const operator = cast.operator
  const raw = (statement: string) => codeOf(visitAs(database.web.db, operator, (tx) => sql.raw(statement).execute(tx)))
  const entry = (at: string) =>
    `insert into eprod.journal_entry (thing, thing_id, institution_id, actor_id, event, at, public_part)
     values ('ticket', ${ticketId}, ${operator.institutionId}, ${operator.personId}, 'follow-up', ${at}, '{}')`
  const change = (at: string) =>
    `update eprod.ticket set version = version + 1, updated_at = ${at} where id = ${ticketId}`
  for (const at of [`now() + interval '1 year'`, `now() - interval '1 hour'`]) {
    expect(await raw(entry(at))).toBe('EP004')
    expect(await raw(change(at))).toBe('EP004')
  }
  expect(await raw(entry('now()'))).toBe('done')
})

test('an entry is announced though its writer says that it maintains', async () => {
  const jobs = async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from graphile_worker.jobs where task_identifier = 'journal.fan-out'`.execute(
      database.worker.db,
    )
    return rows[0]?.n ?? 0
  }
  const before = await jobs()
  const actor = cast.operator
  await visitAs(database.web.db, actor, async (tx) => {
    await sql`select set_config('eprod.maintenance', 'on', true)`.execute(tx)
    await moveTicket({ tx, actor, now: after(0) }, ticketId, { verb: 'follow-up', body: 'Ouçam.' })
  })
  expect(await jobs()).toBe(before + 1)
})
