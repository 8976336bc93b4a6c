// npm run bench overdue, race, mail: the clock after days of standing still and beside bare SQL, everybody at the same instant,
// and letters through a real mail server in process.
import { setTimeout as pause } from 'node:timers/promises'
import { run } from 'graphile-worker'
import pg from 'pg'
import { type Connection, connect } from '#shared/db/connect.ts'
import { deliver, makePostman, SEND_LETTER } from '#shared/mail/postman.ts'
import { postLetter } from '#shared/mail/store.ts'
import { fireDeadlines } from '#tickets/actions/fire-deadlines.ts'
import { startMailServer } from '../tests/support/mail-server.ts'
import { type Racer, race } from '../tests/support/race.ts'
import type { Place } from './place.ts'
import { figure, keep } from './results.ts'

const OVERDUE = 50_000
const COMPARED = 5000
const LETTERS = 2000
const ROUNDS = 10_000

/** Runs statements as a superuser past the guards: only measuring may. */
async function arrange<T>(place: Pick<Place, 'plain'>, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: place.plain })
  await client.connect()
  try {
    await client.query('set session_replication_role = replica')
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Makes closed tickets wait again, overdue since three days; their numbers. Every closed one was asked something once. */
export async function makeWait(
  place: Pick<Place, 'plain'>,
  status: 'pending' | 'solved',
  many: number,
): Promise<number[]> {
  const pending = status === 'pending'
  return await arrange(place, async (client) => {
    const { rows } = await client.query<{ id: number }>(
      `update eprod.ticket set status = $1, closed_at = null, due_at = now() - interval '3 days',
              solved_at = ${pending ? 'null' : 'solved_at'},
              waiting_type_id = ${pending ? '(select min(id) from eprod.waiting_type)' : 'null'},
              waiting_reason = ${pending ? `'Documento ilegível'` : 'null'}
        where id in (select id from eprod.ticket where status = 'closed' order by id limit $2) returning id::int`,
      [status, many],
    )
    const ids = rows.map(({ id }) => id)
    // What came after is taken out of the chains: an entry must go on from the status told last.
    await client.query(
      `delete from eprod.notification n using eprod.journal_entry e, eprod.journal_entry l
        where n.entry_id = e.id and ${AFTER_LAST}`,
      [ids, status],
    )
    await client.query(`delete from eprod.journal_entry e using eprod.journal_entry l where ${AFTER_LAST}`, [
      ids,
      status,
    ])
    // A ticket counts as many changes as its journal tells of.
    await client.query(
      `update eprod.ticket t set version = l.seq
         from (select thing_id::bigint as id, max(seq) as seq from eprod.journal_entry
                where thing = 'ticket' and thing_id in (select i::text from unnest($1::bigint[]) i) group by 1) l
        where t.id = l.id`,
      [ids],
    )
    return ids
  })
}

/** Entries `e` of tickets after `l`, the last that told the status. */
const AFTER_LAST = `e.thing = 'ticket' and e.thing_id in (select i::text from unnest($1::bigint[]) i)
  and l.thing = e.thing and l.thing_id = e.thing_id and l.public_part->>'to' = $2 and e.seq > l.seq
  and not exists (select from eprod.journal_entry m where m.thing = l.thing and m.thing_id = l.thing_id
                     and m.public_part->>'to' = $2 and m.seq > l.seq)`

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

/** Tickets of these without exactly `wanted` entries of the clock beyond what was there. */
async function unlike(place: Place, ids: readonly number[], since: Date): Promise<number> {
  const { rows } = await arrange(place, (client) =>
    client.query(
      `select count(*)::int as n from unnest($1::bigint[]) t(id)
         left join (select thing_id, count(*) as n from eprod.journal_entry
                     where thing = 'ticket' and event in ('lapse', 'expire') and at = $2 group by 1) e on e.thing_id = t.id::text
        where e.n is distinct from 1`,
      [ids, since],
    ),
  )
  return rows[0].n
}

export async function measureOverdue(place: Place): Promise<void> {
  const worker = connect(place.urls.worker, { max: 4, statementSeconds: 120 })
  try {
    const before = await fireDeadlines(worker.db, new Date())
    const compared = await makeWait(place, 'solved', COMPARED)
    const bare = await seconds(() => bareClose(place, compared))
    const clock = await seconds(() => fireDeadlines(worker.db, new Date()))
    const ids = [...(await makeWait(place, 'pending', OVERDUE / 2)), ...(await makeWait(place, 'solved', OVERDUE / 2))]
    const now = new Date()
    const taken = await seconds(() => fireDeadlines(worker.db, now))
    keep({
      title: 'overdue',
      command: 'npm run bench overdue',
      head: ['what', 'figure'],
      rows: [
        [`${ids.length} overdue tickets, half Pendente, half Solucionado: seconds (limit 180)`, figure(taken)],
        ['of them not handled exactly once', await unlike(place, ids, now)],
        [`closing ${compared.length} by the clock: seconds`, figure(clock)],
        ['the same by bare SQL, no guard and no chain: seconds', figure(bare)],
        ['ratio (limit 5)', figure(clock / bare)],
      ],
      notes: [`Tickets that were due before: ${before}. One worker; the clock decides, guards, chains and announces.`],
    })
  } finally {
    await worker.close()
  }
}

/** Update, history and job rows in one statement, with every index and no trigger; taken back. */
async function bareClose(place: Place, ids: readonly number[]): Promise<void> {
  await arrange(place, async (client) => {
    // Known from the first job on, which a database just filled has not seen.
    await client.query(
      `insert into graphile_worker._private_tasks (identifier) values ('journal.fan-out') on conflict do nothing`,
    )
    await client.query('begin')
    await client.query(
      `with done as (update eprod.ticket set status = 'closed', closed_at = now(), due_at = null, version = version + 1,
                            updated_at = now() where id = any($1::bigint[]) returning id, institution_id),
       told as (insert into eprod.journal_entry (thing, thing_id, seq, institution_id, event, at, public_part, previous_hash, hash)
                select 'ticket', id::text, 1000, institution_id, 'expire', now(), '{"from": "solved", "to": "closed"}', '\\x00', '\\x00'
                  from done returning id)
       insert into graphile_worker._private_jobs (task_id, payload)
       select (select min(id) from graphile_worker._private_tasks), json_build_object('entry', id) from told`,
      [ids],
    )
    await client.query('rollback')
  })
}

/** Whoever comes first wins; the others are refused with 409 or find nothing due. */
export async function measureRace(place: Place, rounds = ROUNDS): Promise<void> {
  const web = connect(place.urls.web, { max: 6, statementSeconds: 60 })
  const worker = connect(place.urls.worker, { max: 4, statementSeconds: 60 })
  try {
    await fireDeadlines(worker.db, new Date())
    const ids = [...(await makeWait(place, 'pending', rounds / 2)), ...(await makeWait(place, 'solved', rounds / 2))]
    const racers = await arrange(place, async (client) => {
      const { rows } = await client.query<
        Pick<Racer, 'id' | 'status'> & { person: number; institution: number; version: number }
      >(
        `select id::int, status, requester_id as person, institution_id as institution, version
           from eprod.ticket where id = any($1::bigint[]) order by hashint8(id)`,
        [ids],
      )
      return rows
    })
    const wins = new Map<string, number>()
    let wrong = 0
    const next = racers.values()
    // The database takes no act of another time than its own: each falls due as it is raced for.
    const lane = async (client: pg.Client) => {
      for (const racer of next) {
        const person = { personId: racer.person, institutionId: racer.institution }
        const due = new Date()
        await client.query('update eprod.ticket set due_at = $1 where id = $2', [due, racer.id])
        const won = await race({ ...racer, person, due }, { web: web.db, worker: worker.db })
        if (won.length !== 1) wrong += 1
        for (const one of won) wins.set(one, (wins.get(one) ?? 0) + 1)
      }
    }
    const taken = await seconds(() => Promise.all([arrange(place, lane), arrange(place, lane)]))
    const { rows } = await arrange(place, (client) =>
      client.query(
        `select count(*)::int as n from eprod.ticket t join unnest($1::bigint[], $2::int[]) r(id, version) on r.id = t.id
                     where t.version <> r.version + 1`,
        [racers.map(({ id }) => id), racers.map(({ version }) => version)],
      ),
    )
    keep({
      title: 'race',
      command: 'npm run bench race',
      head: ['what', 'figure'],
      rows: [
        ['rounds: approve, refuse, answer and the clock, or three answers and the clock, at once', racers.length],
        ['rounds with no winner or with more than one', wrong],
        ['tickets not changed exactly once', rows[0].n],
        ...[...wins].sort().map(([verb, n]): [string, number] => [`won by ${verb}`, n]),
        ['seconds', figure(taken)],
      ],
    })
  } finally {
    await Promise.all([web.close(), worker.close()])
  }
}

export async function measureMail(place: Place): Promise<void> {
  const worker: Connection = connect(place.urls.worker, { max: 6, statementSeconds: 60 })
  const server = await startMailServer()
  const postman = makePostman({ smtpUrl: server.url, from: 'EPROD <nao-responda@example.com>' })
  const began = Date.now()
  try {
    await arrange(place, (client) => client.query('delete from graphile_worker._private_jobs'))
    await worker.db.transaction().execute(async (tx) => {
      for (let n = 0; n < LETTERS; n += 1) {
        const parts = { subject: `Medida ${n}`, text: 'Um parágrafo.', html: '<p>Um parágrafo.</p>' }
        const letter = { to: `pessoa${n}@example.com`, messageId: `medida-${began}-${n}@example.com`, ...parts }
        await postLetter(tx, letter, new Date())
      }
    })
    const task = async (payload: unknown) =>
      await deliver(worker.db, { id: (payload as { id: number }).id, way: postman, now: new Date() })
    const taken = await seconds(async () => {
      const runner = await run({
        pgPool: worker.pool,
        taskList: { [SEND_LETTER]: task },
        concurrency: 4,
        noHandleSignals: true,
        noPreparedStatements: true,
      })
      while (server.received.length < LETTERS) await pause(20)
      await runner.stop()
    })
    keep({
      title: 'mail',
      command: 'npm run bench mail',
      head: ['what', 'figure'],
      rows: [
        ['letters through SMTP in process', server.received.length],
        ['letters a second (limit 50)', figure(LETTERS / taken)],
      ],
    })
  } finally {
    postman.close()
    await server.close()
    await worker.close()
  }
}
