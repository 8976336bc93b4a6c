// Second factors on the real database: what fails on our side uses nothing up.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCodes, useSecondFactor } from '#soe/factors/actions.ts'
import { connectSoe } from '#soe/tables.ts'
import { seedSoeDemo } from '../../../seeds/demo-soe.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
const KEY = Buffer.alloc(32, 7)
let database: TestDatabase
let soe: ReturnType<typeof connectSoe>
beforeAll(async () => {
  database = await cloneDatabase()
  soe = connectSoe(database.urls.soe)
  await seedSoeDemo(soe.db, NOW)
})
afterAll(async () => {
  await soe.close()
  await database.drop()
})
const owner = async (text: string) => (await database.owner.pool.query(text)).rows

test('a recovery code whose use could not be audited can be used again, and then no more', async () => {
  const [owned] = await owner(`select id, institution_id from soe.account where cpf = '11144477735'`)
  const person = { accountId: owned.id, institutionId: owned.institution_id, now: NOW }
  const [typed = ''] = await newCodes(soe.db, person)
  const use = () => useSecondFactor(soe.db, { ...person, key: KEY, typed })
  await owner(`alter table soe.audit add constraint failing check (event <> 'recovery-code-used') not valid`)
  await expect(use()).rejects.toThrow('failing')
  await owner('alter table soe.audit drop constraint failing')
  expect([await use(), await use()]).toEqual(['recovery', undefined])
})
