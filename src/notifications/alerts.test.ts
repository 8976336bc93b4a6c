// Alerts of kept searches on the real database: who is told, when, once; each counted as its own person would.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { checkAlerts } from '#notifications/alerts.ts'
import { bellLines } from '#notifications/reads.ts'
import { putChoice } from '#notifications/store.ts'
import { keepSearch } from '#searches/actions.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { moveTicket } from '#tickets/actions/move-ticket.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Cast, castOf, newTicket, visitAs } from '../../tests/support/tickets.ts'

let database: TestDatabase
let cast: Cast
let now = new Date()
const place = { url: 'https://eprod.example.com', key: Buffer.alloc(32, 3) }
const ALL = 'status=novo'

beforeAll(async () => {
  database = await cloneDatabase()
  cast = await castOf(database)
})
afterAll(() => database?.drop())
beforeEach(async () => {
  for (const table of ['mail.letter', 'eprod.notification', 'eprod.saved_search', 'eprod.mail_choice'])
    await sql.raw(`delete from ${table}`).execute(database.owner.db)
})

const dbOf = (actor: Actor) => (actor.side === 'staff' ? database.staff.db : database.web.db)
let keys = 0
const keep = (actor: Actor, above: string, given: { query?: string; byMail?: boolean; sharing?: string } = {}) =>
  visitAs(dbOf(actor), actor, async (tx) => {
    const { query = ALL, byMail = true, sharing = 'privada' } = given
    keys += 1
    const key = `00000000-0000-4000-8000-${String(keys).padStart(12, '0')}`
    const kept = await keepSearch(
      { tx, actor, now },
      { name: 'Novos', sharing, query, key },
      { start: false, above, byMail },
    )
    expect(kept.ok).toBe(true)
  })

/** Some minutes later the worker counts, twice, since jobs may run twice. */
async function later(): Promise<void> {
  now = new Date(now.getTime() + 6 * 60_000)
  const doors = { db: database.worker.db, sides: { institution: database.web.db, staff: database.staff.db }, place }
  await checkAlerts(doors, now)
  await checkAlerts(doors, now)
}
const open = () => newTicket(database, cast.operator, new Date())
const take = (id: number) =>
  visitAs(database.staff.db, cast.analyst, (tx) =>
    moveTicket({ tx, actor: cast.analyst, now: new Date() }, id, { verb: 'take' }),
  )
async function told(actor: Actor): Promise<(number | undefined)[]> {
  const lines = await visitAs(dbOf(actor), actor, (tx) => bellLines(tx, actor.personId, { most: 50 }))
  return lines.map((line) => ('amount' in line ? line.amount : undefined)).filter(Boolean)
}
const letters = async () =>
  (
    await sql<{
      to: string
      text: string
    }>`select recipient as "to", text_part as text from mail.letter order by id`.execute(database.owner.db)
  ).rows

it('comes once when the number is passed, by bell and mail, and again only after it was below', async () => {
  const start = await waiting()
  await keep(cast.operator, String(start))
  await later()
  expect(await told(cast.operator)).toEqual([])
  const id = await open()
  await later()
  await later()
  expect(await told(cast.operator)).toEqual([start + 1])
  const [letter, ...more] = await letters()
  expect(more).toEqual([])
  expect(letter).toMatchObject({ to: 'operator@example.com' })
  expect(letter?.text).toContain('“Novos”')
  expect(letter?.text).toMatch(/https:\/\/eprod\.example\.com\/chamados\?pesquisa=\d+/)
  await take(id)
  await later()
  await open()
  await later()
  expect(await told(cast.operator)).toEqual([start + 1, start + 1])
  expect(await letters()).toHaveLength(2)
})

it('counts for each person what that person may see', async () => {
  await open()
  await keep(cast.stranger, '0')
  await keep(cast.colleague, '0', { byMail: false })
  await keep(cast.analyst, '0')
  await later()
  expect(await told(cast.stranger)).toEqual([])
  expect(await told(cast.colleague)).toEqual([await waiting()])
  expect(await told(cast.analyst)).toEqual([await waiting()])
  expect((await letters()).map((one) => one.to)).toEqual(['analyst@example.com'])
})

it('respects who wants no mail at all, and tells nobody of a search they may no longer open', async () => {
  await open()
  await visitAs(database.web.db, cast.operator, (tx) =>
    putChoice(tx, cast.operator, { scope: 'none', digest: false, lang: 'pt-BR', at: now }),
  )
  await keep(cast.operator, '0', { sharing: 'instituicao' })
  await sql`insert into eprod.search_alert (search_id, person_id, above, by_mail)
    select id, ${cast.colleague.personId}, 0, true from eprod.saved_search`.execute(database.owner.db)
  await sql`update eprod.saved_search set shared = 'private'`.execute(database.owner.db)
  await later()
  expect(await told(cast.operator)).toEqual([await waiting()])
  expect(await told(cast.colleague)).toEqual([])
  expect(await letters()).toEqual([])
})

it('of a search whose words nobody understands any more tells nothing and breaks no other', async () => {
  await open()
  await keep(cast.operator, '0', { query: 'r1.campo=form.perdida&r1.op=e&r1.valor=1' })
  await keep(cast.operator, '0')
  await later()
  expect(await told(cast.operator)).toHaveLength(1)
})

/** New tickets there are. */
async function waiting(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from eprod.ticket where status = 'new'`.execute(
    database.owner.db,
  )
  return rows[0]?.n ?? 0
}
