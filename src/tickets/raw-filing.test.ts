// What the institutions' role may not file, lay by or name even by raw SQL; keys of posts; and what the numbers of entries tell.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chainOf } from '#journal/reads.ts'
import { firstBroken } from '#journal/rules.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { Refusal } from '#shared/refusals.ts'
import { moveTicket } from '#tickets/actions/move-ticket.ts'
import { timeline } from '#tickets/reads/ticket-page.ts'
import type { Move } from '#tickets/rules/moves.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Cast, castOf, newTicket, visitAs } from '../../tests/support/tickets.ts'

const T0 = new Date('2026-11-02T12:00:00.000Z')
let database: TestDatabase
let cast: Cast
/** Tickets and what else of the operator's institution and the stranger's. */
const own = { ticket: 0, draft: '' }
const foreign = { ticket: 0, draft: '', team: 0 }

beforeAll(async () => {
  database = await cloneDatabase()
  cast = await castOf(database)
  own.ticket = await newTicket(database, cast.operator, T0)
  foreign.ticket = await newTicket(database, cast.stranger, T0)
  const owner = async (statement: string) =>
    (await sql.raw<{ id: never }>(statement).execute(database.owner.db)).rows[0]!.id
  const draftOf = (actor: Actor) =>
    owner(`insert into eprod.draft (institution_id, person_id, form_version_id, created_at, updated_at)
           select ${actor.institutionId}, ${actor.personId}, max(id), now(), now() from eprod.form_version returning id`)
  own.draft = await draftOf(cast.operator)
  foreign.draft = await draftOf(cast.stranger)
  foreign.team = await owner(
    `insert into eprod.team (institution_id, name) values (${cast.stranger.institutionId}, 'Grupo alheio') returning id`,
  )
  await owner(
    `insert into eprod.form_version (form_id, number, definition) select max(id), 99, '{}' from eprod.form returning id`,
  )
})
afterAll(() => database?.drop())

const act = (actor: Actor, id: number, move: Move, now = T0) =>
  visitAs(actor.side === 'staff' ? database.staff.db : database.web.db, actor, (tx) =>
    moveTicket({ tx, actor, now }, id, move),
  )
const look = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) =>
  visitAs(actor.side === 'staff' ? database.staff.db : database.web.db, actor, work)

/** Runs one statement as the operator and rolls back; answers the error's code or 'done'. */
async function raw(statement: string, actor = cast.operator): Promise<string> {
  const work = look(actor, async (tx) => {
    await sql.raw(statement).execute(tx)
    throw Object.assign(new Error('back'), { code: 'done' })
  })
  return await work.then(
    () => 'committed',
    (error: { code?: string }) => error.code ?? String(error),
  )
}

/** An insert of the usual columns, some of them given otherwise. */
function insert(table: string, usual: Readonly<Record<string, string>>) {
  return (given: Readonly<Record<string, string>> = {}) => {
    const columns = { institution_id: 'eprod.context_institution()', ...usual, ...given }
    return `insert into eprod.${table} (${Object.keys(columns).join(', ')}) select ${Object.values(columns).join(', ')}`
  }
}
const VERSION = `(select id from eprod.form_version where status = 'published' limit 1)`
const ticket = insert('ticket', {
  ...{ subject: `'x'`, form_version_id: VERSION, case_code: `'01'`, answers: `'{}'`, plate: `'ABC1D23'` },
  ...{ requester_id: 'eprod.context_person()', opened_at: `'2026-11-02'`, updated_at: `'2026-11-02'` },
})
const draft = insert('draft', {
  ...{ person_id: 'eprod.context_person()', form_version_id: VERSION, created_at: 'now()', updated_at: 'now()' },
})
const file = insert('attachment', {
  ...{ document: `'x'`, name: `'x'`, size: '1', sha256: `sha256('x')`, media_type: `'application/pdf'` },
  ...{ uploaded_by: 'eprod.context_person()', uploaded_at: 'now()' },
})

