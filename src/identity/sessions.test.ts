// Sessions in the database: what ends them besides leaving, and which role may open them.
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '#identity/store.ts'
import type { Connection, Db } from '#shared/db/connect.ts'
import { ticketFacts } from '#tickets/reads/ticket-page.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Cast, castOf, newTicket, visitAs } from '../../tests/support/tickets.ts'

const NOW = new Date('2026-11-02T12:00:00.000Z')
const BANK = '11222333000181'
const OTHER_BANK = '22333444000181'
const DETRAN = '03847655000198'

let database: TestDatabase
let cast: Cast
beforeAll(async () => {
  database = await cloneDatabase()
  cast = await castOf(database)
})
afterAll(() => database?.drop())

const CPF = '15350946056'

async function signIn(cnpj: string, given: { cpf?: string; db?: Db } = {}) {
  const tokenHash = randomBytes(32)
  const signedIn = await openSession(given.db ?? database.entry.db, {
    person: {
      cpf: given.cpf ?? CPF,
      name: 'Pessoa da Prova',
      email: 'p@example.com',
      institution: { cnpj, name: `Casa ${cnpj}` },
      classes: cnpj === DETRAN ? [901] : [122, 151],
    },
    tokenHash,
    idToken: undefined,
    providerSession: undefined,
    idleSeconds: 1800,
    absoluteSeconds: 43_200,
    now: NOW,
  })
  return { ...signedIn, tokenHash }
}

async function opens(session: { tokenHash: Buffer; side: string }): Promise<boolean> {
  const db = session.side === 'staff' ? database.staff.db : database.web.db
  const { rows } = await sql`select person_id from eprod.open_visit(${session.tokenHash}, ${NOW})`.execute(db)
  return rows.length > 0
}

describe('a session', () => {
  test('ends when its person signs in for another institution, and the tickets of before keep their requester', async () => {
    const before = await signIn(BANK)
    const second = await signIn(BANK)
    const person = { ...cast.operator, personId: before.personId, institutionId: before.institutionId }
    const ticketId = await newTicket(database, person, NOW)
    expect([await opens(before), await opens(second)]).toEqual([true, true])
    const after = await signIn(OTHER_BANK)
    expect(after.institutionId).not.toBe(before.institutionId)
    expect([await opens(before), await opens(second), await opens(after)]).toEqual([false, false, true])
    const facts = await visitAs(database.web.db, cast.colleague, (tx) => ticketFacts(tx, ticketId))
    expect(facts.requester).toBe('Pessoa da Prova')
    const { rows } = await visitAs(database.web.db, { ...person, ...after }, (tx) =>
      sql`select id from eprod.ticket`.execute(tx),
    )
    expect(rows).toEqual([])
  })

  test('ends when its person changes to the DETRAN, and comes back to life with nothing', async () => {
    const bank = await signIn(BANK)
    const detran = await signIn(DETRAN)
    expect(detran.side).toBe('staff')
    expect([await opens(bank), await opens(detran)]).toEqual([false, true])
    const back = await signIn(BANK)
    expect([await opens(bank), await opens(detran), await opens(back)]).toEqual([false, false, true])
    expect(back.personId).toBe(bank.personId)
  })

  test('opens nothing once its institution stands on the other side', async () => {
    const session = await signIn('33444555000181', { cpf: '39053344705' })
    expect(await opens(session)).toBe(true)
    await sql`update eprod.institution set side = 'staff' where cnpj = '33444555000181'`.execute(database.owner.db)
    expect(await opens(session)).toBe(false)
    expect(await opens({ ...session, side: 'staff' })).toBe(false)
  })

  test('is recorded when it is opened', async () => {
    const { sessionId, personId, institutionId } = await signIn(BANK)
    const { rows } = await sql`
      select event, actor_id, institution_id, at from eprod.journal_entry where thing = 'session' and thing_id = ${String(sessionId)}`.execute(
      database.owner.db,
    )
    expect(rows).toEqual([{ event: 'sign-in', actor_id: personId, institution_id: institutionId, at: NOW }])
  })
})

describe('signing in', () => {
  test.each(['web', 'staff', 'worker', 'soe'] as const)('is not for the role of %s', async (role) => {
    const connection: Connection = database[role]
    await expect(signIn(BANK, { db: connection.db })).rejects.toMatchObject({ code: '42501' })
    for (const call of [sql`select eprod.side_of('')`, sql`select eprod.sign_out('x'::bytea, now())`]) {
      await expect(call.execute(connection.db)).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('is all its own role can do', async () => {
    for (const statement of [
      'select eprod.open_visit(sha256($$x$$), now())',
      'select id from eprod.ticket',
      'select id from eprod.person',
      'select id from eprod.session',
      'select id from eprod.kept_post',
      'select id from soe.account',
      `insert into eprod.journal_entry (thing, thing_id, event, at, public_part) values ('session', '1', 'x', now(), '{}')`,
    ]) {
      await expect(sql.raw(statement).execute(database.entry.db), statement).rejects.toMatchObject({ code: '42501' })
    }
  })
})
