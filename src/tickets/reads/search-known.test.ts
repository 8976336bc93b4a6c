// Whom a search lets choose from: an institution is told of no one of DETRAN-RS who does not stand on its own tickets.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { searchKnown, withNamed } from '#tickets/reads/search-known.ts'
import { ticketFields } from '#tickets/rules/search-fields.ts'
import { wordsFor } from '#words/words.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'
import { type Crowd, fillWithTickets } from '../../../tests/support/many-tickets.ts'
import { visitAs } from '../../../tests/support/tickets.ts'

let database: TestDatabase
let crowd: Crowd
/** Of DETRAN-RS, by number: on the operator's tickets as assignees, by a follow-up, by a private note alone, and not at all. */
let assigned: string[] = []
let author = ''
let noted = ''

beforeAll(async () => {
  database = await cloneDatabase()
  crowd = await fillWithTickets(database.owner.db, { tickets: 200, institutions: 4 })
  const { rows } = await sql<{ id: string; assigned: boolean }>`
    select p.id::text, exists (select from eprod.ticket t where t.institution_id = ${crowd.operator.institutionId}
                                and t.assignee_id = p.id) as assigned
      from eprod.person p where p.side = 'staff' order by p.id`.execute(database.owner.db)
  assigned = rows.filter((row) => row.assigned).map(({ id }) => id)
  const others = rows.filter((row) => !row.assigned).map(({ id }) => id)
  author = others[0]!
  noted = others[1]!
  for (const [id, kind] of [
    [author, 'follow-up'],
    [noted, 'note'],
  ])
    await sql`insert into eprod.follow_up (ticket_id, institution_id, kind, author_id, body, created_at)
      select min(id), institution_id, ${kind}, ${id}::int, 'Texto', now() from eprod.ticket
       where institution_id = ${crowd.operator.institutionId} and status = 'new' group by 2`.execute(database.owner.db)
})
afterAll(() => database.drop())

it('offers an operator the assignees and authors on the tickets of the institution, and no other name, nor by number', async () => {
  const actor = crowd.operator
  await visitAs(database.web.db, actor, async (tx) => {
    const known = await searchKnown(tx, { actor, lang: 'pt-BR', now: new Date() })
    expect(known.staff.map(({ value }) => value).sort()).toEqual([...assigned, author].sort())
    const fields = ticketFields({
      actor,
      words: wordsFor('pt-BR'),
      lang: 'pt-BR',
      known: { ...known, staff: [], open: new Set(['staff']) },
    })
    const named = await withNamed({ tx, actor }, fields, [
      { link: 'E', field: 'tecnico', operator: 'e', values: [author, noted] },
    ])
    expect(named.get('tecnico')?.choices?.map(({ value }) => value)).toContain(author)
    expect(named.get('tecnico')?.choices?.map(({ value }) => value)).not.toContain(noted)
  })
})

it('offers staff everyone of DETRAN-RS', async () => {
  const actor = crowd.analyst
  const known = await visitAs(database.staff.db, actor, (tx) =>
    searchKnown(tx, { actor, lang: 'pt-BR', now: new Date() }),
  )
  expect(known.staff.map(({ value }) => value)).toContain(noted)
})
