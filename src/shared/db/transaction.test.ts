// A visit's transaction: what is asked for at once travels in one packet, and work known to need but one is ended in it.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Habit, inTransaction, NeedsMore } from '#shared/db/transaction.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database.drop())

const one = (n: number) => sql<{ n: number }>`select ${n}::int as n`
const opening = (habit?: Habit) => ({
  db: database.owner.db,
  first: one(0).compile(database.owner.db),
  reading: true,
  habit,
})
const settings = async () =>
  (await sql<{ n: number }>`select count(*)::int as n from eprod.setting`.execute(database.owner.db)).rows[0]?.n

it('statements asked for at once each get their own answer, the first time and every later one', async () => {
  for (let round = 0; round < 3; round += 1) {
    const answers = await inTransaction(opening(), async (tx, first) => {
      const texts = sql<{ t: string; at: Date }>`select 'é' as t, now() as at from generate_series(1, ${round}::int)`
      return await Promise.all([first, one(7).execute(tx), texts.execute(tx)])
    })
    expect(answers?.[0]).toEqual([{ n: 0 }])
    expect(answers?.[1].rows).toEqual([{ n: 7 }])
    expect(answers?.[2].rows).toEqual(Array(round).fill({ t: 'é', at: expect.any(Date) }))
  }
})

it('behind one that fails all fail, and each of them works the next time', async () => {
  const later = sql<{ n: number }>`select 40 + ${2}::int as n`
  const outcome = inTransaction({ ...opening(), reading: false }, async (tx) => {
    const [good, bad, skipped] = await Promise.allSettled([
      one(1).execute(tx),
      sql`select 1 / ${0}::int`.execute(tx),
      later.execute(tx),
    ])
    expect([good.status, bad.status, skipped.status]).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect((bad as PromiseRejectedResult).reason.message).toBe('division by zero')
    expect((skipped as PromiseRejectedResult).reason.cause.message).toBe('division by zero')
    return true
  })
  await expect(outcome).rejects.toThrow('had failed')
  for (let round = 0; round < 2; round += 1)
    expect((await inTransaction(opening(), async (tx) => await later.execute(tx)))?.rows).toEqual([{ n: 42 }])
})

it('work seen to read in one packet is trusted to, until it asks for more: it is begun anew then, and changed nothing', async () => {
  const habit: Habit = { streak: 0 }
  const reads = async () => await inTransaction(opening(habit), async (tx) => (await one(3).execute(tx)).rows)
  for (let round = 0; round < 30; round += 1) expect(await reads()).toEqual([{ n: 3 }])
  expect(habit.streak).toBe(20)
  const goesOn = inTransaction(opening(habit), async (tx) => {
    await one(1).execute(tx)
    return await one(2)
      .execute(tx)
      .catch(() => 'passed over')
  })
  await expect(goesOn).rejects.toThrow(NeedsMore)
  expect(habit.streak).toBe(0)

  const before = await settings()
  const writes = inTransaction(opening({ streak: 20 }), async (tx) => {
    await sql`insert into eprod.setting (key, value) values ('trusted', '1')`.execute(tx)
    return true
  })
  await expect(writes).rejects.toThrow(NeedsMore)
  expect(await settings()).toBe(before)
  expect(await reads()).toEqual([{ n: 3 }])
})

it('what work refuses by itself is passed on as it is', async () => {
  const refused = inTransaction(opening({ streak: 20 }), async (tx) => {
    await one(1).execute(tx)
    throw new Error('not for you')
  })
  await expect(refused).rejects.toThrow('not for you')
})

it('work that changes something or asks twice is never trusted', async () => {
  const habit: Habit = { streak: 19 }
  await inTransaction(opening(habit), async (tx) => {
    await one(1).execute(tx)
    return (await one(2).execute(tx)).rows
  })
  expect(habit.streak).toBe(0)
})
