// Masters are asked by letter to confirm classes: when one falls due, once for each period, and only who can answer.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { askForConfirmations } from '#soe/confirmations/actions.ts'
import { confirmClass } from '#soe/operators/actions.ts'
import { managerOf } from '#soe/operators/reads.ts'
import { connectSoe, inScope } from '#soe/tables.ts'
import { seedSoeDemo } from '../../../seeds/demo-soe.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'

const GRANTED = new Date('2026-01-10T12:00:00Z')
/** Classes of the demonstration are due on 10-01-2027. */
const DUE = new Date('2027-01-10T12:00:00Z')
const DAY_MS = 86_400_000
const at = (days: number) => new Date(DUE.getTime() + days * DAY_MS)
const BANK = '11222333000181'
let database: TestDatabase
let soe: ReturnType<typeof connectSoe>
beforeAll(async () => {
  database = await cloneDatabase()
  soe = connectSoe(database.urls.soe)
  await seedSoeDemo(soe.db, GRANTED)
})
afterAll(async () => {
  await soe.close()
  await database.drop()
})
const owner = async (text: string, values: unknown[] = []) => (await database.owner.pool.query(text, values)).rows
beforeEach(async () => {
  await owner('delete from mail.letter')
  await owner('delete from soe.setting')
  await owner(`update soe.account_class set granted_at = $1, confirmed_at = null, asked_about = null, ends_on = null`, [
    GRANTED,
  ])
})
const ask = (now: Date) => askForConfirmations(soe.db, { origin: 'http://localhost:3000', now })
const letters = () => owner('select recipient, text_part from mail.letter order by recipient')
const setMonths = (months: number) =>
  owner(`insert into soe.setting (key, value, changed_at) values ('recertify-months', $1, now())`, [months])
const others = (where: string) =>
  `account_id in (select a.id from soe.account a join soe.institution i on i.id = a.institution_id where ${where})`

test('a week before the first class is due each institution’s masters get one letter with the link, and no other for that period', async () => {
  expect(await ask(at(-8))).toBe(0)
  expect(await ask(at(-7))).toBe(3)
  const posted = await letters()
  expect(posted.map((one) => one.recipient)).toEqual([
    'helena.vidal@example.com',
    'marcelo.siqueira@example.com',
    'rogerio.sa@example.com',
  ])
  expect(posted[0].text_part).toContain('http://localhost:3000/soe/confirmacao')
  expect(posted[0].text_part).toContain('3 classes esperam resposta, a primeira até 10-01-2027.')
  expect(posted[0].text_part).toContain('Mariana Duarte Reis: 151')
  expect(posted[0].text_part).not.toContain('Patrícia')
  for (const days of [-6, 0, 30, 400]) expect(await ask(at(days)), `${days}`).toBe(0)
})

test('of two workers at the same time one writes', async () => {
  const sent = await Promise.all([ask(DUE), ask(DUE), ask(DUE)])
  expect(sent.reduce((sum, one) => sum + one, 0)).toBe(3)
  expect(await letters()).toHaveLength(3)
})

test('a confirmed class begins another period, about which a letter comes a year later', async () => {
  await ask(DUE)
  const [held] = await owner(`select account_id from soe.account_class c join soe.account a on a.id = c.account_id
    where a.cpf = '11144477735' and class = 122`)
  const [master] = await owner(`select id from soe.account where cpf = '52998224725'`)
  const manager = (await managerOf(soe.db, master.id, DUE))!
  const doing = { manager, origin: 'http://localhost:3000', now: DUE }
  await inScope(soe.db, manager.institutionId, (tx) => confirmClass({ tx, ...doing }, held.account_id, 122))
  await owner('delete from mail.letter')
  expect(await ask(at(350))).toBe(0)
  expect(await ask(at(360))).toBe(1)
  expect((await letters())[0].text_part).toContain('Uma classe espera resposta até 10-01-2028.')
})

test('one letter tells all that falls due within the month, so that not every day brings one', async () => {
  await owner(`update soe.account_class set granted_at = $1 where class = 151`, [
    new Date(GRANTED.getTime() + 20 * DAY_MS),
  ])
  expect(await ask(at(-7))).toBe(3)
  expect((await letters())[0].text_part).toContain('3 classes esperam')
  expect(await ask(at(14))).toBe(0)
})

test('the period is the administrator’s: 0 months ask nobody', async () => {
  await setMonths(0)
  expect(await ask(at(4000))).toBe(0)
  await owner('delete from soe.setting')
  await setMonths(6)
  expect(await ask(new Date('2026-07-05T12:00:00Z'))).toBe(3)
  expect((await letters())[0].text_part).toContain('A cada 6 meses')
})

test('classes that have ended are not asked about, nor is a suspended institution or one whose master cannot enter', async () => {
  await owner(`update soe.account_class set ends_on = '2026-12-31' where ${others(`cnpj = '${BANK}'`)}`)
  await owner(`update soe.institution set status = 'suspended' where cnpj = '12ABC34501DE35'`)
  await owner(`alter table soe.account disable trigger last_master`)
  await owner(`update soe.account set status = 'blocked' where cpf = '16899535009'`)
  expect(await ask(DUE)).toBe(0)
  await owner(`update soe.institution set status = 'active'`)
  await owner(`update soe.account set status = 'active'`)
  // Nobody was written to, so nothing counts as asked.
  expect(await ask(DUE)).toBe(2)
})

test('the audit of the institution tells what was asked of whom', async () => {
  await ask(DUE)
  const [entry] = await owner(
    `select facts from soe.audit e join soe.institution i on i.id = e.institution_id
    where event = 'confirmation-asked' and i.cnpj = $1 order by e.id desc limit 1`,
    [BANK],
  )
  expect(entry.facts).toEqual({ classes: 3, masters: ['Helena Prates Vidal'] })
})
