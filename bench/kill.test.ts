// A worker that is killed loses nothing and does nothing to a ticket twice; its jobs go on within seconds. With real processes, of what was built.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DAY_MS } from '#shared/kit/dates.ts'
import { moveTicket } from '#tickets/actions/move-ticket.ts'
import type { Move } from '#tickets/rules/moves.ts'
import { cloneDatabase, type TestDatabase } from '../tests/support/database.ts'
import { castOf, newTicket, visitAs } from '../tests/support/tickets.ts'
import { killWorker } from './kill.ts'

let database: TestDatabase
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eprod-kill-'))
  database = await cloneDatabase()
})
afterAll(async () => {
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

const LONG_AGO = new Date(Date.now() - 11 * DAY_MS)
const SOLUTION = 'O boletim 4821/2026 confere com o registro da placa; o bloqueio foi levantado hoje.'

async function overdue(many: number): Promise<number[]> {
  const { analyst, operator } = await castOf(database)
  const { rows } = await sql<{ id: number }>`select min(id) as id from eprod.waiting_type`.execute(database.owner.db)
  const ask: Move = { verb: 'ask', waitingTypeId: rows[0]?.id, waitingReason: 'x', body: 'Envie.' }
  const solve: Move = { verb: 'solve', outcome: 'granted', body: SOLUTION }
  const ids: number[] = []
  for (let n = 0; n < many; n += 1) {
    const id = await newTicket(database, operator, LONG_AGO)
    await visitAs(database.staff.db, analyst, (tx) =>
      moveTicket({ tx, actor: analyst, now: LONG_AGO }, id, n % 2 ? ask : solve),
    )
    ids.push(id)
  }
  return ids
}

it('killed twice in the middle of clock and mail, the worker loses nothing and does nothing twice', async () => {
  const tickets = await overdue(20)
  const place = { urls: database.urls, plain: database.urls.admin, folder }
  const done = await killWorker({ place, tickets, letters: 120, kills: 2, withinMs: 100 })
  expect(done).toMatchObject({ notOnce: 0, untold: 0, lost: 0, unsent: 0, unlike: 0, left: 0, broken: undefined })
  expect(done.inTheMiddle).toBeGreaterThan(0)
  expect(done.letters).toBeGreaterThan(120)
  // At most one of each hand at each kill.
  expect(done.copies).toBeLessThanOrEqual(2 * 4)
}, 120_000)
