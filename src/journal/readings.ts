// A door of this room: the log of who read personal data, gathered in memory and written within a second. Full CPFs, opened
// files and exports do not pass here: they are entries, written at once.
import { sql } from 'kysely'
import type { Db } from '#shared/db/connect.ts'
import type { Words } from '#words/words.ts'

/** What can be read: exactly what there are words for. */
export type ReadingOf = keyof Words['journal']['readings']

/** What the id of each reading is of. */
export const READ_THING = {
  'ticket-page': 'ticket',
  'ticket-history': 'ticket',
  receipt: 'ticket',
  'receipt-pdf': 'ticket',
  draft: 'draft',
  list: 'list',
  search: 'search',
} as const satisfies Readonly<Record<ReadingOf, string>>

export interface Reading {
  readonly at: Date
  readonly person: number
  readonly what: ReadingOf
  readonly thing: (typeof READ_THING)[ReadingOf]
  readonly id: string
}

export interface ReadingLog {
  note(reading: Reading): void
  /** Writes what is left. */
  close(): Promise<void>
}

const WITHIN_MS = 500
/** While the database is away no more than this is held in memory; the oldest stay. */
const MOST_HELD = 50_000

/** Begins to gather; `failed` hears of a write that has to be tried again. */
export function startReadingLog(db: Db, failed: (error: unknown) => void): ReadingLog {
  let held: Reading[] = []
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  const write = async (): Promise<void> => {
    timer = undefined
    const batch = held
    held = []
    if (batch.length === 0) return
    try {
      await sql`select eprod.log_readings(${JSON.stringify(batch)}::jsonb)`.execute(db)
    } catch (error) {
      held = [...batch, ...held].slice(0, MOST_HELD)
      failed(error)
      later()
    }
  }
  const later = () => {
    timer ??= setTimeout(() => {
      writing = writing.then(write)
    }, WITHIN_MS)
    timer.unref()
  }
  return {
    note: (reading) => {
      if (held.length < MOST_HELD) held.push(reading)
      later()
    },
    close: async () => {
      clearTimeout(timer)
      await writing
      await write()
      clearTimeout(timer)
    },
  }
}
