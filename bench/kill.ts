// npm run bench kill: the worker's process ended with kill -9 again and again in the middle of clock and mail. What must hold
// afterwards is counted here; bench/kill.test.ts does the same with little.
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { verifyJournal } from '#journal/verify.ts'
import { startMailServer } from '../tests/support/mail-server.ts'
import { makeWait } from './clock.ts'
import type { Place } from './place.ts'
import { figure, keep } from './results.ts'
import { launchWorker, type ProcessPlace } from './site.ts'

export interface KillPlan {
  readonly place: ProcessPlace & Pick<Place, 'plain'>
  /** Overdue tickets. */
  readonly tickets: readonly number[]
  /** Letters that wait besides. */
  readonly letters: number
  readonly kills: number
  /** A worker is ended within this time after the first thing it did. */
  readonly withinMs: number
}

export interface Outcome {
  /** Of the kills: those that met work not yet done. */
  readonly inTheMiddle: number
  /** Tickets without exactly one entry of the clock, or not changed exactly once. */
  readonly notOnce: number
  /** Entries of the clock whose requester has no line at the bell. */
  readonly untold: number
  /** Letters that were posted, those of them that no mail server has, and those said to be sent that are not. */
  readonly letters: number
  readonly lost: number
  readonly unsent: number
  /** Letters that came twice or more, and those among them that differ. */
  readonly copies: number
  readonly unlike: number
  /** Jobs left behind. */
  readonly left: number
  readonly broken: string | undefined
  readonly seconds: number
}

/** How long a mail server takes over a letter: long enough to be met in the middle of it. */
const LETTER_MS = 15
/** The last worker has finished, or is stuck, when nothing was done for so long. */
const PATIENCE_MS = 60_000

/** Ends a worker again and again, then lets one finish. */
export async function killWorker(plan: KillPlan): Promise<Outcome> {
  const server = await startMailServer()
  server.delayMs = LETTER_MS
  const client = new pg.Client({ connectionString: plan.place.plain })
  await client.connect()
  try {
    const { rows } = await client.query('select id::int, version from eprod.ticket where id = any($1::bigint[])', [
      plan.tickets,
    ])
    const last = await client.query<{ id: string | null; entry: string | null }>(
      'select (select max(id) from mail.letter) as id, (select max(id) from eprod.journal_entry) as entry',
    )
    const from = last.rows[0]?.entry ?? '0'
    await postLetters(client, plan.letters)
    const began = performance.now()
    let inTheMiddle = 0
    for (let kill = 0; kill < plan.kills; kill += 1) {
      const before = await done(client, from)
      await client.query(`select graphile_worker.add_job('tickets.sweep-deadlines')`)
      const worker = await launchWorker(plan.place, server.url)
      while ((await done(client, from)) === before && (await waiting(client)) > 0) await pause(5)
      await pause(Math.random() * plan.withinMs)
      await worker.kill()
      if ((await waiting(client)) > 0) inTheMiddle += 1
    }
    const worker = await launchWorker(plan.place, server.url)
    await finished(client, from)
    await worker.stop()
    const seconds = (performance.now() - began) / 1000
    const mail = await mailed(client, server.received, last.rows[0]?.id ?? '0')
    return { inTheMiddle, seconds, ...(await counted(client, rows)), ...mail }
  } finally {
    await client.end()
    await server.close()
  }
}

async function finished(client: pg.Client, from: string): Promise<void> {
  let before = -1
  for (let until = 0; (await waiting(client)) > 0; ) {
    const now = await done(client, from)
    if (now !== before) until = performance.now() + PATIENCE_MS
    if (performance.now() > until) return
    before = now
    await pause(100)
  }
}

async function postLetters(client: pg.Client, many: number): Promise<void> {
  await client.query(
    `select mail.post(jsonb_build_object('to', 'pessoa' || n || '@example.com', 'messageId', 'queda-' || $2::text || n || '@example.com',
              'subject', 'Queda ' || n, 'text', 'Um parágrafo.', 'html', '<p>Um parágrafo.</p>'), now())
       from generate_series(1, $1::int) n`,
    [many, `${Date.now()}-`],
  )
}

