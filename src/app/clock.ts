// What time it is for the web process: the database's clock, carried on between two looks by a counter that no setting of the
// machine's clock moves. So an instant that is stored, due instants above all, does not depend on which machine wrote it.
import { type Db, databaseNow } from '#shared/db/connect.ts'

export interface Clock {
  now(): Date
  stop(): void
}

/** Two clocks part by some thousandths of a second a minute. */
const LOOK_MS = 60_000

/** Looks now, and every minute; while the database does not answer the counter carries on. */
export async function startClock(db: Db): Promise<Clock> {
  let ahead = 0
  const look = async () => {
    const asked = performance.now()
    const there = (await databaseNow(db)).getTime()
    // It was read on the way, half of it at most off.
    ahead = there - (asked + performance.now()) / 2
  }
  await look()
  const looking = setInterval(() => look().catch(() => {}), LOOK_MS)
  looking.unref()
  return { now: () => new Date(performance.now() + ahead), stop: () => clearInterval(looking) }
}