describe('the institutions’ role', () => {
  test('files only in its person’s name, at one instant, with what is there for it', async () => {
    expect(await raw(ticket())).toBe('done')
    expect(await raw(ticket({ requester_id: `${cast.colleague.personId}` }))).toBe('42501')
    expect(await raw(ticket({ institution_id: `${cast.stranger.institutionId}` }))).toBe('42501')
    expect(await raw(ticket({ opened_at: `'2020-01-01'` }))).toBe('EP003')
    expect(await raw(ticket({ copied_from: `${own.ticket}` }))).toBe('done')
    for (const column of ['status', 'version', 'assignee_id', 'category', 'due_at', 'closed_at']) {
      expect(await raw(ticket({ [column]: 'null' })), column).toBe('42501')
    }
  })

  test('cannot tell what another institution has from what is not there at all', async () => {
    for (const id of [foreign.ticket, 999_999]) {
      expect(await raw(ticket({ copied_from: `${id}` }))).toBe('EP003')
      expect(await raw(draft({ copied_from: `${id}` }))).toBe('EP003')
      expect(await raw(`update eprod.draft set filed_as = ${id} where id = '${own.draft}'`)).toBe('EP003')
      expect(await raw(file({ ticket_id: `${id}` }))).toBe('EP003')
    }
    for (const id of [foreign.team, 999_999]) {
      expect(await raw(ticket({ team_id: `${id}` }))).toBe('EP003')
      const observer = insert('ticket_observer', { ticket_id: `${own.ticket}`, team_id: `${id}` })
      expect(await raw(observer())).toBe('EP003')
    }
    for (const id of [foreign.draft, '00000000-0000-4000-8000-000000000000']) {
      expect(await raw(file({ draft_id: `'${id}'` }))).toBe('EP003')
    }
  })

  test('uses no version of a form that is not published', async () => {
    const unpublished = `(select max(id) + 1 from eprod.form_version)`
    expect(await raw(ticket({ form_version_id: unpublished }))).toBe('EP003')
    expect(await raw(draft({ form_version_id: unpublished }))).toBe('EP003')
    expect(await raw(`update eprod.draft set form_version_id = ${unpublished} where id = '${own.draft}'`)).toBe('EP003')
  })

  test('drafts and lays files by only in its person’s name', async () => {
    expect(await raw(draft())).toBe('done')
    expect(await raw(draft({ person_id: `${cast.colleague.personId}` }))).toBe('42501')
    expect(await raw(draft({ filed_as: `${own.ticket}` }))).toBe('42501')
    expect(await raw(file({ draft_id: `'${own.draft}'` }))).toBe('done')
    expect(await raw(file({ draft_id: `'${own.draft}'`, uploaded_by: `${cast.colleague.personId}` }))).toBe('42501')
  })

  test('leaves a filed draft as it was filed', async () => {
    const { rows } = await sql<{ id: string }>`
      update eprod.draft set filed_as = ${own.ticket} where id = ${own.draft} returning id`.execute(database.owner.db)
    expect(await raw(`update eprod.draft set filed_as = null where id = '${rows[0]?.id}'`)).toBe('EP003')
    expect(await raw(`update eprod.draft set answers = '{}' where id = '${rows[0]?.id}'`)).toBe('EP003')
    expect(await raw(`delete from eprod.draft where id = '${rows[0]?.id}'`)).toBe('EP003')
  })

  test('gives a file to no follow-up of another ticket', async () => {
    const second = await newTicket(database, cast.operator, T0)
    await act(cast.operator, second, { verb: 'follow-up', body: 'Segue.' })
    const elsewhere = `(select id from eprod.follow_up where ticket_id = ${second})`
    const given = { ticket_id: `${own.ticket}`, n: '1', follow_up_id: elsewhere }
    expect(await raw(file(given))).toBe('EP003')
    expect(await raw(file({ ...given, ticket_id: `${second}` }))).toBe('done')
  })

  test('reads no address of anybody, and adds no job', async () => {
    expect(await raw('select email from eprod.person')).toBe('42501')
    expect(await raw('select name from eprod.person')).toBe('done')
    expect(await raw(`select eprod.enqueue_deadline(${own.ticket})`)).toBe('42501')
    expect(await raw(`select graphile_worker.add_job('house.sweep-leftovers')`)).toBe('42501')
  })
})

test('a deadline’s job runs at the ticket’s own due instant, and a ticket without one has none', async () => {
  const id = await newTicket(database, cast.operator, T0)
  expect(await raw(`select eprod.enqueue_deadline(${id})`, cast.analyst)).toBe('EP003')
  await act(cast.analyst, id, { verb: 'ask', waitingTypeId: 1, waitingReason: 'Falta', body: 'Envie.' })
  const { rows } =
    await sql`select run_at from graphile_worker.jobs where key = ${`tickets.fire-deadline:${id}`}`.execute(
      database.worker.db,
    )
  expect(rows).toEqual([{ run_at: new Date('2026-11-09T12:00:00.000Z') }])
})

