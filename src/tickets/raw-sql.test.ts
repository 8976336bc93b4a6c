// What each database role may not do to tickets, their parts, drafts and journal even by raw SQL, whatever the program does.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db, Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { moveTicket } from '#tickets/actions/move-ticket.ts'
import type { Move } from '#tickets/rules/moves.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Cast, castOf, newTicket, visitAs } from '../../tests/support/tickets.ts'

const T0 = new Date('2026-11-02T12:00:00.000Z')
let database: TestDatabase
let cast: Cast
/** A ticket of the operator's institution in each status, and one of the stranger's. */
const ids = { new: 0, processing: 0, pending: 0, solved: 0, closed: 0, foreign: 0 }
type Side = 'web' | 'staff' | 'worker'

beforeAll(async () => {
  database = await cloneDatabase()
  cast = await castOf(database)
  for (const status of Object.keys(ids) as (keyof typeof ids)[]) {
    ids[status] = await newTicket(database, status === 'foreign' ? cast.stranger : cast.operator, T0)
  }
  const ask: Move = { verb: 'ask', waitingTypeId: 1, waitingReason: 'Falta', body: 'Envie.' }
  const solve: Move = {
    verb: 'solve',
    outcome: 'granted',
    body: 'O boletim 4821/2026 confere com o registro da placa.',
  }
  await act(cast.analyst, ids.processing, { verb: 'take' })
  await act(cast.analyst, ids.pending, ask)
  await act(cast.analyst, ids.solved, solve)
  await act(cast.analyst, ids.closed, solve)
  await act(cast.operator, ids.closed, { verb: 'approve' })
})
afterAll(() => database?.drop())

const dbOf = (side: Side): Db => database[side].db
async function act(actor: Actor, id: number, move: Move): Promise<void> {
  const db = dbOf(actor.side === 'staff' ? 'staff' : 'web')
  expect(await visitAs(db, actor, (tx) => moveTicket({ tx, actor, now: T0 }, id, move))).toMatchObject({ ok: true })
}

/** Runs statements as a role, in the context of its person, and rolls back; answers the code of the error or 'done'. */
async function raw(side: Side, ...statements: string[]): Promise<string> {
  const run = async (tx: Tx) => {
    for (const statement of statements) await sql.raw(statement).execute(tx)
    await sql`set constraints all immediate`.execute(tx)
    throw Object.assign(new Error('back'), { code: 'done' })
  }
  const actor = side === 'staff' ? cast.analyst : cast.operator
  const work = side === 'worker' ? dbOf(side).transaction().execute(run) : visitAs(dbOf(side), actor, run)
  return await work.then(
    () => 'committed',
    (error: { code?: string }) => error.code ?? String(error),
  )
}

const COLUMNS: Readonly<Record<string, string>> = {
  new: 'due_at = null, waiting_type_id = null, waiting_reason = null, solved_at = null, closed_at = null',
  processing: 'due_at = null, waiting_type_id = null, waiting_reason = null, solved_at = null, closed_at = null',
  pending: `due_at = '2026-12-01', waiting_type_id = 1, waiting_reason = 'x', solved_at = null, closed_at = null`,
  solved: `due_at = '2026-12-01', waiting_type_id = null, waiting_reason = null, solved_at = '2026-11-20', closed_at = null`,
  closed: `due_at = null, waiting_type_id = null, waiting_reason = null, solved_at = '2026-11-20', closed_at = '2026-11-20'`,
}
const moved = (from: keyof typeof ids, to: string, assignee = '') =>
  `update eprod.ticket set status = '${to}', version = version + 1, updated_at = '2026-11-20', ${COLUMNS[to]}${assignee} where id = ${ids[from]}`

interface Told {
  readonly id: number
  readonly thing?: string
  readonly event?: string
  readonly facts?: Readonly<Record<string, unknown>>
  /** SQL; absent: who acts. */
  readonly actor?: string
  readonly institution?: number
  readonly at?: string
}
const entry = (told: Told) =>
  `insert into eprod.journal_entry (thing, thing_id, institution_id, actor_id, event, at, public_part)
   values ('${told.thing ?? 'ticket'}', '${told.id}', ${told.institution ?? cast.operator.institutionId},
           ${told.actor ?? 'eprod.context_person()'}, '${told.event ?? 'follow-up'}', '${told.at ?? '2026-11-20'}',
           '${JSON.stringify(told.facts ?? {})}')`
const followUp = (id: number, given: Readonly<Record<string, string>> = {}) => {
  const columns = {
    ...{ ticket_id: `${id}`, institution_id: `${cast.operator.institutionId}`, kind: `'follow-up'` },
    ...{ author_id: 'eprod.context_person()', body: `'x'`, created_at: 'now()', ...given },
  }
  return insert('follow_up', columns)
}
const insert = (table: string, columns: Readonly<Record<string, string>>) =>
  `insert into eprod.${table} (${Object.keys(columns).join(', ')}) values (${Object.values(columns).join(', ')})`

const STATUSES = ['new', 'processing', 'pending', 'solved', 'closed'] as const
/** The moves of each part that these tickets, assigned ones but the new, can make; all others of the 25 are refused. */
const PARTS: Readonly<Record<Side, readonly string[]>> = {
  web: ['new>new', 'processing>processing', 'pending>processing', 'solved>processing', 'solved>closed'],
  staff: [
    ...['new>new', 'new>processing', 'new>pending', 'new>solved'],
    ...['processing>processing', 'processing>new', 'processing>pending', 'processing>solved'],
    ...['pending>pending', 'pending>solved', 'solved>solved'],
  ],
  worker: ['pending>solved', 'solved>closed'],
}
const REFUSED = ['EP003', '23514']

