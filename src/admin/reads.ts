// What the administration pages show: jobs and refused letters, by functions that ask the database who asks.
import { sql } from 'kysely'
import type { Tx } from '#shared/db/connect.ts'

export type JobState = 'failed' | 'running' | 'again' | 'waiting'

export interface Job {
  readonly id: number
  readonly task: string
  readonly state: JobState
  readonly runAt: Date
  readonly attempts: number
  readonly maxAttempts: number
  readonly lastError: string | null
  /** Of a deadline: whose. */
  readonly ticketId: number | null
  /** Of a letter: to whom, and what. */
  readonly recipient: string | null
  readonly subject: string | null
}

/** Failed ones first, then what runs and what waits. */
export async function jobsNow(tx: Tx, most: number): Promise<Job[]> {
  const { rows } = await sql<Job>`
    select id, task, state, run_at as "runAt", attempts, max_attempts as "maxAttempts", last_error as "lastError", ticket_id as "ticketId",
           recipient, subject
      from eprod.jobs_now(${most})`.execute(tx)
  return rows
}

export interface JobCount {
  readonly task: string
  readonly waiting: number
  readonly again: number
  readonly failed: number
  readonly running: number
}

/** How many of each task. */
export async function jobCounts(tx: Tx): Promise<JobCount[]> {
  const { rows } = await sql<JobCount>`select task, waiting, again, failed, running from eprod.jobs_count()`.execute(tx)
  return rows
}

export interface RefusedLetter {
  readonly id: number
  readonly recipient: string
  readonly subject: string
  readonly failure: string | null
  readonly doneAt: Date
}

/** Letters a mail server refused for good, newest first. */
export async function refusedLetters(tx: Tx, most: number): Promise<RefusedLetter[]> {
  const { rows } = await sql<RefusedLetter>`
    select id, recipient, subject, failure, done_at as "doneAt" from eprod.refused_letters(${most})`.execute(tx)
  return rows
}
