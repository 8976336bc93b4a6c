// What masters do with the operators of their institution, on the real database: to others and to themselves, audited.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lookAtLink } from '#soe/links/actions.ts'
import {
  blockOperator,
  confirmClass,
  type Doing,
  editOperator,
  grantClass,
  inviteOperator,
  reactivateOperator,
  sendLink,
  setMaster,
  takeClass,
  takeSecondFactor,
} from '#soe/operators/actions.ts'
import { classesSince, managerOf, operatorById, operatorsPage } from '#soe/operators/reads.ts'
import type { Manager, NewOperator } from '#soe/operators/rules.ts'
import { connectSoe, inScope } from '#soe/tables.ts'
import { seedSoeDemo } from '../../../seeds/demo-soe.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
const ORIGIN = 'http://localhost:3000'
let database: TestDatabase
let soe: ReturnType<typeof connectSoe>
let helena: Manager
let rogerio: Manager
let marcelo: Manager
const ids: Record<string, string> = {}
beforeAll(async () => {
  database = await cloneDatabase()
  soe = connectSoe(database.urls.soe)
  await seedSoeDemo(soe.db, NOW)
  for (const row of (await database.owner.pool.query('select id, cpf from soe.account')).rows) ids[row.cpf] = row.id
  const manager = async (cpf: string) => (await managerOf(soe.db, idOf(cpf), NOW))!
  helena = await manager('52998224725')
  rogerio = await manager('15350946056')
  marcelo = await manager('16899535009')
})
afterAll(async () => {
  await soe.close()
  await database.drop()
})
const idOf = (cpf: string): string => ids[cpf]!
const mariana = () => idOf('11144477735')
const patricia = () => idOf('71460238001')

/** As the pages run it: in the manager's scope. */
function as<T>(manager: Manager, work: (doing: Doing) => Promise<T>): Promise<T> {
  const doing = (tx: Doing['tx']) => work({ tx, manager, origin: ORIGIN, now: NOW })
  return manager.administrator ? soe.db.transaction().execute(doing) : inScope(soe.db, manager.institutionId, doing)
}
const operator = (id: string) => operatorById(soe.db, id)
const lastAudit = async () =>
  (
    await database.owner.pool.query(
      'select event, actor_id, account_id, institution_id, facts from soe.audit order by id desc limit 1',
    )
  ).rows[0]
const audits = async () => (await database.owner.pool.query('select count(*)::int as n from soe.audit')).rows[0].n
const newcomer = (given: Partial<NewOperator> = {}): NewOperator => ({
  cpf: '98765432100',
  name: 'Joana Prado',
  email: 'joana.prado@example.com',
  classes: [122],
  ...given,
})
const institutionOf = (manager: Manager) => ({
  id: manager.institutionId,
  name: manager.institutionName,
  runsSoe: manager.runsSoe,
})
const invite = (manager: Manager, given: Partial<NewOperator> = {}, requestKey: string | null = null) =>
  as(manager, (doing) =>
    inviteOperator(doing, {
      operator: newcomer(given),
      institution: institutionOf(manager),
      master: false,
      requestKey,
    }),
  )

