// What a master changes about how an operator enters is told to the operator, and earlier ways in end with it.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lookAtLink } from '#soe/links/actions.ts'
import { type Doing, editOperator, sendLink, takeSecondFactor } from '#soe/operators/actions.ts'
import { managerOf, operatorById } from '#soe/operators/reads.ts'
import type { Manager } from '#soe/operators/rules.ts'
import { connectSoe, inScope } from '#soe/tables.ts'
import { seedSoeDemo } from '../../../seeds/demo-soe.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
let database: TestDatabase
let soe: ReturnType<typeof connectSoe>
let helena: Manager
let rogerio: Manager
let mariana = ''
beforeAll(async () => {
  database = await cloneDatabase()
  soe = connectSoe(database.urls.soe)
  await seedSoeDemo(soe.db, NOW)
  const id = async (cpf: string) => (await owner('select id from soe.account where cpf = $1', [cpf]))[0].id as string
  mariana = await id('11144477735')
  helena = (await managerOf(soe.db, await id('52998224725'), NOW))!
  rogerio = (await managerOf(soe.db, await id('15350946056'), NOW))!
  for (const account of [mariana, helena.accountId])
    await owner(`insert into soe.totp (account_id, sealed_secret, created_at) values ($1, 'x', now())`, [account])
  await owner(`insert into soe.recovery_code (account_id, code_hash) values ($1, sha256('x'))`, [mariana])
})
afterAll(async () => {
  await soe.close()
  await database.drop()
})
const owner = async (text: string, values: unknown[] = []) => (await database.owner.pool.query(text, values)).rows
const as = <T>(manager: Manager, work: (doing: Doing) => Promise<T>): Promise<T> =>
  inScope(soe.db, manager.institutionId, (tx) => work({ tx, manager, origin: 'http://localhost:3000', now: NOW }))
const lastLetter = async () => (await owner('select recipient, text_part from mail.letter order by id desc limit 1'))[0]

test('a changed e-mail is told to the one before, and the links that went there end', async () => {
  await as(helena, (doing) => sendLink(doing, mariana))
  const token = /\/soe\/senha\/([\w-]{43})/.exec((await lastLetter()).text_part)?.[1] ?? ''
  expect(await lookAtLink(soe.db, token, NOW)).toMatchObject({ is: 'good' })
  await as(helena, (doing) =>
    editOperator(doing, mariana, { name: 'Mariana D. Reis', email: 'mariana.reis@example.com' }),
  )
  expect(await lookAtLink(soe.db, token, NOW)).toMatchObject({ is: 'good' })
  await as(helena, (doing) => editOperator(doing, mariana, { name: 'Mariana D. Reis', email: 'outra@example.com' }))
  expect(await lookAtLink(soe.db, token, NOW)).toEqual({ is: 'replaced' })
  const letter = await lastLetter()
  expect(letter.recipient).toBe('mariana.reis@example.com')
  expect(letter.text_part).toContain('Helena Prates Vidal mudou o e-mail')
})

test('a master sees that its operator has a second factor and takes it from who lost it, told by letter and audited', async () => {
  const factorOf = (manager: Manager) => as(manager, async ({ tx }) => (await operatorById(tx, mariana))?.factor)
  expect([await factorOf(helena), await factorOf(rogerio)]).toEqual([true, undefined])
  await as(helena, (doing) => takeSecondFactor(doing, mariana))
  expect(await factorOf(helena)).toBe(false)
  expect(await owner('select from soe.recovery_code where account_id = $1', [mariana])).toHaveLength(0)
  expect((await lastLetter()).text_part).toContain('retirou o segundo fator')
  const entries = () => owner(`select from soe.audit where event = 'factors-taken' and account_id = $1`, [mariana])
  expect(await entries()).toHaveLength(1)
  await as(helena, (doing) => takeSecondFactor(doing, mariana))
  expect(await entries()).toHaveLength(1)
})

test('not its own: that takes the password, at the own account', async () => {
  const done = await as(helena, (doing) => takeSecondFactor(doing, helena.accountId))
  expect(done).toMatchObject({ ok: false, problems: [{ code: 'own-factor' }] })
})

test('out of its institution the database itself tells and takes nothing', async () => {
  const asked = await as(rogerio, ({ tx }) =>
    sql`select soe.has_factor(${helena.accountId}::uuid) as known,
        soe.take_factors(${helena.accountId}::uuid) as taken`.execute(tx),
  )
  expect(asked.rows).toEqual([{ known: false, taken: false }])
  expect(await owner('select from soe.totp where account_id = $1', [helena.accountId])).toHaveLength(1)
})
