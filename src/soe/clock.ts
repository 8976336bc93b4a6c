// The door of SOE/WEB for the worker: what it does by the clock. Pages and provider have a door of their own, mount.ts.
import { askForConfirmations } from '#soe/confirmations/actions.ts'
import { connectSoe } from '#soe/tables.ts'

export interface SoeClock {
  /** Writes to masters whose operators' classes are to be confirmed. */
  askForConfirmations(now: Date): Promise<void>
  close(): Promise<void>
}

/** `origin`: what the links of letters begin with. */
export function openSoeClock(given: { databaseUrl: string; origin: string }): SoeClock {
  const { db, close } = connectSoe(given.databaseUrl, 1)
  return {
    askForConfirmations: async (now) => {
      await askForConfirmations(db, { origin: given.origin, now })
    },
    close,
  }
}
