// Removing files: what is no file of one's own, or no file at all, is passed over.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeFromDraft, removeUnsent } from '#attachments/actions.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { castOf, newTicket, visitAs } from '../../tests/support/tickets.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database?.drop())

const NOBODYS = '00000000-0000-0000-0000-000000000000'

it('passes over a file to remove that is none', async () => {
  const { operator } = await castOf(database)
  const ticketId = await newTicket(database, operator, new Date())
  for (const id of ['x', '__proto__', "'", NOBODYS]) {
    await visitAs(database.web.db, operator, async (tx) => {
      expect(await removeUnsent(tx, { id, ticketId, personId: operator.personId }), id).toBeUndefined()
      expect(await removeFromDraft(tx, NOBODYS, id), id).toBeUndefined()
    })
  }
})
