// Tickets on the real database: moves, the guard against raw SQL, both deadlines, the journal's chain, and the walls.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chainOf } from '#journal/reads.ts'
import { firstBroken } from '#journal/rules.ts'
import type { Db, Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { DAY_MS } from '#shared/kit/dates.ts'
import { Refusal } from '#shared/refusals.ts'
import { fireDeadlines } from '#tickets/actions/fire-deadlines.ts'
import { moveTicket } from '#tickets/actions/move-ticket.ts'
import { ticketFacts, timeline } from '#tickets/reads/ticket-page.ts'
import type { Move } from '#tickets/rules/moves.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Cast, castOf, newTicket, visitAs } from '../../tests/support/tickets.ts'

let database: TestDatabase
let cast: Cast
const T0 = new Date('2026-11-02T12:00:00.000Z')
const later = (days: number, seconds = 0) => new Date(T0.getTime() + days * DAY_MS + seconds * 1000)

beforeAll(async () => {
  database = await cloneDatabase()
  cast = await castOf(database)
})
afterAll(() => database?.drop())

const dbOf = (actor: Actor): Db => (actor.side === 'staff' ? database.staff.db : database.web.db)
const act = (actor: Actor, id: number, move: Move, now = T0) =>
  visitAs(dbOf(actor), actor, (tx) => moveTicket({ tx, actor, now }, id, move))
const look = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => visitAs(dbOf(actor), actor, work)
const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof Refusal ? error.code : error
}
const SOLUTION = 'O boletim 4821/2026 confere com o registro da placa; o bloqueio foi levantado hoje.'
const ask = async (id: number, now = T0): Promise<void> => {
  const { rows } = await sql<{ id: number }>`select id from eprod.waiting_type order by position limit 1`.execute(
    database.owner.db,
  )
  const moved = await act(
    cast.analyst,
    id,
    {
      verb: 'ask',
      waitingTypeId: rows[0]?.id,
      waitingReason: 'Falta a procuração',
      body: 'Envie a procuração.',
      documents: [{ document: 'procuracao', fault: 'missing' }],
    },
    now,
  )
  expect(moved.ok).toBe(true)
}
const solve = (id: number, now = T0, actor = cast.analyst) =>
  act(actor, id, { verb: 'solve', outcome: 'granted', body: SOLUTION }, now)
const raw = (statement: string) =>
  sql
    .raw(statement)
    .execute(database.owner.db)
    .then(
      () => 'done',
      (error: { code?: string }) => error.code,
    )

describe('moving a ticket', () => {
  it('makes whoever asks on an unassigned ticket its assignee, with the due instant stored', async () => {
    const id = await newTicket(database, cast.operator, T0)
    await ask(id)
    const facts = await look(cast.operator, (tx) => ticketFacts(tx, id))
    expect(facts).toMatchObject({
      status: 'pending',
      assigneeId: cast.analyst.personId,
      dueAt: later(7),
      waitingReason: 'Falta a procuração',
    })
  })

  it('restarts the seven days when the analyst asks again, not when the analyst writes', async () => {
    const id = await newTicket(database, cast.operator, T0)
    await ask(id)
    await act(cast.analyst, id, { verb: 'follow-up', body: 'Lembrete.' }, later(2))
    expect((await look(cast.analyst, (tx) => ticketFacts(tx, id))).dueAt).toEqual(later(7))
    await ask(id, later(3))
    expect((await look(cast.analyst, (tx) => ticketFacts(tx, id))).dueAt).toEqual(later(10))
  })

  it('returns an answered ticket to Processando with an assignee and to Novo without', async () => {
    for (const [giveBack, status] of [
      [false, 'processing'],
      [true, 'new'],
    ] as const) {
      const id = await newTicket(database, cast.operator, T0)
      await ask(id)
      if (giveBack) await act(cast.analyst, id, { verb: 'give-back' })
      await act(cast.colleague, id, { verb: 'answer', body: 'Segue.' })
      const facts = await look(cast.operator, (tx) => ticketFacts(tx, id))
      expect(facts).toMatchObject({ status, dueAt: null, waitingType: null, waitingReason: null })
    }
  })

  it('writes one approval for the same post sent twice at the same instant', async () => {
    const id = await newTicket(database, cast.operator, T0)
    await solve(id)
    const move: Move = { verb: 'approve', requestKey: '6b0c8f1e-8f0a-4b52-9f5e-0d6c7f3a1b2c' }
    const both = await Promise.all([act(cast.operator, id, move), act(cast.operator, id, move)])
    expect(both.map((one) => one.ok && one.value.again).sort()).toEqual([false, true])
    const rows = await look(cast.operator, (tx) => timeline(tx, id))
    expect(rows.filter((row) => row.kind === 'approval')).toHaveLength(1)
  })

  it('refuses what was decided on an older sight of the ticket', async () => {
    const id = await newTicket(database, cast.operator, T0)
    await solve(id)
    expect(await refusal(act(cast.operator, id, { verb: 'approve', version: 1 }))).toBe('changed-meanwhile')
  })

  it('refuses a template alone as a solution', async () => {
    const id = await newTicket(database, cast.operator, T0)
    const body = 'Não foi possível efetuar o desbloqueio com a documentação apresentada.'
    const moved = await act(cast.analyst, id, { verb: 'solve', outcome: 'denied', body })
    expect(moved).toEqual({
      ok: false,
      problems: [{ field: 'texto', code: 'solution-too-general', with: { least: 40 } }],
    })
  })

  it('keeps a private note from the institution: timeline, history, version and last update', async () => {
    const id = await newTicket(database, cast.operator, T0)
    const before = await look(cast.operator, (tx) => ticketFacts(tx, id))
    await act(cast.analyst, id, { verb: 'note', body: 'Conferir com o setor jurídico.' }, later(1))
    expect(await look(cast.operator, (tx) => ticketFacts(tx, id))).toEqual(before)
    expect((await look(cast.operator, (tx) => timeline(tx, id))).map((row) => row.event)).toEqual(['open'])
    expect((await look(cast.analyst, (tx) => timeline(tx, id))).map((row) => row.event)).toEqual(['note', 'open'])
  })
})