describe('inviting', () => {
  test('registers the person with its classes and posts a link that is good', async () => {
    const done = await invite(helena)
    const id = done.ok ? done.value : ''
    expect(await operator(id)).toMatchObject({ cpf: '98765432100', entered: false, classes: [{ class: 122 }] })
    const { rows } = await database.owner.pool.query('select * from mail.letter')
    expect(rows).toMatchObject([{ recipient: 'joana.prado@example.com', state: 'waiting' }])
    const token = /\/soe\/convite\/([\w-]{43})/.exec(rows[0].text_part)![1]!
    expect(await lookAtLink(soe.db, token, NOW)).toEqual({ is: 'good', accountId: id, purpose: 'invitation' })
    expect(await lastAudit()).toMatchObject({
      event: 'account-invited',
      actor_id: helena.accountId,
      account_id: id,
      facts: { after: { name: 'Joana Prado', classes: [122] } },
    })
  })

  test('the same form sent twice invites once', async () => {
    const key = '0d3f3c50-8a0e-4a6c-9b5e-000000000001'
    const first = await invite(helena, { cpf: '12312312387' }, key)
    expect(await invite(helena, { cpf: '12312312387' }, key)).toEqual(first)
  })

  test('nor does it twice at the same instant, and none is told that the CPF is taken', async () => {
    const key = '0d3f3c50-8a0e-4a6c-9b5e-000000000002'
    const all = await Promise.all(Array.from({ length: 6 }, () => invite(helena, { cpf: '31415926590' }, key)))
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(all[0]).toMatchObject({ ok: true })
  })

  test('a CPF of the own institution is told with its operator, one of another without where', async () => {
    expect(await invite(helena, { cpf: '11144477735' })).toEqual({
      ok: false,
      problems: [{ field: 'cpf', code: 'cpf-here', with: { id: mariana() } }],
    })
    const elsewhere = await invite(helena, { cpf: '71460238001' })
    expect(elsewhere).toEqual({ ok: false, problems: [{ field: 'cpf', code: 'cpf-elsewhere' }] })
  })

  test('of ten invitations of one CPF at the same time one succeeds', async () => {
    const done = await Promise.all(Array.from({ length: 10 }, () => invite(helena, { cpf: '45317828791' })))
    expect(done.filter((one) => one.ok)).toHaveLength(1)
  })

  test('an operator without the master’s right invites nobody, and no master invites into another institution', async () => {
    const operatorOnly = (await managerOf(soe.db, mariana(), NOW))!
    await expect(invite(operatorOnly, { cpf: '17245011010' })).rejects.toThrow('not-found')
    const foreign = as(helena, (doing) =>
      inviteOperator(doing, {
        operator: newcomer({ cpf: '17245011010' }),
        institution: institutionOf(rogerio),
        master: false,
        requestKey: null,
      }),
    )
    await expect(foreign).rejects.toThrow('not-found')
  })
})

describe('classes', () => {
  test('a master without classes gives them to itself', async () => {
    for (const number of [122, 151])
      await as(helena, (doing) => grantClass(doing, helena.accountId, { class: number, endsOn: null }))
    expect((await operator(helena.accountId))!.classes.map((one) => one.class)).toEqual([122, 151])
    expect(await lastAudit()).toMatchObject({
      event: 'class-granted',
      actor_id: helena.accountId,
      account_id: helena.accountId,
      facts: { after: { class: 151, endsOn: null } },
    })
  })

  test('an end date is kept, changed and audited with before and after; the same again leaves no entry', async () => {
    const grant = (endsOn: string | null) =>
      as(helena, (doing) => grantClass(doing, idOf('39053344705'), { class: 122, endsOn }))
    await grant('2026-12-31')
    await grant('2027-01-31')
    expect(await lastAudit()).toMatchObject({
      event: 'class-end-changed',
      facts: { before: { class: 122, endsOn: '2026-12-31' }, after: { class: 122, endsOn: '2027-01-31' } },
    })
    const before = await audits()
    await grant('2027-01-31')
    expect(await audits()).toBe(before)
  })

  test('what is taken is gone, audited with what it was', async () => {
    await as(helena, (doing) => takeClass(doing, idOf('39053344705'), 122))
    expect((await operator(idOf('39053344705')))!.classes).toEqual([])
    expect(await lastAudit()).toMatchObject({
      event: 'class-taken',
      facts: { before: { class: 122, endsOn: '2027-01-31' } },
    })
  })

  test('the series 900 is granted within the DETRAN-RS alone', async () => {
    const grant = (manager: Manager, id: string) =>
      as(manager, (doing) => grantClass(doing, id, { class: 901, endsOn: null }))
    expect(await grant(helena, mariana())).toMatchObject({ ok: false, problems: [{ code: 'class-elsewhere' }] })
    expect(await grant(marcelo, patricia())).toMatchObject({ ok: false })
    expect(await grant(marcelo, marcelo.accountId)).toMatchObject({ ok: true })
  })
})

