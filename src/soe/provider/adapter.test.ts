// What the OpenID provider keeps in PostgreSQL, and who may touch it.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stateAdapter } from '#soe/provider/adapter.ts'
import { signingKeys } from '#soe/provider/keys.ts'
import { removeExpired } from '#soe/provider/store.ts'
import { connectSoe } from '#soe/tables.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'

const START = new Date('2026-11-23T12:00:00Z')
const later = (seconds: number) => new Date(START.getTime() + seconds * 1000)
let database: TestDatabase
let soe: ReturnType<typeof connectSoe>
let now = START
beforeAll(async () => {
  database = await cloneDatabase()
  soe = connectSoe(database.urls.soe)
})
afterAll(async () => {
  await soe.close()
  await database.drop()
})
const adapter = (model: string) => stateAdapter(soe.db, () => now)(model)

describe('the adapter', () => {
  test('what was kept is found again, and kept anew it is replaced', async () => {
    const sessions = adapter('Session')
    await sessions.upsert('a', { uid: 'u-a', accountId: 'x' }, 60)
    expect(await sessions.find('a')).toEqual({ uid: 'u-a', accountId: 'x' })
    expect(await sessions.findByUid('u-a')).toEqual({ uid: 'u-a', accountId: 'x' })
    await sessions.upsert('a', { uid: 'u-b', accountId: 'y' }, 60)
    expect(await sessions.findByUid('u-a')).toBeUndefined()
    expect(await sessions.findByUid('u-b')).toEqual({ uid: 'u-b', accountId: 'y' })
  })

  test('one model does not see what another keeps under the same name', async () => {
    await adapter('AccessToken').upsert('same', { jti: 'same' }, 60)
    expect(await adapter('RefreshToken').find('same')).toBeUndefined()
  })

  test('what has expired is not found, and is removed by cleaning; what has not stays', async () => {
    await adapter('Interaction').upsert('short', { jti: 'short' }, 10)
    await adapter('Interaction').upsert('long', { jti: 'long' }, 100)
    now = later(10)
    expect(await adapter('Interaction').find('short')).toBeUndefined()
    await removeExpired(soe.db, later(11))
    const { rows } = await database.owner.pool.query(`select id from soe.provider_state where model = 'Interaction'`)
    expect(rows).toEqual([{ id: 'long' }])
    now = START
  })

  test('a code is consumed once: of two at the same time one is refused', async () => {
    const codes = adapter('AuthorizationCode')
    await codes.upsert('code', { jti: 'code', grantId: 'g' }, 60)
    const results = await Promise.allSettled([codes.consume('code'), codes.consume('code')])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await codes.find('code')).toMatchObject({ consumed: START.getTime() / 1000 })
  })

  test('taking a grant back removes its codes and tokens, no other', async () => {
    await adapter('AccessToken').upsert('of-h', { grantId: 'h' }, 60)
    await adapter('AccessToken').upsert('of-k', { grantId: 'k' }, 60)
    await adapter('AccessToken').revokeByGrantId('h')
    expect(await adapter('AccessToken').find('of-h')).toBeUndefined()
    expect(await adapter('AccessToken').find('of-k')).toBeDefined()
  })

  test('what is destroyed is gone', async () => {
    await adapter('Grant').upsert('gone', { jti: 'gone' })
    await adapter('Grant').destroy('gone')
    expect(await adapter('Grant').find('gone')).toBeUndefined()
  })
})

describe('signing keys', () => {
  const secret = randomBytes(32)
  test('are made once, also by two that start at the same time, and stay', async () => {
    const [one, two] = await Promise.all([signingKeys(soe.db, secret, START), signingKeys(soe.db, secret, START)])
    expect(one).toHaveLength(1)
    expect(two).toEqual(one)
    expect(await signingKeys(soe.db, secret, later(9))).toEqual(one)
    expect(one[0]).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' })
  })

  test('lie sealed in the database, and another secret does not open them', async () => {
    const [key] = await signingKeys(soe.db, secret, START)
    const { rows } = await database.owner.pool.query('select sealed_jwk from soe.signing_key')
    expect(rows[0].sealed_jwk).not.toContain(key!.d)
    await expect(signingKeys(soe.db, randomBytes(32), START)).rejects.toThrow(/does not open the signing keys/)
  })
})

describe('the walls between the two houses', () => {
  const denied = { code: '42501' }
  test.each(['institution', 'person', 'session', 'ticket', 'journal_entry', 'attachment'])(
    'SOE/WEB has no right on eprod.%s',
    async (table) => {
      await expect(database.soe.pool.query(`select from eprod.${table}`)).rejects.toMatchObject(denied)
    },
  )
  test.each(['web', 'staff', 'worker'] as const)('EPROD as %s has no right on anything of SOE/WEB', async (role) => {
    const { rows } = await database.owner.pool.query(`select tablename from pg_tables where schemaname = 'soe'`)
    expect(rows.length).toBeGreaterThan(5)
    for (const { tablename } of rows) {
      await expect(database[role].pool.query(`select from soe.${tablename}`)).rejects.toMatchObject(denied)
    }
  })
  test('SOE/WEB owns nothing and cannot delete accounts or institutions', async () => {
    for (const statement of [
      'delete from soe.account',
      'delete from soe.institution',
      'drop table soe.audit',
      'update soe.audit set event = event',
      'delete from soe.audit',
    ]) {
      await expect(database.soe.pool.query(statement)).rejects.toMatchObject(denied)
    }
  })
  test("not even the owner changes SOE/WEB's audit", async () => {
    const { pool } = database.owner
    await pool.query(`insert into soe.audit (at, event) values (now(), 'x')`)
    for (const statement of [`update soe.audit set event = 'y'`, 'delete from soe.audit', 'truncate soe.audit']) {
      await expect(pool.query(statement)).rejects.toMatchObject({ code: 'EP001' })
    }
  })
})
