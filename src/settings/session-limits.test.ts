// How long sessions last: the administrator's, within bounds, recorded, for who signs in afterwards.
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSession } from '#identity/store.ts'
import { changeSessionLimits } from '#settings/actions.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Cast, castOf, visitAs } from '../../tests/support/tickets.ts'

const NOW = new Date('2026-11-02T12:00:00.000Z')
let database: TestDatabase
let cast: Cast
let administrator: Actor
beforeAll(async () => {
  database = await cloneDatabase()
  cast = await castOf(database)
  administrator = { ...cast.secondAnalyst, classes: [904] }
  await owner(`update eprod.session set classes = '{904}' where id = ${administrator.sessionId}`)
})
afterAll(() => database?.drop())
const owner = async (text: string) => (await database.owner.pool.query(text)).rows
const change = (actor: Actor, minutes: string, hours: string) =>
  visitAs(database.staff.db, actor, async (tx) => {
    await sql`select set_config('eprod.session', ${String(actor.sessionId)}, true)`.execute(tx)
    return await changeSessionLimits({ tx, actor, now: NOW }, { minutes, hours })
  })
async function limits(): Promise<unknown> {
  const { sessionId } = await openSession(database.entry.db, {
    person: {
      cpf: '15350946056',
      name: 'Pessoa da Prova',
      email: 'p@example.com',
      institution: { cnpj: '11222333000181', name: 'Banco' },
      classes: [122],
    },
    tokenHash: randomBytes(32),
    idToken: undefined,
    providerSession: undefined,
    idleSeconds: 1800,
    absoluteSeconds: 43_200,
    now: NOW,
  })
  const [row] = await owner(`select idle_seconds as idle, extract(epoch from ends_at - created_at)::int as whole
    from eprod.session where id = ${sessionId}`)
  return row
}

test('are 30 minutes and 12 hours until an administrator changes them, for sessions that begin afterwards', async () => {
  expect(await limits()).toEqual({ idle: 1800, whole: 43_200 })
  expect(await change(administrator, '15', '8')).toEqual({ ok: true, value: null })
  expect(await limits()).toEqual({ idle: 900, whole: 28_800 })
  const entries = await owner(
    `select thing_id from eprod.journal_entry where event = 'change-setting' order by thing_id`,
  )
  expect(entries.map((one) => one.thing_id)).toEqual(['absoluteSeconds', 'idleSeconds'])
})

test.each([
  ['4', '8', 'minutos'],
  ['241', '8', 'minutos'],
  ['x', '8', 'minutos'],
  ['30', '0', 'horas'],
  ['30', '25', 'horas'],
  ['30', '1.5', 'horas'],
])('%j minutes and %j hours are refused at %s', async (minutes, hours, field) => {
  expect(await change(administrator, minutes, hours)).toMatchObject({ ok: false, problems: [{ field }] })
})

test('are nobody else’s', async () => {
  await expect(change(cast.analyst, '15', '8')).rejects.toThrow('needs-staff-class')
})