describe.each(['web', 'staff', 'worker'] as const)('the role %s', (side) => {
  const clock = side === 'worker' ? { event: 'lapse', actor: 'null' } : {}

  test('moves tickets only as its own part of the life cycle does', async () => {
    const done: Record<string, string> = {}
    for (const from of STATUSES) {
      for (const to of STATUSES) {
        const assignee = to === 'new' ? 'null' : cast.analyst.personId
        const move = moved(from, to, side === 'staff' ? `, assignee_id = ${assignee}` : '')
        const code = await raw(side, move, entry({ id: ids[from], facts: { from, to }, ...clock }))
        if (!REFUSED.includes(code)) done[`${from}>${to}`] = code
      }
    }
    expect(done).toEqual(Object.fromEntries(PARTS[side].map((move) => [move, 'done'])))
  })

  test('changes no ticket without its entry in the journal', async () => {
    expect(await raw(side, side === 'worker' ? moved('solved', 'closed') : moved('new', 'new'))).toBe('EP001')
  })

  test('nor with an entry that tells of no change: a reminder, a virus found', async () => {
    const state = side === 'worker' ? 'solved' : 'new'
    const told = { id: ids[state], actor: 'null', facts: { from: state, to: state } }
    for (const event of ['remind', 'infected']) await database.owner.pool.query(entry({ ...told, event }))
    expect(await raw(side, side === 'worker' ? moved('solved', 'closed') : moved('new', 'new'))).toBe('EP001')
  })

  test('tells in the journal only what is so', async () => {
    const same = { from: 'processing', to: 'processing' }
    const foreign = cast.stranger.institutionId
    const lies: Readonly<Record<string, Told>> = {
      'another status': { id: ids.processing, facts: { from: 'processing', to: 'solved' } },
      'another status before': { id: ids.processing, facts: { from: 'pending', to: 'processing' } },
      'a closed ticket': { id: ids.closed, facts: { from: 'closed', to: 'closed' } },
      'a closed ticket without a status': { id: ids.closed },
      'a note on a closed ticket': { id: ids.closed, thing: 'ticket-note' },
      'a ticket of another institution': { id: ids.foreign, facts: { from: 'new', to: 'new' } },
      'a ticket under another institution': { id: ids.processing, facts: same, institution: foreign },
      'a reading of what is not there': { id: 999_999, thing: 'ticket-reading' },
      'another person': { id: ids.processing, facts: same, actor: `${cast.secondAnalyst.personId}` },
      'a sign-in': { id: 1, thing: 'session', event: 'sign-in' },
      'an event of another part': { id: ids.processing, facts: same, event: side === 'staff' ? 'approve' : 'take' },
    }
    for (const [name, told] of Object.entries(lies)) {
      expect(['EP001', 'EP003', '42501'], name).toContain(await raw(side, entry({ ...clock, ...told })))
    }
    expect(await raw(side, entry({ id: ids.processing, facts: same, ...clock }))).toBe('done')
  })

  test('truncates nothing', async () => {
    for (const table of ['ticket', 'follow_up', 'attachment', 'journal_entry', 'draft', 'person']) {
      expect(await raw(side, `truncate eprod.${table} cascade`)).toBe('42501')
    }
  })
})

describe('the clock', () => {
  test('does not fire before the due instant, and says only that nobody answered', async () => {
    const early = moved('solved', 'closed').replace(`updated_at = '2026-11-20'`, `updated_at = '2026-11-11'`)
    expect(await raw('worker', early)).toBe('EP003')
    expect(await raw('worker', followUp(ids.processing, { author_id: `${cast.operator.personId}` }))).toBe('42501')
    expect(await raw('worker', followUp(ids.processing, { author_id: 'null' }))).toBe('42501')
  })
})

describe('the staff’s role', () => {
  test('writes under its own name and only what staff write', async () => {
    expect(await raw('staff', followUp(ids.processing))).toBe('done')
    expect(await raw('staff', followUp(ids.processing, { author_id: `${cast.secondAnalyst.personId}` }))).toBe('42501')
    expect(await raw('staff', followUp(ids.solved, { kind: `'approval'` }))).toBe('42501')
    expect(await raw('staff', followUp(ids.solved, { kind: `'refusal'` }))).toBe('42501')
  })

  test('assigns to staff alone', async () => {
    const given = moved('processing', 'processing', `, assignee_id = ${cast.operator.personId}`)
    expect(await raw('staff', given)).toBe('EP003')
  })

  test('sees no file that an institution has not sent yet', async () => {
    const file = {
      ...{
        institution_id: `${cast.operator.institutionId}`,
        ticket_id: `${ids.processing}`,
        document: `'x'`,
        name: `'x'`,
      },
      ...{ size: '1', sha256: `sha256('x')`, media_type: `'application/pdf'`, uploaded_at: 'now()' },
    }
    const seen = async () => {
      const { rows } = await visitAs(database.staff.db, cast.analyst, (tx) =>
        sql`select id from eprod.attachment`.execute(tx),
      )
      return rows.length
    }
    await sql
      .raw(insert('attachment', { ...file, uploaded_by: `${cast.operator.personId}` }))
      .execute(database.owner.db)
    expect(await seen()).toBe(0)
    await visitAs(database.staff.db, cast.analyst, (tx) =>
      sql.raw(insert('attachment', { ...file, uploaded_by: `${cast.analyst.personId}` })).execute(tx),
    )
    expect(await seen()).toBe(1)
    expect(await raw('staff', insert('attachment', { ...file, uploaded_by: `${cast.secondAnalyst.personId}` }))).toBe(
      '42501',
    )
  })
})
