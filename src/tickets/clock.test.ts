// The clock on the real database: once each whatever runs twice, reminders, working days, the dry run, one hash for both paths.
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addSpan, changeDeadlines, changeSpan, removeSpan } from '#settings/actions.ts'
import type { Db, Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { DAY_MS } from '#shared/kit/dates.ts'
import { Refusal } from '#shared/refusals.ts'
import { fireDeadline, fireDeadlines, remindOfDeadlines } from '#tickets/actions/fire-deadlines.ts'
import { moveTicket } from '#tickets/actions/move-ticket.ts'
import { clockPlan } from '#tickets/reads/clock-plan.ts'
import { ticketFacts, timeline } from '#tickets/reads/ticket-page.ts'
import type { Move } from '#tickets/rules/moves.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Cast, castOf, newTicket, visitAs } from '../../tests/support/tickets.ts'

let database: TestDatabase
let cast: Cast
let worker: Db
// A Monday, 09:00 in São Paulo.
const T0 = new Date('2026-11-09T12:00:00.000Z')
const later = (days: number, seconds = 0) => new Date(T0.getTime() + days * DAY_MS + seconds * 1000)
const SOLUTION = 'O boletim 4821/2026 confere com o registro da placa; o bloqueio foi levantado hoje.'

beforeAll(async () => {
  database = await cloneDatabase()
  cast = await castOf(database)
  worker = database.worker.db
})
afterAll(() => database?.drop())
// What earlier tests left waiting is none of the next one's business.
beforeEach(() => fireDeadlines(worker, later(400)).then(() => fireDeadlines(worker, later(800))))

const act = (actor: Actor, id: number, move: Move, now = T0) =>
  visitAs(actor.side === 'staff' ? database.staff.db : database.web.db, actor, (tx) =>
    moveTicket({ tx, actor, now }, id, move),
  )
const look = <T>(work: (tx: Tx) => Promise<T>) => visitAs(database.staff.db, cast.analyst, work)
const events = async (id: number) => (await look((tx) => timeline(tx, id))).map((row) => row.event)
const factsNow = (id: number) => look((tx) => ticketFacts(tx, id))
async function pending(now = T0): Promise<number> {
  const id = await newTicket(database, cast.operator, now)
  const { rows } = await sql<{ id: number }>`select min(id) as id from eprod.waiting_type`.execute(database.owner.db)
  await act(cast.analyst, id, { verb: 'ask', waitingTypeId: rows[0]?.id, waitingReason: 'x', body: 'Envie.' }, now)
  return id
}
async function solved(now = T0): Promise<number> {
  const id = await newTicket(database, cast.operator, now)
  await act(cast.analyst, id, { verb: 'solve', outcome: 'granted', body: SOLUTION }, now)
  return id
}
/** A visit whose session holds the class of an administrator, as policies ask the database. */
async function asAdministrator<T>(work: (by: { tx: Tx; actor: Actor; now: Date }) => Promise<T>, now = T0): Promise<T> {
  await sql`update eprod.session set classes = '{904}' where id = ${cast.secondAnalyst.sessionId}`.execute(
    database.owner.db,
  )
  const actor = { ...cast.secondAnalyst, classes: [904] }
  return await visitAs(database.staff.db, actor, async (tx) => {
    await sql`select set_config('eprod.session', ${String(actor.sessionId)}, true)`.execute(tx)
    return await work({ tx, actor, now })
  })
}

describe('each deadline fires once', () => {
  it('whether two workers sweep, or sweep and the ticket’s own job meet', async () => {
    const ids = [await pending(), await solved(), await pending(), await solved()]
    const at = later(10)
    const runs = [
      fireDeadlines(worker, at),
      fireDeadlines(worker, at),
      ...ids.map((id) => fireDeadline(worker, id, at)),
    ]
    await Promise.all(runs)
    await fireDeadlines(worker, at)
    for (const id of ids) {
      const clock = (await events(id)).filter((event) => event === 'lapse' || event === 'expire')
      expect(clock).toHaveLength(1)
    }
  })

  it('not a second early, by sweep and by job, for both deadlines', async () => {
    for (const [make, days, after] of [
      [pending, 7, 'solved'],
      [solved, 10, 'closed'],
    ] as const) {
      const id = await make()
      expect(await fireDeadlines(worker, later(days, -1))).toBe(0)
      expect(await fireDeadline(worker, id, later(days, -1))).toBe(false)
      expect(await fireDeadlines(worker, later(days))).toBe(1)
      expect(await fireDeadlines(worker, later(days, 1))).toBe(0)
      expect((await factsNow(id)).status).toBe(after)
    }
  })

  it('with the same hash whether many are fired at once or one by one', async () => {
    for (const [make, days] of [
      [pending, 7],
      [solved, 10],
    ] as const) {
      const id = await make()
      const hash = async (tx: Tx) => {
        const { rows } = await sql<{ hash: Buffer; thing: string }>`select hash from eprod.journal_entry
          where thing = 'ticket' and thing_id = ${String(id)} order by seq desc limit 1`.execute(tx)
        return rows[0]?.hash.toString('hex')
      }
      const { rows: before } = await sql<{ n: number }>`select max(id)::int as n from eprod.follow_up`.execute(
        database.owner.db,
      )
      expect(await fireDeadlines(worker, later(days))).toBe(1)
      const many = await look(hash)
      const one = await undone(
        before[0]?.n ?? 0,
        async () => {
          await fireDeadline(worker, id, later(days))
          return await look(hash)
        },
        id,
      )
      expect(one).toBe(many)
    }
  })

  /** Takes the clock's last step back, as nobody can but a test, and does it another way. */
  async function undone<T>(lastFollowUp: number, work: () => Promise<T>, id: number): Promise<T> {
    const client = new pg.Client({ connectionString: database.urls.admin })
    await client.connect()
    await client.query('set session_replication_role = replica')
    await client.query(
      `delete from eprod.journal_entry where thing = 'ticket' and thing_id = $1 and event in ('lapse', 'expire')`,
      [String(id)],
    )
    await client.query('delete from eprod.follow_up where id > $1', [lastFollowUp])
    await client.query(`select setval(pg_get_serial_sequence('eprod.follow_up', 'id'), $1)`, [lastFollowUp])
    await client.query(
      `update eprod.ticket set version = version - 1, status = case status when 'closed' then 'solved' else 'pending' end, closed_at = null,
         due_at = coalesce((select f.due_at from eprod.follow_up f where f.ticket_id = $1 and f.due_at is not null order by f.id desc limit 1), due_at),
         solved_at = case status when 'closed' then solved_at end,
         waiting_type_id = case status when 'solved' then (select min(id) from eprod.waiting_type) end,
         waiting_reason = case status when 'solved' then 'x' end where id = $1`,
      [id],
    )
    await client.end()
    return await work()
  }
})

describe('reminders', () => {
  it('go out three days and one day before the end, once each, whoever runs twice', async () => {
    const id = await pending()
    const remind = async (at: Date) => {
      const sent = await Promise.all([remindOfDeadlines(worker, at), remindOfDeadlines(worker, at)])
      return sent[0] + sent[1]
    }
    expect(await remind(later(4, -1))).toBe(0)
    expect(await remind(later(4))).toBe(1)
    expect(await remind(later(5))).toBe(0)
    expect(await remind(later(6))).toBe(1)
    expect(await remind(later(7, -1))).toBe(0)
    expect((await events(id)).filter((event) => event === 'remind')).toHaveLength(2)
  })

  it('skip the earlier one when the worker was down past it, and any after the answer', async () => {
    const id = await pending()
    const answered = await pending()
    await act(cast.operator, answered, { verb: 'answer', body: 'Segue.' }, later(1))
    expect(await remindOfDeadlines(worker, later(6, 60))).toBe(1)
    expect((await events(id)).filter((event) => event === 'remind')).toHaveLength(1)
    expect(await events(answered)).not.toContain('remind')
  })

  it('begin anew when the analyst asks again', async () => {
    const id = await pending()
    await remindOfDeadlines(worker, later(4))
    const { rows } = await sql<{ id: number }>`select min(id) as id from eprod.waiting_type`.execute(database.owner.db)
    await act(
      cast.analyst,
      id,
      { verb: 'ask', waitingTypeId: rows[0]?.id, waitingReason: 'y', body: 'De novo.' },
      later(5),
    )
    expect(await remindOfDeadlines(worker, later(9))).toBe(1)
  })
})

describe('the dry run', () => {
  it('lists what then happens, and writes nothing', async () => {
    const asked = await pending()
    const done = await solved()
    const plan = () => look((tx) => clockPlan(tx, { now: T0, until: later(7), most: 50 }))
    const { planned } = await plan()
    expect(planned.map((one) => [one.ticketId, one.event, one.days, one.at.getTime()])).toEqual([
      [asked, 'remind', 3, later(4).getTime()],
      [asked, 'remind', 1, later(6).getTime()],
      ...[
        [asked, 'lapse', undefined, later(7).getTime()],
        [done, 'remind', 3, later(7).getTime()],
      ],
    ])
    expect(planned.find((one) => one.event === 'lapse')?.due).toEqual(later(17))
    expect((await plan()).planned).toEqual(planned)
    await fireDeadlines(worker, later(7))
    expect((await factsNow(asked)).dueAt).toEqual(later(17))
  })
})

describe('the working-day rule', () => {
  it('holds for deadlines that begin after it was switched on, and is the administrator’s alone', async () => {
    const before = await solved(later(0))
    const given = { pendingDays: '7', solvedDays: '10', workingDays: true }
    const analyst = visitAs(database.staff.db, cast.analyst, (tx) =>
      changeDeadlines({ tx, actor: cast.analyst, now: T0 }, given),
    )
    await expect(analyst).rejects.toThrow(Refusal)
    const raw = visitAs(database.staff.db, cast.analyst, (tx) =>
      sql`insert into eprod.setting (key, value) values ('pendingDays', '90')`.execute(tx),
    )
    await expect(raw).rejects.toMatchObject({ code: '42501' })
    expect(await asAdministrator((by) => changeDeadlines(by, given))).toMatchObject({ ok: true })
    // Ten days from Wednesday the 11th end on Saturday the 21st; Friday the 20th before it is a holiday too.
    const after = await solved(later(2))
    expect((await factsNow(before)).dueAt).toEqual(later(10))
    expect((await factsNow(after)).dueAt).toEqual(later(14))
    const day = {
      kind: 'optional',
      firstDay: '2026-11-23',
      lastDay: '',
      name: 'Ponto facultativo',
      source: 'Portaria 1',
    }
    await asAdministrator((by) => addSpan(by, day))
    expect((await factsNow(await solved(later(2)))).dueAt).toEqual(later(15))
    expect((await factsNow(after)).dueAt).toEqual(later(14))
    const { rows } = await sql<{ id: number }>`select id from eprod.calendar_day where source = 'Portaria 1'`.execute(
      database.owner.db,
    )
    await asAdministrator((by) => removeSpan(by, rows[0]?.id ?? 0))
    await asAdministrator((by) => changeDeadlines(by, { ...given, workingDays: false }))
    expect((await factsNow(await solved(later(2)))).dueAt).toEqual(later(12))
  })

  it('corrects days in place, themselves and their kind too, and adds no day a second time', async () => {
    const day = { kind: 'holiday', firstDay: '2026-12-04', lastDay: '', name: 'Véspera', source: 'Decreto 1' }
    await asAdministrator((by) => addSpan(by, day))
    expect(await asAdministrator((by) => addSpan(by, { ...day, kind: 'optional' }))).toMatchObject({
      problems: [{ field: 'de', code: 'days-there', with: { name: 'Véspera' } }],
    })
    const rowsNow = async () => {
      const { rows } = await sql<{ id: number; kind: string; day: string; source: string }>`
        select id, kind, first_day::text as day, source from eprod.calendar_day where name = 'Véspera'`.execute(
        database.owner.db,
      )
      return rows
    }
    const [{ id } = { id: 0 }] = await rowsNow()
    const other = { ...day, kind: 'optional', firstDay: '2026-12-03', source: 'Decreto 2' }
    expect(await asAdministrator((by) => changeSpan(by, id, other))).toMatchObject({ ok: true })
    expect(await rowsNow()).toEqual([{ id, kind: 'optional', day: '2026-12-03', source: 'Decreto 2' }])
    const { rows } = await sql`
      select event, public_part->'before' as before from eprod.journal_entry
       where thing_id = 'calendar' and public_part->>'name' = 'Véspera' order by id`.execute(database.owner.db)
    expect(rows).toEqual([
      { event: 'add-days', before: null },
      { event: 'change-days', before: { ...day, lastDay: '2026-12-04' } },
    ])
    await asAdministrator((by) => removeSpan(by, id))
    await expect(asAdministrator((by) => changeSpan(by, id, other))).rejects.toMatchObject({
      code: 'changed-meanwhile',
    })
    await asAdministrator((by) => addSpan(by, day))
    const raw = visitAs(database.staff.db, cast.analyst, (tx) =>
      sql`update eprod.calendar_day set name = 'x' where first_day = '2026-12-04' returning id`.execute(tx),
    )
    expect((await raw).rows).toEqual([])
  })

  it('says what is wrong with days and spans', async () => {
    const wrong = await asAdministrator((by) =>
      changeDeadlines(by, { pendingDays: '0', solvedDays: 'x', workingDays: false }),
    )
    expect(wrong).toMatchObject({ problems: [{ field: 'pendente' }, { field: 'solucionado' }] })
    const span = { kind: '', firstDay: '2026-02-30', lastDay: '2026-01-01', name: '', source: '' }
    const spans = await asAdministrator((by) => addSpan(by, span))
    expect(spans.ok || spans.problems.map((one) => one.field)).toEqual(['tipo', 'de', 'nome', 'fonte'])
  })
})
