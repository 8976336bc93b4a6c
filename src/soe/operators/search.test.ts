// Which operators a master finds.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { managerOf, operatorsPage } from '#soe/operators/reads.ts'
import type { Manager } from '#soe/operators/rules.ts'
import { connectSoe } from '#soe/tables.ts'
import { seedSoeDemo } from '../../../seeds/demo-soe.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
let database: TestDatabase
let soe: ReturnType<typeof connectSoe>
let helena: Manager
beforeAll(async () => {
  database = await cloneDatabase()
  soe = connectSoe(database.urls.soe)
  await seedSoeDemo(soe.db, NOW)
  const { rows } = await database.owner.pool.query(`select id from soe.account where cpf = '52998224725'`)
  helena = (await managerOf(soe.db, rows[0].id, NOW))!
})
afterAll(async () => {
  await soe.close()
  await database.drop()
})

test('a class whose last day has passed is none: its operator is found among those without', async () => {
  const without = async (now: Date) =>
    (
      await operatorsPage(soe.db, {
        institutionId: helena.institutionId,
        term: 'cecí',
        filter: 'sem-classe',
        page: 0,
        now,
      })
    ).operators.length
  await database.owner.pool.query(`update soe.account_class set ends_on = '2026-11-24'
    where account_id = (select id from soe.account where cpf = '86288366757')`)
  expect([await without(new Date('2026-11-25T02:59:59Z')), await without(new Date('2026-11-25T03:00:00Z'))]).toEqual([
    0, 1,
  ])
  await database.owner.pool.query(`update soe.account_class set ends_on = null`)
})

test('a search finds by part of a name without regard to case, by e-mail, and by CPF in any spelling; % finds nothing', async () => {
  const names = async (term: string) => {
    const found = await operatorsPage(soe.db, {
      institutionId: helena.institutionId,
      term,
      filter: 'todos',
      page: 0,
      now: NOW,
    })
    return found.operators.map((one) => one.name)
  }
  expect(await names('cecíl')).toEqual(['Cecília Nunes Torres'])
  expect(await names('otavio.bastos@')).toEqual(['Otávio Lemos Bastos'])
  expect(await names('862.883')).toEqual(['Cecília Nunes Torres'])
  expect(await names('%')).toEqual([])
})