describe('another institution’s operator', () => {
  const doings: [string, (doing: Doing, id: string) => Promise<unknown>][] = [
    ['edited', (doing, id) => editOperator(doing, id, { name: 'X Y', email: 'x@example.com' })],
    ['blocked', blockOperator],
    ['reactivated', reactivateOperator],
    ['given a class', (doing, id) => grantClass(doing, id, { class: 122, endsOn: null })],
    ['deprived of a class', (doing, id) => takeClass(doing, id, 122)],
    ['confirmed', (doing, id) => confirmClass(doing, id, 122)],
    ['sent a link', sendLink],
    ['deprived of its second factor', takeSecondFactor],
    ['named master', (doing, id) => setMaster(doing, id, true)],
  ]
  test.each(doings)('is not found, and cannot be %s', async (_what, attempt) => {
    const before = await audits()
    await expect(as(helena, (doing) => attempt(doing, patricia()))).rejects.toThrow('not-found')
    // Nor where a forgotten scope would let the row be seen.
    const wide = soe.db
      .transaction()
      .execute((tx) => attempt({ tx, manager: helena, origin: ORIGIN, now: NOW }, patricia()))
    await expect(wide).rejects.toThrow('not-found')
    expect(await audits()).toBe(before)
  })

  test('stands on no list of the master', async () => {
    const page = await inScope(soe.db, helena.institutionId, (tx) =>
      operatorsPage(tx, { institutionId: rogerio.institutionId, term: '', filter: 'todos', page: 0, now: NOW }),
    )
    expect(page.operators).toEqual([])
  })
})

describe('editing, blocking, masters', () => {
  test('a change of e-mail is audited with before and after, and no change leaves no entry', async () => {
    const edit = (email: string) =>
      as(helena, (doing) => editOperator(doing, mariana(), { name: 'Mariana Duarte Reis', email }))
    await edit('mariana@example.com')
    expect(await lastAudit()).toMatchObject({
      event: 'account-edited',
      facts: { before: { email: 'mariana.reis@example.com' }, after: { email: 'mariana@example.com' } },
    })
    const before = await audits()
    await edit('mariana@example.com')
    expect(await audits()).toBe(before)
  })

  test('a blocked operator is reactivated; doing either twice is one entry', async () => {
    const before = await audits()
    for (const action of [blockOperator, blockOperator, reactivateOperator, reactivateOperator])
      await as(helena, (doing) => action(doing, mariana()).then(() => undefined))
    expect(await audits()).toBe(before + 2)
    expect(await operator(mariana())).toMatchObject({ status: 'active' })
  })

  test('nobody blocks itself', async () => {
    expect(await as(helena, (doing) => blockOperator(doing, helena.accountId))).toMatchObject({
      problems: [{ code: 'own-account' }],
    })
  })

  test('only an administrator names masters, and the last one stays', async () => {
    await expect(as(helena, (doing) => setMaster(doing, mariana(), true))).rejects.toThrow('not-found')
    const set = (id: string, master: boolean) => as(marcelo, (doing) => setMaster(doing, id, master))
    expect(await set(helena.accountId, false)).toMatchObject({ problems: [{ code: 'last-master' }] })
    expect(await set(mariana(), true)).toMatchObject({ ok: true })
    const both = await Promise.all([set(mariana(), false), set(helena.accountId, false)])
    expect(both.map((one) => one.ok).sort()).toEqual([false, true])
    expect(await as(marcelo, (doing) => blockOperator(doing, both[0].ok ? helena.accountId : mariana()))).toMatchObject(
      {
        problems: [{ code: 'last-master' }],
      },
    )
  })
})

test('a class that was confirmed is due again a period later', async () => {
  const due = () => classesSince(soe.db, { institutionId: rogerio.institutionId, before: NOW, now: NOW })
  const before = await due()
  expect(before).toHaveLength(4)
  const later = { ...rogerio }
  await inScope(soe.db, later.institutionId, (tx) =>
    confirmClass({ tx, manager: later, origin: ORIGIN, now: new Date(NOW.getTime() + 1000) }, patricia(), 122),
  )
  expect((await due()).map((one) => [one.name, one.class])).toEqual([
    ['Patrícia Gomes Leal', 151],
    ['Rogério Antunes Sá', 122],
    ['Rogério Antunes Sá', 151],
  ])
})
