// What is kept of letters (migrations/0020-mail.sql): posted by any role, sent by the worker.
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import { checkLetter, type Letter } from '#shared/mail/letter.ts'

/**
 * Posts a letter inside the running transaction; a job sends it after the commit and tries again while the mail server is
 * away. The same `messageId` again changes nothing. Both houses call this with their own handle.
 */
export async function postLetter(tx: QueryExecutorProvider, letter: Letter, now: Date): Promise<void> {
  checkLetter(letter)
  await sql`select mail.post(${JSON.stringify(letter)}::jsonb, ${now})`.execute(tx)
}

/** A letter that waits, or undefined: it was sent, kept or refused before. */
export async function waitingLetter(db: QueryExecutorProvider, id: number): Promise<Letter | undefined> {
  const { rows } = await sql<Letter>`
    select recipient as "to", subject, text_part as "text", html_part as "html", message_id as "messageId", headers
      from mail.letter where id = ${id} and state = 'waiting'`.execute(db)
  return rows[0]
}

/** A mail server took it: its parts are no longer kept, and its address fails no more. */
export async function markSent(db: QueryExecutorProvider, id: number, now: Date): Promise<void> {
  await sql`
    with sent as (update mail.letter set state = 'sent', done_at = ${now}, text_part = null, html_part = null
                   where id = ${id} returning recipient)
    delete from eprod.failing_address f using sent where f.address = lower(sent.recipient)`.execute(db)
}

/** There is no mail server: kept to be shown. */
export async function markKept(db: QueryExecutorProvider, id: number, now: Date): Promise<void> {
  await sql`update mail.letter set state = 'kept', done_at = ${now} where id = ${id}`.execute(db)
}

/** The mail server refused it for good; `failure` is what it said. Its address fails from now on. */
export async function markFailed(
  db: QueryExecutorProvider,
  id: number,
  said: { failure: string; now: Date },
): Promise<void> {
  await sql`
    with failed as (update mail.letter set state = 'failed', done_at = ${said.now}, failure = ${said.failure}
                     where id = ${id} returning recipient)
    ${failing(said, sql`failed`)}`.execute(db)
}

/** It has no try left, and waits for an administrator: its address fails from now on. */
export async function markDead(
  db: QueryExecutorProvider,
  id: number,
  said: { failure: string; now: Date },
): Promise<void> {
  await failing(said, sql`mail.letter where id = ${id}`).execute(db)
}

function failing({ failure, now }: { failure: string; now: Date }, letter: RawBuilder<unknown>) {
  return sql`insert into eprod.failing_address as f (address, since, failure)
    select lower(recipient), ${now}::timestamptz, ${failure}::text from ${letter}
    on conflict (address) do update set failure = excluded.failure`
}

/** Removes letters done with before an instant; an address that failed before it and still does is told anew. */
export async function forgetLetters(db: QueryExecutorProvider, before: Date): Promise<void> {
  await sql`delete from mail.letter where state <> 'waiting' and done_at < ${before}`.execute(db)
  await sql`delete from eprod.failing_address where since < ${before}`.execute(db)
}

export interface KeptLetter {
  readonly id: number
  readonly messageId: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly at: Date
}

/** The last hundred letters kept because there is no mail server, newest first. */
export async function keptLetters(db: QueryExecutorProvider): Promise<KeptLetter[]> {
  const { rows } = await sql<KeptLetter>`
    select id, message_id as "messageId", recipient as "to", subject, text_part as "text", html_part as "html",
           posted_at as "at" from mail.kept_letters()`.execute(db)
  return rows
}
