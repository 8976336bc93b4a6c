// What the administration pages show: jobs and refused letters, by functions that ask the database who asks.
import { sql } from 'kysely'
import type { Tx } from '#shared/db/connect.ts'

export const JOB_STATES = ['failed', 'running', 'again', 'waiting'] as const
export type JobState = (typeof JOB_STATES)[number]

export interface Job {
  readonly id: number
  readonly task: string
  readonly state: JobState
  /** When it is due; of one that failed, when it was tried last. */
  readonly at: Date
  readonly attempts: number
  readonly maxAttempts: number
  readonly lastError: string | null
  /** Of a deadline, or of the letters about a ticket: whose. */
  readonly ticketId: number | null
  /** Of a letter: to whom, and what. */
  readonly recipient: string | null
  readonly subject: string | null
  /** Where it stands in the list; what a next page begins after. */
  readonly place: string
}

/** What is looked for; undefined may be any. */
export interface JobQuery {
  readonly task?: string | undefined
  readonly state?: JobState | undefined
  readonly ticket?: number | undefined
  /** Part of an address. */
  readonly recipient?: string | undefined
  /** The place of the last row of the page before. */
  readonly after?: string | undefined
}

/** Failed ones first, then what runs and what waits. */
export async function jobsPage(tx: Tx, query: JobQuery, most: number): Promise<Job[]> {
  const { after, ...wanted } = query
  const { rows } = await sql<Job>`
    select id, task, state, at, attempts, max_attempts as "maxAttempts", last_error as "lastError", ticket_id as "ticketId",
           recipient, subject, place
      from eprod.jobs_page(${JSON.stringify(wanted)}::jsonb, string_to_array(${after ?? null}, '.')::bigint[], ${most})`.execute(
    tx,
  )
  return rows
}

/** A place as an address carries it, or undefined. */
export const placeTyped = (text: string): string | undefined =>
  /^[1-4]\.\d{1,18}\.\d{1,18}$/.test(text) ? text : undefined

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

export interface FailingAddress {
  readonly address: string
  /** Whose it is: people, and the institutions that typed it into forms. */
  readonly whose: string
  readonly since: Date
  readonly failure: string
}

/** Addresses that letters do not reach and that somebody has, the newest first. The page asks for the class. */
export async function failingAddresses(tx: Tx, most: number): Promise<FailingAddress[]> {
  const { rows } = await sql<FailingAddress>`
    select f.address, f.since, f.failure, string_agg(x.name, ', ' order by x.name) as whose
      from eprod.failing_address f
      cross join lateral (
        select p.name || ' (' || i.name || ')' as name
          from eprod.person p join eprod.institution i on i.id = p.institution_id where lower(p.email) = f.address
        union select i.name from eprod.mail_address m join eprod.institution i on i.id = m.institution_id
               where m.address = f.address) x
     group by f.address order by f.since desc, f.address limit ${sql.lit(most)}`.execute(tx)
  return rows
}

export interface RefusedLetter {
  readonly id: number
  readonly recipient: string
  readonly subject: string
  readonly failure: string | null
  readonly doneAt: Date
  readonly ticketId: number | null
}

/** Letters a mail server refused for good and nobody laid aside, newest first. */
export async function refusedLetters(tx: Tx, most: number): Promise<RefusedLetter[]> {
  const { rows } = await sql<RefusedLetter>`
    select id, recipient, subject, failure, done_at as "doneAt", ticket_id as "ticketId" from eprod.refused_letters(${most})`.execute(
    tx,
  )
  return rows
}
