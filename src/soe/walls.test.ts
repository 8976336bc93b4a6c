// The walls of SOE/WEB in the database itself: institutions apart, guarded classes, a last master, an audit that shows tampering.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeAudit } from '#soe/accounts/store.ts'
import { connectSoe, inScope, type SoeTx } from '#soe/tables.ts'
import { seedSoeDemo } from '../../seeds/demo-soe.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
let database: TestDatabase
let soe: ReturnType<typeof connectSoe>
let bank: number
let lender: number
beforeAll(async () => {
  database = await cloneDatabase()
  soe = connectSoe(database.urls.soe)
  await seedSoeDemo(soe.db, NOW)
  const { rows } = await database.owner.pool.query('select id, cnpj from soe.institution')
  bank = rows.find((row) => row.cnpj === '11222333000181').id
  lender = rows.find((row) => row.cnpj === '12ABC34501DE35').id
})
afterAll(async () => {
  await soe.close()
  await database.drop()
})
const run = async (tx: SoeTx, text: string) => (await sql.raw<Record<string, unknown>>(text).execute(tx)).rows
const inBank = (text: string) => inScope(soe.db, bank, (tx) => run(tx, text))
const owner = (text: string) => database.owner.pool.query(text)

describe('the scope of an institution', () => {
  test.each([
    ['soe.institution', 'id'],
    ['soe.account', 'institution_id'],
    ['soe.audit', 'institution_id'],
  ])('shows of %s its own rows alone', async (table, column) => {
    const rows = await inBank(`select distinct ${column} as institution from ${table}`)
    expect(rows).toEqual([{ institution: bank }])
  })

  test('shows classes and links of its own accounts alone', async () => {
    await owner(`insert into soe.link (token_hash, account_id, purpose, created_at, expires_at)
      select sha256(cpf::text::bytea), id, 'reset', now(), now() from soe.account`)
    for (const table of ['soe.account_class', 'soe.link']) {
      const all = await owner(`select count(*)::int as n from ${table}`)
      const theirs = await owner(
        `select count(*)::int as n from ${table} t join soe.account a on a.id = t.account_id where a.institution_id = ${bank}`,
      )
      expect(await inBank(`select count(*)::int as n from ${table}`)).toEqual(theirs.rows)
      expect(all.rows[0].n).toBeGreaterThan(theirs.rows[0].n)
    }
  })

  test.each(['provider_state', 'signing_key', 'sign_in_attempt', 'client', 'client_secret', 'logout_notice'])(
    'shows nothing of soe.%s, which is no institution’s',
    async (table) => {
      await owner(`insert into soe.sign_in_attempt (cpf, address, at) values ('11144477735', 'x', now())`)
      await owner(`insert into soe.client (id, name, redirect_uris, post_logout_uris, created_at)
        values ('theirs', 'X', '{x}', '{}', now()) on conflict do nothing`)
      await owner(`insert into soe.client_secret (client_id, secret_hash, made_at, ends_at)
        values ('theirs', sha256(clock_timestamp()::text::bytea), now(), now())`)
      await owner(`insert into soe.logout_notice (account_id, created_at, next_at)
        select id, now(), now() from soe.account where institution_id = ${bank}`)
      expect(await inBank(`select * from soe.${table}`)).toEqual([])
    },
  )

  test('changes no row of another institution, and adds none to it', async () => {
    expect(
      await inBank(`update soe.account set status = 'blocked' where institution_id = ${lender} returning id`),
    ).toEqual([])
    const add = inBank(`insert into soe.account (institution_id, cpf, name, email, created_at)
      values (${lender}, '98765432100', 'X', 'x@example.com', now())`)
    await expect(add).rejects.toThrow('row-level security')
    const { rows } = await owner(`select id from soe.account where institution_id = ${lender} limit 1`)
    await expect(
      inBank(`insert into soe.account_class (account_id, class, granted_at) values ('${rows[0].id}', 122, now())`),
    ).rejects.toThrow('row-level security')
  })

  test('reads the settings of the house and changes none; registers no application and no institution', async () => {
    await owner(`insert into soe.setting (key, value, changed_at) values ('recertify-months', 6, now())`)
    expect(await inBank('select value from soe.setting')).toEqual([{ value: 6 }])
    expect(await inBank('update soe.setting set value = 0 returning key')).toEqual([])
    for (const insert of [
      `insert into soe.setting (key, value, changed_at) values ('grace-hours', 1, now())`,
      `insert into soe.client (id, name, redirect_uris, post_logout_uris, created_at) values ('mine', 'X', '{x}', '{}', now())`,
      `insert into soe.institution (cnpj, name, created_at) values ('RS2026EPROD116', 'X', now())`,
    ])
      await expect(inBank(insert)).rejects.toThrow('row-level security')
  })

  test('ends with its transaction', async () => {
    await inBank('select 1')
    const { rows } = await sql<{ n: number }>`select count(distinct institution_id)::int as n from soe.account`.execute(
      soe.db,
    )
    expect(rows).toEqual([{ n: 3 }])
  })
})

