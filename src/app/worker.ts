// The worker: every job and every line of the clock stand here. Runs in the web process or alone.
import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import {
  Logger,
  parseCronItems,
  type RunnerOptions,
  run,
  type Task,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker'
import type pg from 'pg'
import { startSigns } from '#app/signs-of-life.ts'
import { removeOrphans } from '#attachments/actions.ts'
import { CHECK_FILE, type CheckDoors, checkFile, contentOf, sweepChecks } from '#attachments/checks.ts'
import type { FileStore } from '#attachments/files.ts'
import { removeUnclaimed } from '#attachments/uploads.ts'
import { dropLeftovers } from '#forms/actions.ts'
import { sealDayBefore } from '#journal/actions.ts'
import {
  ASK_ADDRESS,
  askAgain,
  FAN_OUT,
  fanOut,
  forgetOld,
  RELEASE_HELD,
  releaseHeld,
  sendDigests,
} from '#notifications/actions.ts'
import { checkAlerts } from '#notifications/alerts.ts'
import type { LetterPlace } from '#notifications/rules/links.ts'
import { type Db, databaseNow } from '#shared/db/connect.ts'
import type { Side } from '#shared/kit/actor.ts'
import { DAY_MS } from '#shared/kit/dates.ts'
import { deliver, type MailWay, SEND_LETTER } from '#shared/mail/postman.ts'
import { forgetLetters } from '#shared/mail/store.ts'
import type { SoeClock } from '#soe/clock.ts'
import { fireDeadline, fireDeadlines, fireOneByOne, remindOfDeadlines } from '#tickets/actions/fire-deadlines.ts'
import { FIRE_DEADLINE } from '#tickets/actions/move-ticket.ts'

export interface WorkerDoors {
  readonly db: Db
  /** The roles of the two sides: a person's search is counted as the person would. */
  readonly sides: Readonly<Record<Side, Db>>
  readonly pool: pg.Pool
  readonly store: FileStore
  readonly scanner: CheckDoors['scanner']
  readonly mail: MailWay
  /** Where the links of letters lead. */
  readonly place: LetterPlace
  /** The embedded SOE/WEB; left out where another provider takes its place. */
  readonly soe?: SoeClock | undefined
  /** Left out: the database's clock, so that a machine whose own clock is wrong fires nothing early. */
  readonly now?: (() => Date) | undefined
}

/** What an expired session sent is kept for an hour; the same for files received and never taken. */
const KEPT_MS = 3_600_000
/** How long it can be told that a letter was sent. */
const LETTERS_MS = 90 * DAY_MS

/** What is due once a day and was missed while nobody worked is made up for at the start. */
const MADE_UP = { backfillPeriod: DAY_MS }

/** Minute, hour, day, month, weekday (UTC). A deadline has its own job at its instant; the sweep is for what a crash left.
 * What failed a minute ago gives way to the next round: that is what the keys are for. */
const CLOCK = [
  { task: 'tickets.sweep-deadlines', match: '* * * * *', options: { jobKey: 'tickets.sweep-deadlines' } },
  { task: 'tickets.remind', match: '* * * * *', options: { jobKey: 'tickets.remind' } },
  { task: 'searches.check-alerts', match: '*/5 * * * *' },
  { task: 'attachments.sweep-checks', match: '*/2 * * * *' },
  // 07:00 in São Paulo.
  { task: 'notifications.send-digests', match: '0 10 * * *', options: MADE_UP },
  // 08:00 in São Paulo.
  { task: 'soe.ask-for-confirmations', match: '0 11 * * *', options: MADE_UP },
  { task: 'journal.seal-day', match: '10 3 * * *', options: MADE_UP },
  { task: 'house.sweep-leftovers', match: '17 * * * *' },
  { task: 'attachments.remove-orphans', match: '43 5 * * *' },
]

/** Tasks of which no job is without a key: one that lost it was replaced. */
const KEYED = [FIRE_DEADLINE, CHECK_FILE, 'tickets.sweep-deadlines', 'tickets.remind']

/** The tasks by name; each runs one action. */
export function tasksOf(doors: WorkerDoors): TaskList {
  const now = async () => doors.now?.() ?? (await databaseNow(doors.db))
  const keptSince = async () => new Date((await now()).getTime() - KEPT_MS)
  return {
    [FIRE_DEADLINE]: async (payload) => {
      await fireDeadline(doors.db, (payload as { ticketId: number }).ticketId, await now())
    },
    'tickets.sweep-deadlines': async () => {
      const at = await now()
      // One that cannot be fired must not hold up those of its batch.
      await fireDeadlines(doors.db, at).catch(async (error: unknown) => {
        await fireOneByOne(doors.db, at)
        throw error
      })
    },
    'tickets.remind': async () => {
      await remindOfDeadlines(doors.db, await now())
    },
    [FAN_OUT]: async (payload) => {
      const { entries } = payload as { entries: number[] }
      await fanOut(doors.db, entries, { place: doors.place, now: await now() })
    },
    [RELEASE_HELD]: async (payload) => {
      const address = payload as { institutionId: number; address: string }
      await releaseHeld(doors.db, address, { place: doors.place, now: await now() })
    },
    [ASK_ADDRESS]: async (payload) => {
      const { ticketId } = payload as { ticketId: number }
      await askAgain(doors.db, ticketId, { place: doors.place, now: await now() })
    },
    'journal.seal-day': async () => {
      await sealDayBefore(doors.db, await now())
    },
    'notifications.send-digests': async () => {
      await sendDigests(doors.db, { place: doors.place, now: await now() })
    },
    'soe.ask-for-confirmations': async () => {
      await doors.soe?.askForConfirmations(await now())
    },
    'searches.check-alerts': async () => {
      await checkAlerts(doors, await now())
    },
    [SEND_LETTER]: async (payload, { job }) => {
      const last = job.attempts >= job.max_attempts
      await deliver(doors.db, { id: (payload as { id: number }).id, way: doors.mail, now: await now(), last })
    },
    'house.sweep-leftovers': async () => {
      await doors.store.sweep(await keptSince())
      await dropLeftovers(doors.db, await now())
      await forgetOld(doors.db, await now())
      await forgetLetters(doors.db, new Date((await now()).getTime() - LETTERS_MS))
    },
    [CHECK_FILE]: async (payload) => {
      await checkFile({ ...doors, now }, contentOf(payload))
    },
    'attachments.sweep-checks': async () => {
      await sweepChecks(doors)
    },
    'attachments.remove-orphans': async () => {
      await removeUnclaimed(doors.db, doors.store, await now())
      await removeOrphans(doors.db, doors.store, await keptSince())
    },
  }
}

/** Says what failed, not each job that went well. */
const logger = new Logger(() => (level, message) => {
  if (level === 'error' || level === 'warning') console.error(`worker: ${message}`)
})

export interface RunningWorker {
  /** Waits for running jobs. */
  stop(): Promise<void>
}

/**
 * Starts the worker. Letters and checks have hands of their own: neither a mail server that takes minutes over each nor
 * hostile files may keep the clock waiting. The pool needs a connection for each of the ten hands, and ten more.
 */
export async function startWorker(doors: WorkerDoors): Promise<RunningWorker> {
  const signs = startSigns(doors.pool, KEYED, (error) => console.error('worker:', error))
  const events: WorkerEvents = new EventEmitter()
  // A job is marked with the name of the pool that took it.
  events.on('pool:create', ({ workerPool }) => signs.begin(workerPool.id))
  events.on('pool:release', ({ workerPool }) => signs.end(workerPool.id))
  const { [SEND_LETTER]: send, [CHECK_FILE]: check, ...others } = tasksOf(doors)
  const shared: RunnerOptions = {
    pgPool: doors.pool,
    events,
    pollInterval: 2000,
    logger,
    noHandleSignals: true,
    noPreparedStatements: true,
    // Without a batch a job whose end cannot be written would end the process: graphile-worker lets that promise go.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  }
  const hands = await Promise.all([
    keepRunning({ ...shared, taskList: others, parsedCronItems: parseCronItems(CLOCK), concurrency: 4 }),
    keepRunning({ ...shared, taskList: { [SEND_LETTER]: send as Task }, concurrency: 4 }),
    keepRunning({ ...shared, taskList: { [CHECK_FILE]: check as Task }, concurrency: 2 }),
  ])
  return {
    stop: async () => {
      await Promise.all(hands.map((one) => one.stop()))
      await signs.close()
    },
  }
}

const AGAIN_MS = 2000

/** Hands that gave up, as when the database was away, begin again until they are told to stop. */
async function keepRunning(options: RunnerOptions): Promise<RunningWorker> {
  let runner = await run(options)
  const told = new AbortController()
  const { signal } = told
  const follow = async (): Promise<void> => {
    while (!signal.aborted) {
      await runner.promise.catch(() => {})
      await pause(AGAIN_MS, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      runner = await run(options).catch(() => runner)
      if (signal.aborted) await runner.stop().catch(() => {})
    }
  }
  const following = follow()
  return {
    stop: async () => {
      told.abort()
      // One that has ended by itself says so.
      await runner.stop().catch(() => {})
      await following
    },
  }
}