describe('what a move names', () => {
  it('must exist: a waiting type, a document of the form, an assignee of a team', async () => {
    const id = await newTicket(database, cast.operator, T0)
    const asked = { verb: 'ask', waitingReason: 'x', body: 'x' } as const
    const problems = async (actor: Actor, move: Move) => {
      const moved = await act(actor, id, move)
      return moved.ok ? [] : moved.problems.map(({ code }) => code)
    }
    expect(await problems(cast.analyst, { ...asked, waitingTypeId: 987654 })).toEqual(['waiting-type-needed'])
    const documents = [{ document: 'x-y', fault: 'missing' }] as const
    expect(await problems(cast.analyst, { ...asked, waitingTypeId: 1, documents })).toEqual(['document-unknown'])
    const supervisor = { ...cast.analyst, classes: [902] }
    expect(await problems(supervisor, { verb: 'assign', assigneeId: cast.operator.personId })).toEqual([
      'assignee-needed',
    ])
    expect(await problems(supervisor, { verb: 'assign', assigneeId: cast.secondAnalyst.personId })).toEqual([])
  })
})

describe('the guard of the database', () => {
  it('refuses every change of a closed ticket, even by raw SQL of the owner', async () => {
    const id = await newTicket(database, cast.operator, T0)
    await solve(id)
    await act(cast.operator, id, { verb: 'approve' })
    const follow = `insert into eprod.follow_up (ticket_id, institution_id, kind, author_id, body, created_at)
      select id, institution_id, 'follow-up', requester_id, 'x', now() from eprod.ticket where id = ${id}`
    const file = `insert into eprod.attachment (institution_id, ticket_id, document, name, size, sha256, media_type, uploaded_by, uploaded_at)
      select institution_id, id, 'x', 'x', 1, sha256('x'), 'application/pdf', requester_id, now() from eprod.ticket where id = ${id}`
    for (const statement of [
      `update eprod.ticket set status = 'new', closed_at = null, solved_at = null, version = version + 1 where id = ${id}`,
      `update eprod.ticket set assignee_id = null, version = version + 1 where id = ${id}`,
      `update eprod.ticket set answers = '{}', version = version + 1 where id = ${id}`,
      `delete from eprod.ticket where id = ${id}`,
      follow,
      file,
      `update eprod.follow_up set body = 'x' where ticket_id = ${id}`,
      `delete from eprod.follow_up where ticket_id = ${id}`,
    ]) {
      expect(await raw(statement), statement).toBe('EP003')
    }
  })

  it('refuses moves that the life cycle does not have', async () => {
    const id = await newTicket(database, cast.operator, T0)
    expect(
      await raw(
        `update eprod.ticket set status = 'closed', closed_at = now(), solved_at = now(), version = version + 1 where id = ${id}`,
      ),
    ).toBe('EP003')
    expect(await raw(`update eprod.ticket set status = 'processing', version = version + 1 where id = ${id}`)).toBe(
      '23514',
    )
    expect(await raw(`update eprod.ticket set updated_at = now() where id = ${id}`)).toBe('EP003')
  })

  it('refuses the institution’s own role what only staff or the clock may do', async () => {
    const id = await newTicket(database, cast.operator, T0)
    const solved = look(cast.operator, (tx) =>
      sql`update eprod.ticket set status = 'solved', solved_at = now(), due_at = now(), version = version + 1 where id = ${id}`.execute(
        tx,
      ),
    )
    await expect(solved).rejects.toMatchObject({ code: 'EP003' })
    const note = look(cast.operator, (tx) =>
      sql`insert into eprod.follow_up (ticket_id, institution_id, kind, author_id, body, created_at)
        values (${id}, ${cast.operator.institutionId}, 'note', ${cast.operator.personId}, 'x', now())`.execute(tx),
    )
    await expect(note).rejects.toMatchObject({ code: '42501' })
  })
})

