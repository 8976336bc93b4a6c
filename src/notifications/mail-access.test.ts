// Mail behind the walls of access: who has lost it is told nothing, and who changes what goes by mail stands in the journal.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { endTold } from '#identity/store.ts'
import { FAN_OUT, fanOut } from '#notifications/actions.ts'
import { followLink, putChoice } from '#notifications/store.ts'
import { moveTicket } from '#tickets/actions/move-ticket.ts'
import { ticketFacts } from '#tickets/reads/ticket-page.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Cast, castOf, newTicket, visitAs } from '../../tests/support/tickets.ts'

let database: TestDatabase
let cast: Cast
const place = { url: 'https://eprod.example.com', key: Buffer.alloc(32, 3) }
beforeAll(async () => {
  database = await cloneDatabase()
  cast = await castOf(database)
  await owner(`update eprod.session s set subject = p.name from eprod.person p where p.id = s.person_id`)
})
afterAll(() => database?.drop())
beforeEach(() => owner('delete from mail.letter; delete from graphile_worker._private_jobs'))

const owner = (statement: string) => sql.raw<Record<string, unknown>>(statement).execute(database.owner.db)
async function recipients(now: Date): Promise<unknown[]> {
  const { rows } = await sql<{ payload: { entries: number[] } }>`
    select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = ${FAN_OUT} order by j.id`.execute(database.owner.db)
  for (const { payload } of rows) await fanOut(database.worker.db, payload.entries, { place, now })
  return (await owner('select recipient from mail.letter order by recipient')).rows.map((row) => row.recipient)
}
const write = (id: number, body: string, now: Date) =>
  visitAs(database.staff.db, cast.analyst, (tx) =>
    moveTicket({ tx, actor: cast.analyst, now }, id, { verb: 'follow-up', body }),
  )
const entries = async () =>
  (
    await owner(`select thing, thing_id, actor_id, event, public_part, private_part from eprod.journal_entry
                  where thing in ('mail-choice', 'mail-address') order by id`)
  ).rows

it('whose access the provider has ended is told nothing, nor asked to confirm an own address, until the next sign-in', async () => {
  const id = await newTicket(database, cast.operator, new Date())
  const choice = { scope: 'all', digest: false, lang: 'pt-BR', at: new Date() } as const
  await visitAs(database.web.db, cast.colleague, (tx) => putChoice(tx, cast.colleague, choice))
  await owner('delete from graphile_worker._private_jobs')
  await write(id, 'Antes.', new Date())
  expect(await recipients(new Date())).toEqual(['colleague@example.com', 'operator@example.com'])

  const now = new Date(Date.now() + 60_000)
  for (const who of [cast.colleague, cast.operator])
    await endTold(database.entry.db, { subject: who.name, providerSession: undefined, issuedAt: now, now })
  await owner('delete from mail.letter; delete from graphile_worker._private_jobs')
  await write(id, 'Depois.', now)
  expect(await recipients(now)).toEqual([])

  await owner(`update eprod.person set seen_at = now() + interval '2 minutes' where name = 'operator'`)
  await owner('delete from graphile_worker._private_jobs')
  await write(id, 'Outra vez.', now)
  expect(await recipients(new Date(now.getTime() + 60_000))).toEqual(['operator@example.com'])
})

it('one session that ends leaves the person told', async () => {
  const id = await newTicket(database, { ...cast.operator, email: 'analyst@example.com' }, new Date())
  await endTold(database.entry.db, {
    subject: cast.stranger.name,
    providerSession: 'one of them',
    issuedAt: new Date(),
    now: new Date(),
  })
  const { rows } = await owner(`select access_ended_at from eprod.person where name = 'stranger'`)
  expect(rows).toEqual([{ access_ended_at: null }])
  expect(id).toBeGreaterThan(0)
})

it('a typed address says that it is not confirmed from the filing on, and when its letters were stopped', async () => {
  const address = 'setor@fora.example.com'
  const id = await newTicket(database, { ...cast.operator, email: 'Setor@Fora.example.com' }, new Date())
  const state = async () => (await visitAs(database.web.db, cast.operator, (tx) => ticketFacts(tx, id))).emailState
  expect(await state()).toBe('unconfirmed')
  const of = { institutionId: cast.operator.institutionId, address }
  await followLink(database.entry.db, { does: 'confirm', ...of }, new Date())
  expect(await state()).toBeNull()
  await followLink(database.entry.db, { does: 'stop', ...of }, new Date())
  expect(await state()).toBe('stopped')
  const own = await newTicket(database, cast.operator, new Date())
  expect((await visitAs(database.web.db, cast.operator, (tx) => ticketFacts(tx, own))).emailState).toBeNull()
})

it('who chose which mail, and what a link changed, stands in the journal; the same choice again does not', async () => {
  const before = (await entries()).length
  const choice = { scope: 'all', digest: true, lang: 'en', at: new Date() } as const
  await visitAs(database.web.db, cast.operator, (tx) => putChoice(tx, cast.operator, choice))
  await visitAs(database.web.db, cast.operator, (tx) => putChoice(tx, cast.operator, choice))
  await followLink(database.entry.db, { does: 'stop', personId: cast.operator.personId }, new Date())
  const told = (await entries()).slice(before)
  expect(told.map(({ event, actor_id, public_part }) => ({ event, actor_id, public_part }))).toEqual([
    { event: 'choose-mail', actor_id: cast.operator.personId, public_part: { after: 'all', digest: true, lang: 'en' } },
    {
      event: 'choose-mail',
      actor_id: null,
      public_part: { before: 'all', after: 'none', digest: true, lang: 'en', link: true },
    },
  ])
  const links = (await entries()).filter(({ thing }) => thing === 'mail-address')
  expect(links.map(({ event, private_part, public_part }) => [event, private_part, public_part])).toEqual([
    ['confirm-address', { address: 'setor@fora.example.com' }, { link: true }],
    ['stop-address', { address: 'setor@fora.example.com' }, { link: true }],
  ])
})
