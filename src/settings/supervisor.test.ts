// Deadlines are a supervisor's to change too (product, section 1), and nothing else of the settings.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Administrator, addSpan, changeDeadlines, changeSessionLimits, changeSpan } from '#settings/actions.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Cast, castOf, visitAs } from '../../tests/support/tickets.ts'

let database: TestDatabase
let cast: Cast
beforeAll(async () => {
  database = await cloneDatabase()
  cast = await castOf(database)
  await sql`update eprod.session set classes = '{902}' where id = ${cast.secondAnalyst.sessionId}`.execute(
    database.owner.db,
  )
})
afterAll(() => database.drop())

async function asSupervisor<T>(work: (by: Administrator) => Promise<T>): Promise<T> {
  const actor = { ...cast.secondAnalyst, classes: [902] }
  return await visitAs(database.staff.db, actor, async (tx) => {
    await sql`select set_config('eprod.session', ${String(actor.sessionId)}, true)`.execute(tx)
    return await work({ tx, actor, now: new Date() })
  })
}

test('days, the working-day rule and the calendar', async () => {
  const given = { pendingDays: '8', solvedDays: '10', workingDays: true }
  expect(await asSupervisor((by) => changeDeadlines(by, given))).toEqual({ ok: true, value: null })
  const day = { kind: 'optional', firstDay: '2027-03-17', lastDay: '', name: 'Dia', source: 'Portaria 2' }
  expect(await asSupervisor((by) => addSpan(by, day))).toEqual({ ok: true, value: null })
})

test('no day is a day off twice, whoever adds or corrects it at the same instant', async () => {
  const span = (firstDay: string, lastDay: string, name: string) => ({
    kind: 'optional',
    firstDay,
    lastDay,
    name,
    source: 'Portaria 3',
  })
  const added = await Promise.all([
    asSupervisor((by) => addSpan(by, span('2028-05-01', '2028-05-03', 'a'))),
    asSupervisor((by) => addSpan(by, span('2028-05-03', '2028-05-04', 'b'))),
  ])
  expect(added.map((one) => one.ok).sort()).toEqual([false, true])
  for (const day of ['2028-06-01', '2028-06-02']) await asSupervisor((by) => addSpan(by, span(day, '', day)))
  const { rows } = await sql<{
    id: number
  }>`select id from eprod.calendar_day where first_day between '2028-06-01' and '2028-06-02'`.execute(database.owner.db)
  const corrected = await Promise.all(
    rows.map(({ id }) => asSupervisor((by) => changeSpan(by, id, span('2028-06-20', '', 'c')))),
  )
  expect(corrected.map((one) => one.ok).sort()).toEqual([false, true])
})

test('not how long sessions last, nor by SQL', async () => {
  const limits = { minutes: '15', hours: '8' }
  await expect(asSupervisor((by) => changeSessionLimits(by, limits))).rejects.toThrow('needs-staff-class')
  const raw = asSupervisor(({ tx }) =>
    sql`insert into eprod.setting (key, value) values ('idleSeconds', '9')`.execute(tx),
  )
  await expect(raw).rejects.toMatchObject({ code: '42501' })
})