test('not even the owner empties what tells of tickets', async () => {
  for (const table of ['ticket', 'follow_up', 'attachment', 'ticket_observer', 'requested_document', 'form_version']) {
    const emptied = sql.raw(`truncate eprod.${table} cascade`).execute(database.owner.db)
    await expect(emptied, table).rejects.toMatchObject({ code: expect.stringMatching(/^EP00[123]$/) })
  }
})

describe('the key of a post', () => {
  const requestKey = '0d1f3c52-6d0e-4f53-9d0a-1f5f5a0f9b11'
  const again = async (actor: Actor, id: number, move: Move) => {
    try {
      const moved = await act(actor, id, move)
      return moved.ok && moved.value.again
    } catch (error) {
      return error instanceof Refusal ? error.code : error
    }
  }

  test('is its author’s: a colleague’s post under the same key is written', async () => {
    const id = await newTicket(database, cast.operator, T0)
    const move: Move = { verb: 'follow-up', body: 'Segue o contrato.', requestKey }
    expect(await again(cast.operator, id, move)).toBe(false)
    expect(await again(cast.colleague, id, move)).toBe(false)
    expect(await again(cast.operator, id, move)).toBe(true)
    expect(await look(cast.operator, (tx) => timeline(tx, id))).toHaveLength(3)
  })

  test('does not swallow another text', async () => {
    const id = await newTicket(database, cast.operator, T0)
    expect(await again(cast.operator, id, { verb: 'follow-up', body: 'Um texto.', requestKey })).toBe(false)
    const other: Move = { verb: 'follow-up', body: 'Outro texto.', requestKey }
    expect(await again(cast.operator, id, other)).toBe('changed-meanwhile')
  })

  test('lets its own author through after the move has closed the ticket, and nobody else', async () => {
    const id = await newTicket(database, cast.operator, T0)
    const body = 'O boletim 4821/2026 confere com o registro da placa; bloqueio levantado.'
    await act(cast.analyst, id, { verb: 'solve', outcome: 'granted', body })
    const approve: Move = { verb: 'approve', requestKey }
    expect(await again(cast.operator, id, approve)).toBe(false)
    expect(await again(cast.operator, id, approve)).toBe(true)
    expect(await again({ ...cast.colleague, classes: [122] }, id, approve)).toBe('needs-include-class')
    expect(await again(cast.colleague, id, approve)).toBe('closed-stays-closed')
  })
})

test('no gap in the numbers an institution sees tells of a note or of the staff’s reading', async () => {
  const id = await newTicket(database, cast.operator, T0)
  for (const body of ['Conferir com o jurídico.', 'Conferido.']) await act(cast.analyst, id, { verb: 'note', body })
  await act(cast.operator, id, { verb: 'follow-up', body: 'Há novidade?' })
  const seen = await look(cast.operator, (tx) =>
    sql`select thing, seq from eprod.journal_entry where thing_id = ${String(id)} order by thing, seq`.execute(tx),
  )
  expect(seen.rows).toEqual([
    { thing: 'ticket', seq: 1 },
    { thing: 'ticket', seq: 2 },
  ])
  const staffSees = (await look(cast.analyst, (tx) => timeline(tx, id))).map((row) => row.event)
  expect(staffSees).toEqual(['follow-up', 'note', 'note', 'open'])
})

test('no entry is older than the one before it, whatever the clocks of two processes say', async () => {
  const id = await newTicket(database, cast.operator, T0)
  const late = new Date(T0.getTime() + 60_000)
  await act(cast.operator, id, { verb: 'follow-up', body: 'Depois.' }, late)
  await act(cast.colleague, id, { verb: 'follow-up', body: 'Antes.' }, new Date(late.getTime() - 5))
  const rows = await look(cast.operator, (tx) => timeline(tx, id))
  expect(rows.map((row) => row.at)).toEqual([late, late, T0])
  const chain = await database.owner.db.transaction().execute((tx) => chainOf(tx, 'ticket', id))
  expect(firstBroken(chain)).toBeUndefined()
})
