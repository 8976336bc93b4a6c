// Signing in at SOE/WEB: the demonstration's accounts, the same answer for all that is wrong, and slowing tries down.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DEMONSTRATION_ACCOUNTS, DEMONSTRATION_PASSWORD } from '#shared/kit/demonstration.ts'
import { checkPassword, completeSignIn, createAccount } from '#soe/accounts/actions.ts'
import { hashPassword, stampOf } from '#soe/accounts/password.ts'
import { accountByCpf, claimsOf } from '#soe/accounts/reads.ts'
import { addressKey } from '#soe/accounts/rules.ts'
import { nameInstitution } from '#soe/institutions/actions.ts'
import { connectSoe } from '#soe/tables.ts'
import { seedSoeDemo } from '../../../seeds/demo-soe.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
const minutes = (n: number) => new Date(NOW.getTime() + n * 60_000)
const CPF = '11144477735'
let database: TestDatabase
let soe: ReturnType<typeof connectSoe>
beforeAll(async () => {
  database = await cloneDatabase()
  soe = connectSoe(database.urls.soe)
  await seedSoeDemo(soe.db, NOW)
})
beforeEach(() => database.owner.pool.query('delete from soe.sign_in_attempt'))
afterAll(async () => {
  await soe.close()
  await database.drop()
})
/** A whole sign-in of an account without a second factor. */
async function tryIt(given: { cpf?: string; password?: string; ip?: string; device?: string }, now = NOW) {
  const { cpf = CPF, password = DEMONSTRATION_PASSWORD, ip = '203.0.113.9', device = null } = given
  const from = { address: addressKey(ip), device }
  const result = await checkPassword(soe.db, { cpf, password, from }, now)
  if (result.is !== 'right') return result
  await completeSignIn(soe.db, { ...result, from, methods: ['pwd'] }, now)
  return { is: 'in' as const, accountId: result.accountId }
}

describe('the demonstration', () => {
  test('sowing it twice changes nothing', async () => {
    const rows = async () => (await database.owner.pool.query('select * from soe.account order by cpf')).rows
    const before = await rows()
    expect(before).toHaveLength(11)
    await seedSoeDemo(database.urls.soe)
    expect(await rows()).toEqual(before)
  })

  test.each(DEMONSTRATION_ACCOUNTS)('$cpf $name signs in and has its classes', async (account) => {
    const result = await tryIt({ cpf: account.cpf })
    const claims = result.is === 'in' ? await claimsOf(soe.db, result.accountId, NOW) : undefined
    expect(claims).toMatchObject({
      cpf: account.cpf,
      name: account.name,
      email: account.email,
      classes: account.classes,
    })
    expect(claims!.masters.includes(account.name)).toBe(account.master)
  })

  test('the right password hands on its own stamp, which is the account’s no more once it is blocked or has another', async () => {
    const change = (set: string) => database.owner.pool.query(`update soe.account set ${set} where cpf = '${CPF}'`)
    const stamp = async () => stampOf(await accountByCpf(soe.db, CPF))
    const given = { cpf: CPF, password: DEMONSTRATION_PASSWORD, from: { address: '203.0.113.9', device: null } }
    const result = await checkPassword(soe.db, given, NOW)
    expect(result).toMatchObject({ is: 'right', stamp: await stamp() })
    const { passwordHash } = (await accountByCpf(soe.db, CPF))!
    await change(`password_hash = '${await hashPassword(DEMONSTRATION_PASSWORD)}'`)
    const changed = await stamp()
    await change(`password_hash = '${passwordHash}', status = 'blocked'`)
    const blocked = await stamp()
    await change(`status = 'active'`)
    expect(changed).toMatch(/^[\w-]{43}$/)
    expect([changed, blocked]).not.toContain(result.is === 'right' && result.stamp)
    expect(blocked).toBeUndefined()
  })

  test('passwords are kept as argon2id hashes, each with its own salt', async () => {
    const { rows } = await database.owner.pool.query('select password_hash from soe.account')
    expect(new Set(rows.map((row) => row.password_hash)).size).toBe(11)
    for (const row of rows) expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })
})