test('a connection without a scope sees no table of the house', async () => {
  const { rows } = await owner(`select c.oid::regclass::text as name from pg_class c
    where c.relnamespace = 'soe'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'audit_head'`)
  expect(rows.length).toBeGreaterThan(9)
  for (const { name } of rows) expect((await database.soe.pool.query(`select * from ${name}`)).rows, name).toEqual([])
})

test('every table with an institution’s or a person’s rows has its wall', async () => {
  const { rows } = await owner(`select distinct c.oid::regclass::text as name from pg_class c
     join pg_attribute a on a.attrelid = c.oid where c.relnamespace = 'soe'::regnamespace and c.relkind = 'r'
      and a.attname in ('institution_id', 'account_id', 'cnpj') and not c.relrowsecurity`)
  expect(rows.map(({ name }) => name)).toEqual([])
})

test('an account keeps its CPF and its institution', async () => {
  await expect(soe.db.transaction().execute((tx) => run(tx, `update soe.account set cpf = cpf`))).rejects.toThrow(
    'permission denied',
  )
  await expect(
    soe.db.transaction().execute((tx) => run(tx, `update soe.account set institution_id = ${lender}`)),
  ).rejects.toThrow('permission denied')
})

describe('classes', () => {
  const grant = (cpf: string, number: number) =>
    owner(`insert into soe.account_class (account_id, class, granted_at)
      select id, ${number}, now() from soe.account where cpf = '${cpf}'`)

  test.each([901, 904, 999])('%i is granted within the DETRAN-RS alone', async (number) => {
    await expect(grant('52998224725', number)).rejects.toMatchObject({ code: 'EP004' })
    await grant('12345678909', number)
  })

  test.each([1, 121, 152, 899, 1000])('%i is no class of SOE/WEB', async (number) => {
    await expect(grant('12345678909', number)).rejects.toMatchObject({ code: 'EP004' })
  })
})

describe('the last master', () => {
  const second = (master: boolean) => owner(`update soe.account set master = ${master} where cpf = '11144477735'`)

  test.each(["status = 'blocked'", 'master = false', 'password_hash = null'])(
    'stays: %s is refused',
    async (change) => {
      await expect(owner(`update soe.account set ${change} where cpf = '52998224725'`)).rejects.toMatchObject({
        code: 'EP005',
      })
    },
  )

  test('of two masters that leave at the same time one stays', async () => {
    await second(true)
    const leave = (cpf: string) =>
      soe.db.transaction().execute((tx) => run(tx, `update soe.account set master = false where cpf = '${cpf}'`))
    const done = await Promise.allSettled([leave('52998224725'), leave('11144477735')])
    expect(done.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    const { rows } = await owner(`select count(*)::int as n from soe.account where institution_id = ${bank} and master`)
    expect(rows).toEqual([{ n: 1 }])
    await owner(`update soe.account set master = true where cpf = '52998224725'`)
    await second(false)
  })

  test('one who was invited and never signed in does not count', async () => {
    await owner(`insert into soe.account (institution_id, cpf, name, email, master, created_at)
      values (${bank}, '98765432100', 'Convidado', 'c@example.com', true, now())`)
    await expect(owner(`update soe.account set master = false where cpf = '52998224725'`)).rejects.toThrow()
    await owner(`delete from soe.account where cpf = '98765432100'`)
  })
})

describe('the audit', () => {
  const check = async () => (await owner('select * from soe.check_audit()')).rows[0]
  const entry = { at: NOW, event: 'account-edited', actorId: null, accountId: null, facts: { before: 1, after: 2 } }

  test('numbers its entries without gaps and chains them, also when they are written at the same time', async () => {
    const before = (await check()).entries
    const write = () => soe.db.transaction().execute((tx) => writeAudit(tx, { ...entry, institutionId: bank }))
    await Promise.all(Array.from({ length: 12 }, write))
    expect(await check()).toEqual({ entries: before + 12, broken_at: null })
  })

  test('is not changed, not shortened and not emptied, even by the owner', async () => {
    for (const attempt of ['update soe.audit set event = event', 'delete from soe.audit', 'truncate soe.audit'])
      await expect(owner(attempt)).rejects.toThrow('append-only')
  })

  const tampered = async (change: string) => {
    await owner('alter table soe.audit disable trigger append_only')
    await owner(change)
    return check()
  }
  test('shows where an entry was changed or taken out, when the guard was off', async () => {
    const { entries } = await check()
    expect(await tampered(`update soe.audit set facts = '{}' where id = ${entries - 3}`)).toMatchObject({
      broken_at: entries - 3,
    })
    expect(await tampered(`delete from soe.audit where id = ${entries - 5}`)).toMatchObject({ broken_at: entries - 4 })
    expect(await tampered(`delete from soe.audit where id > 2`)).toMatchObject({ broken_at: 0 })
  })
})