describe('the clock', () => {
  it('fires Pendente after seven days and Solucionado after ten, not a second before, and once', async () => {
    const pending = await newTicket(database, cast.operator, T0)
    await ask(pending)
    const statusAt = async (at: Date) => {
      await Promise.all([fireDeadlines(database.worker.db, at), fireDeadlines(database.worker.db, at)])
      return (await look(cast.operator, (tx) => ticketFacts(tx, pending))).status
    }
    expect(await statusAt(later(7, -1))).toBe('pending')
    expect(await statusAt(later(7))).toBe('solved')
    const facts = await look(cast.operator, (tx) => ticketFacts(tx, pending))
    expect(facts.dueAt).toEqual(later(17))
    expect(await statusAt(later(17, -1))).toBe('solved')
    expect(await statusAt(later(17, 1))).toBe('closed')
    const rows = await look(cast.operator, (tx) => timeline(tx, pending))
    expect(rows.map((row) => row.event)).toEqual(['expire', 'lapse', 'ask', 'open'])
    const lapse = rows.find((row) => row.event === 'lapse')
    expect(lapse).toMatchObject({ outcome: 'no-answer', author: null })
    expect(lapse?.body).toContain('Envie a procuração.')
    expect(lapse?.body).toContain('Procuração ou prova de poderes')
    expect(lapse?.body).toContain('09-11-2026 09:00')
  })

  it('lets a solution without answer still be refused', async () => {
    const id = await newTicket(database, cast.operator, T0)
    await ask(id)
    await fireDeadlines(database.worker.db, later(8))
    expect((await act(cast.operator, id, { verb: 'refuse', body: 'Segue o que faltava.' }, later(9))).ok).toBe(true)
  })
})

describe('the journal', () => {
  it('chains every change of a ticket; a planted change is found, an erased private part is not a fault', async () => {
    const id = await newTicket(database, cast.operator, T0)
    await ask(id)
    await act(cast.operator, id, { verb: 'answer', body: 'Segue.' })
    const chain = () => database.owner.db.transaction().execute((tx) => chainOf(tx, 'ticket', id))
    expect(firstBroken(await chain())).toBeUndefined()
    expect(await raw(`update eprod.journal_entry set event = 'approve' where thing_id = '${id}' and seq = 2`)).toBe(
      'EP001',
    )
    expect(
      await raw(`update eprod.journal_entry set private_part = null, salt = null where thing_id = '${id}' and seq = 1`),
    ).toBe('done')
    expect(firstBroken(await chain())).toBeUndefined()
    const planted = (await chain()).map((entry) =>
      entry.seq === 2 ? { ...entry, text: entry.text.replace('ask', 'note') } : entry,
    )
    expect(firstBroken(planted)).toBe(2)
    expect(firstBroken((await chain()).filter((entry) => entry.seq !== 2))).toBe(3)
    // Nor may something be put where a private part was erased.
    expect(firstBroken((await chain()).map((entry) => ({ ...entry, privateText: '{}' })))).toBe(1)
  })
})

describe('the walls', () => {
  it('hide another institution’s ticket, timeline and journal, and stop writing to it', async () => {
    const id = await newTicket(database, cast.operator, T0)
    expect(await refusal(look(cast.stranger, (tx) => ticketFacts(tx, id)))).toBe('not-found')
    expect(await look(cast.stranger, (tx) => timeline(tx, id))).toEqual([])
    expect(await refusal(act(cast.stranger, id, { verb: 'follow-up', body: 'x' }))).toBe('not-found')
    const planted = look(cast.stranger, (tx) =>
      sql`insert into eprod.follow_up (ticket_id, institution_id, kind, author_id, body, created_at)
        values (${id}, ${cast.stranger.institutionId}, 'follow-up', ${cast.stranger.personId}, 'x', now())`.execute(tx),
    )
    await expect(planted).rejects.toMatchObject({ code: 'EP003' })
  })

  it('keep CPFs from the institution’s role', async () => {
    await expect(look(cast.operator, (tx) => sql`select cpf from eprod.person`.execute(tx))).rejects.toMatchObject({
      code: '42501',
    })
  })
})