describe('a sign-in', () => {
  test('an account without a password cannot be entered', async () => {
    const made = await soe.db.transaction().execute(async (tx) => {
      const institution = await nameInstitution(tx, { cnpj: '11222333000181', name: 'Banco Exemplo S.A.', now: NOW })
      const account = {
        cpf: '98765432100',
        name: 'Sem Senha',
        email: 'sem.senha@example.com',
        master: false,
        classes: [122],
        password: undefined,
      }
      return createAccount(tx, { ...account, institutionId: institution.ok ? institution.value : 0 }, NOW)
    })
    expect(made.ok).toBe(true)
    for (const password of ['', 'nobody has this one', DEMONSTRATION_PASSWORD]) {
      expect(await tryIt({ cpf: '98765432100', password })).toEqual({ is: 'wrong' })
    }
  })

  test('a CPF has one account', async () => {
    const account = {
      cpf: CPF,
      name: 'Outra',
      email: 'outra@example.com',
      master: false,
      classes: [],
      password: undefined,
      institutionId: 1,
    }
    const made = await soe.db.transaction().execute((tx) => createAccount(tx, account, NOW))
    expect(made).toEqual({ ok: false, problems: [{ field: 'cpf', code: 'cpf-taken' }] })
  })

  test('an unknown CPF takes as long as a wrong password', async () => {
    // The quickest of many, in turns: what else the machine does must not decide.
    const quickest = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY }
    const time = async (whose: keyof typeof quickest, cpf: string, ip: string) => {
      const start = performance.now()
      await tryIt({ cpf, password: 'wrong', ip })
      quickest[whose] = Math.min(quickest[whose], performance.now() - start)
    }
    for (let at = 0; at < 15; at += 1) {
      await time('known', CPF, `198.51.100.${at}`)
      await time('unknown', '98765432100', `198.51.100.${at}`)
    }
    const ratio = quickest.unknown / quickest.known
    expect(ratio).toBeGreaterThan(0.6)
    expect(ratio).toBeLessThan(1.6)
  })

  test('each is audited, without the password', async () => {
    await tryIt({ password: 'my secret password' })
    await tryIt({})
    const { rows } = await database.owner.pool.query(
      'select event, actor_id, account_id, facts from soe.audit order by id desc limit 2',
    )
    expect(rows.map((row) => row.event)).toEqual(['signed-in', 'sign-in-refused'])
    expect(rows[1]).toMatchObject({ actor_id: null, facts: { why: 'wrong', address: '203.0.113.9' } })
    expect(JSON.stringify(rows)).not.toContain('my secret')
  })
})

describe('slowing down', () => {
  const fail = async (times: number, given: { cpf?: string; ip?: string | ((at: number) => string) }) => {
    for (let at = 0; at < times; at += 1) {
      const ip = typeof given.ip === 'function' ? given.ip(at) : (given.ip ?? '203.0.113.9')
      await database.owner.pool.query(
        `insert into soe.sign_in_attempt (cpf, address, at, outcome) values ($1, $2, $3, 'refused')`,
        [given.cpf ?? CPF, ip, NOW],
      )
    }
  }

  test('the eleventh try of a CPF from one address waits, even with the right password, until the window has passed', async () => {
    for (let at = 0; at < 10; at += 1) expect(await tryIt({ password: 'wrong' })).toEqual({ is: 'wrong' })
    expect(await tryIt({})).toEqual({ is: 'slowed' })
    expect(await tryIt({}, minutes(14))).toEqual({ is: 'slowed' })
    expect(await tryIt({}, minutes(15))).toMatchObject({ is: 'in' })
  })

  test('an unknown CPF is slowed down in the same way', async () => {
    await fail(10, { cpf: '98765432100' })
    expect(await tryIt({ cpf: '98765432100' })).toEqual({ is: 'slowed' })
  })

  test('twenty at the same time get ten looks at the password, not twenty', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => tryIt({ password: 'wrong' })))
    expect(results.filter((result) => result.is === 'wrong').length).toBeLessThanOrEqual(10)
  })

  test('an attacker elsewhere does not lock the owner out of its usual address', async () => {
    expect(await tryIt({ ip: '203.0.113.50' }, minutes(-60))).toMatchObject({ is: 'in' })
    await fail(100, { ip: (at) => `198.51.100.${at}` })
    expect(await tryIt({ ip: '203.0.113.50' })).toMatchObject({ is: 'in' })
    expect(await tryIt({ ip: '203.0.113.51' })).toEqual({ is: 'slowed' })
  })

  test('nor out of its own browser, wherever that is: it is held up by its own tries alone, and for its own CPF', async () => {
    expect(await tryIt({ device: 'own' }, minutes(-60))).toMatchObject({ is: 'in' })
    await fail(11, {})
    await fail(100, { ip: (at) => `198.51.100.${at}` })
    expect(await tryIt({ ip: '192.0.2.77' })).toEqual({ is: 'slowed' })
    expect(await tryIt({ ip: '192.0.2.77', device: 'another' })).toEqual({ is: 'slowed' })
    expect(await tryIt({ ip: '192.0.2.77', device: 'own' })).toMatchObject({ is: 'in' })
    expect(await tryIt({ device: 'own' })).toMatchObject({ is: 'in' })
    for (let at = 0; at < 10; at += 1) await tryIt({ device: 'own', password: 'wrong' })
    expect(await tryIt({ device: 'own' })).toEqual({ is: 'slowed' })
    await fail(61, { cpf: '98765432100', ip: '192.0.2.78' })
    expect(await tryIt({ cpf: '71460238001', ip: '192.0.2.78', device: 'own' })).toEqual({ is: 'slowed' })
  })

  test('one address trying many CPFs is slowed down', async () => {
    await fail(60, { cpf: '98765432100' })
    expect(await tryIt({})).toEqual({ is: 'slowed' })
    expect(await tryIt({ ip: '203.0.113.10' })).toMatchObject({ is: 'in' })
  })
})
