// One-time links: good once, for their time, and only the last one sent.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lookAtLink, makeLink, useLink } from '#soe/links/actions.ts'
import { forgetLinks } from '#soe/links/store.ts'
import { connectSoe } from '#soe/tables.ts'
import { seedSoeDemo } from '../../../seeds/demo-soe.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
const hours = (n: number) => new Date(NOW.getTime() + n * 3_600_000)
let database: TestDatabase
let soe: ReturnType<typeof connectSoe>
let accountId: string
beforeAll(async () => {
  database = await cloneDatabase()
  soe = connectSoe(database.urls.soe)
  await seedSoeDemo(soe.db, NOW)
  const { rows } = await database.owner.pool.query(`select id from soe.account where cpf = '11144477735'`)
  accountId = rows[0].id
})
afterAll(async () => {
  await soe.close()
  await database.drop()
})
const make = (purpose: 'invitation' | 'reset' = 'invitation') =>
  soe.db.transaction().execute((tx) => makeLink(tx, { accountId, purpose, by: null }, NOW))
const use = (token: string, now = NOW) => soe.db.transaction().execute((tx) => useLink(tx, token, now))

test('a link is good once', async () => {
  const token = await make()
  expect(await lookAtLink(soe.db, token, NOW)).toEqual({ is: 'good', accountId, purpose: 'invitation' })
  expect(await use(token)).toEqual({ is: 'good', accountId, purpose: 'invitation' })
  expect(await use(token)).toEqual({ is: 'used' })
  expect(await lookAtLink(soe.db, token, hours(100))).toEqual({ is: 'used' })
})

test('of ten uses at the same time one succeeds', async () => {
  const token = await make()
  const states = await Promise.all(Array.from({ length: 10 }, () => use(token)))
  expect(states.filter((state) => state.is === 'good')).toHaveLength(1)
})

test('an invitation holds for three days, a reset for an hour', async () => {
  const invitation = await make()
  const reset = await make('reset')
  expect(await lookAtLink(soe.db, invitation, hours(71.99))).toMatchObject({ is: 'good' })
  expect(await use(invitation, hours(72))).toEqual({ is: 'expired' })
  expect(await lookAtLink(soe.db, reset, hours(0.99))).toMatchObject({ is: 'good' })
  expect(await use(reset, hours(1))).toEqual({ is: 'expired' })
})

test('a later link takes the place of the one before, not of one for another purpose', async () => {
  const [first, reset] = [await make(), await make('reset')]
  const second = await make()
  expect(await use(first)).toEqual({ is: 'replaced' })
  expect(await use(reset)).toMatchObject({ is: 'good' })
  expect(await use(second)).toMatchObject({ is: 'good' })
})

test('of links made at the same time one is in force', async () => {
  const tokens = await Promise.all(Array.from({ length: 6 }, () => make('reset')))
  const states = await Promise.all(tokens.map((token) => lookAtLink(soe.db, token, NOW)))
  expect(states.filter((state) => state.is === 'good')).toHaveLength(1)
})

test.each(['', 'x', 'A'.repeat(43), '../../etc/passwd', "' or 1=1 --"])('%j is no link', async (token) => {
  expect(await use(token)).toEqual({ is: 'wrong' })
})

test('the secret of a link is kept nowhere', async () => {
  const token = await make()
  const { rows } = await database.owner.pool.query('select * from soe.link')
  expect(JSON.stringify(rows)).not.toContain(token)
  expect(JSON.stringify(rows)).not.toContain(Buffer.from(token, 'base64url').toString('hex'))
})

test('links are forgotten after their time, those in force are not', async () => {
  const token = await make()
  await forgetLinks(soe.db, hours(24))
  expect(await lookAtLink(soe.db, token, NOW)).toMatchObject({ is: 'good' })
  await forgetLinks(soe.db, hours(73))
  expect(await lookAtLink(soe.db, token, NOW)).toEqual({ is: 'wrong' })
})