/** Letters sent so far, and deadlines fired after the entry `from`: counting all there ever were takes longer than a round. */
async function done(client: pg.Client, from: string): Promise<number> {
  const { rows } = await client.query(
    `select (select count(*) from mail.letter where state = 'sent')::int
          + (select count(*) from eprod.journal_entry where id > $1 and event in ('lapse', 'expire'))::int as n`,
    [from],
  )
  return rows[0].n
}

/** Deadlines that are due and jobs that could run. */
async function waiting(client: pg.Client): Promise<number> {
  const { rows } = await client.query(
    `select (select count(*) from eprod.ticket where due_at <= now())::int
          + (select count(*) from graphile_worker._private_jobs
             where run_at <= now() + interval '1 minute' and (is_available or locked_at is not null))::int as n`,
  )
  return rows[0].n
}

async function counted(client: pg.Client, before: { id: number; version: number }[]) {
  const ids = before.map(({ id }) => id)
  const { rows } = await client.query(
    `with clock as (select e.id, t.id as ticket, t.requester_id from eprod.journal_entry e
                      join eprod.ticket t on e.thing_id = t.id::text
                      join unnest($1::bigint[], $2::int[]) b(id, version) on b.id = t.id
                     where e.thing = 'ticket' and e.event in ('lapse', 'expire') and e.at > now() - interval '1 day')
     select (select count(*) from unnest($1::bigint[], $2::int[]) b(id, version) join eprod.ticket t on t.id = b.id
              where t.version <> b.version + 1 or (select count(*) from clock c where c.ticket = b.id) <> 1)::int as "notOnce",
            (select count(*) from clock c where not exists (select from eprod.notification n
              where n.entry_id = c.id and n.person_id = c.requester_id))::int as untold`,
    [ids, before.map(({ version }) => version)],
  )
  const { broken } = await verifyJournal(client)
  return { ...(rows[0] as { notOnce: number; untold: number }), left: await waiting(client), broken }
}

/** Of the letters posted after `last`. */
async function mailed(client: pg.Client, received: readonly { raw: string }[], last: string) {
  const { rows } = await client.query<{ id: string; state: string }>(
    'select message_id as id, state from mail.letter where id > $1',
    [last],
  )
  const seen = new Map<string, Set<string>>()
  for (const { raw } of received) {
    const id = /^Message-ID: <(.*)>/im.exec(raw)?.[1] ?? ''
    // What a second try makes anew: its date and the boundaries between its parts.
    const words = raw.replace(/^Date: .*$/m, '').replace(/--_NmP-[\w.-]+/g, '')
    seen.set(id, (seen.get(id) ?? new Set()).add(words))
  }
  return {
    letters: rows.length,
    lost: rows.filter(({ id }) => !seen.has(id)).length,
    unsent: rows.filter(({ state }) => state !== 'sent').length,
    copies: received.length - seen.size,
    unlike: [...seen.values()].filter((words) => words.size > 1).length,
  }
}

const KILLS = 20
const TICKETS = 6000
const LETTERS = 1500

export async function measureKill(place: Place): Promise<void> {
  const tickets = [
    ...(await makeWait(place, 'pending', TICKETS / 2)),
    ...(await makeWait(place, 'solved', TICKETS / 2)),
  ]
  const outcome = await killWorker({ place, tickets, letters: LETTERS, kills: KILLS, withinMs: 900 })
  keep({
    title: 'kill',
    command: 'npm run bench kill',
    head: ['what', 'figure'],
    rows: [
      ['kill -9 of the worker', KILLS],
      ['of them in the middle of work', outcome.inTheMiddle],
      [`overdue tickets not handled exactly once, of ${tickets.length}`, outcome.notOnce],
      ['deadlines of which the requester was not told', outcome.untold],
      ['letters', outcome.letters],
      ['letters lost', outcome.lost],
      ['letters not told to be sent', outcome.unsent],
      ['letters that came twice, under the same Message-ID', outcome.copies],
      ['of them unlike the first', outcome.unlike],
      ['jobs left behind', outcome.left],
      ['journal', outcome.broken ?? 'whole'],
      ['seconds', figure(outcome.seconds)],
    ],
    notes: ['Between a server’s yes and our note of it a kill must leave a copy: no protocol of mail knows better.'],
  })
}
