// The web's clock is the database's, whatever the machine's own one says.
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { startClock } from '#app/clock.ts'
import { databaseNow } from '#shared/db/connect.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
})
afterEach(() => vi.useRealTimers())
afterAll(() => database?.drop())

it.each([-280_000, 3_600_000])(
  'tells the database’s time on a machine that is %i ms off, and when that is mended',
  async (off) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + off })
    const clock = await startClock(database.web.db)
    const apart = async () => Math.abs(clock.now().getTime() - (await databaseNow(database.web.db)).getTime())
    expect(await apart()).toBeLessThan(1000)
    vi.useRealTimers()
    expect(await apart()).toBeLessThan(1000)
    clock.stop()
  },
)
