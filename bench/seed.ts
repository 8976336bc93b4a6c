// npm run bench:seed: makes the database eprod_bench, migrates and fills it, and verifies a sample of its chains.
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { chainOf } from '#journal/reads.ts'
import { firstBroken } from '#journal/rules.ts'
import { connect, type Tx } from '#shared/db/connect.ts'
import { migrate } from '#shared/db/migrate.ts'
import { rolesOf } from '#shared/db/passwords.ts'
import { seedReference } from '../seeds/reference.ts'
import { maintaining, type Place, ROOT, remake } from './place.ts'

const SAMPLE = 200

/** Fills the place with `tickets` tickets; returns what it counted, and the seconds it took. */
export async function seed(place: Place, tickets: number): Promise<Record<string, number>> {
  const began = performance.now()
  await remake(place)
  await migrate(place.urls.owner, join(ROOT, 'migrations'), rolesOf(place.passwords))
  await seedReference(place.urls.owner)
  await fill(place.urls.owner, tickets)
  const seconds = (performance.now() - began) / 1000
  return { ...(await verify(place)), seconds: Math.round(seconds * 10) / 10 }
}

async function fill(owner: string, tickets: number): Promise<void> {
  const client = await open(owner)
  try {
    await runFile(client, 'prepare.sql')
    const hands = availableParallelism()
    const share = Math.ceil(tickets / hands)
    const shares = Array.from({ length: hands }, (_, k) => ({
      first: k * share + 1,
      last: Math.min((k + 1) * share, tickets),
    }))
    await Promise.all(shares.map((one) => fillShare(owner, { ...one, tickets })))
    await index(client, owner)
    await runFile(client, 'finish.sql')
    await client.query('vacuum (analyze)')
  } finally {
    await client.end()
  }
}

async function fillShare(owner: string, share: Readonly<Record<'first' | 'last' | 'tickets', number>>): Promise<void> {
  const client = await open(owner)
  try {
    for (const [name, value] of Object.entries(share))
      await client.query('select set_config($1, $2, false)', [`bench.${name}`, String(value)])
    await runFile(client, 'shard.sql')
  } finally {
    await client.end()
  }
}

/** Puts the plain indexes back, each connection taking the next one. */
async function index(client: pg.Client, owner: string): Promise<void> {
  const began = performance.now()
  const { rows } = await client.query<{ definition: string }>('select definition from plain_index order by name')
  const next = rows[Symbol.iterator]()
  const work = async () => {
    const hand = await open(owner)
    try {
      await hand.query(
        `set maintenance_work_mem = '512MB'; set statement_timeout = 0; set max_parallel_maintenance_workers = 0`,
      )
      for (const { definition } of next) await hand.query(definition)
    } finally {
      await hand.end()
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  console.log(`indexes: ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

async function open(owner: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: owner })
  await client.connect()
  return client
}

async function runFile(client: pg.Client, file: string): Promise<void> {
  const began = performance.now()
  await client.query(readFileSync(join(import.meta.dirname, file), 'utf8'))
  console.log(`${file}: ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

/** Counts the rows and checks the chains of a sample as `npm run verify` would. Throws on the first broken one. */
async function verify(place: Place): Promise<Record<string, number>> {
  const owner = connect(maintaining(place.urls.owner), { max: 1, statementSeconds: 120 })
  try {
    return await owner.db.transaction().execute(async (tx) => {
      const { rows: counts } = await sql<Record<string, number>>`
        select (select count(*) from eprod.ticket) as tickets, (select count(*) from eprod.journal_entry) as entries,
               (select count(*) from eprod.attachment) as files, (select count(*) from eprod.follow_up) as "followUps",
               (select count(*) from eprod.institution where side = 'institution') as institutions`.execute(tx)
      const { rows } = await sql<{
        id: number
      }>`select id from eprod.ticket order by hashint8(id) limit ${SAMPLE}`.execute(tx)
      for (const { id } of rows) {
        const chain = await chainOf(tx, 'ticket', id)
        const broken = chain.length === 6 ? firstBroken(chain) : chain.length
        if (broken !== undefined) throw new Error(`ticket ${id}: its chain is broken at entry ${broken}`)
      }
      await verifyTexts(
        tx,
        rows.map(({ id }) => id),
      )
      return { ...counts[0], chainsVerified: rows.length }
    })
  } finally {
    await owner.close()
  }
}

/** The searched texts are what the triggers would have kept. */
async function verifyTexts(tx: Tx, ids: readonly number[]): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select t.id from eprod.ticket t join eprod.ticket_text x on x.ticket_id = t.id
      cross join lateral (select eprod.words_of(string_agg(f.body, ' ')) as words from eprod.follow_up f where f.ticket_id = t.id) f
     where t.id = any(${ids}::bigint[])
       and (x.pieces <> eprod.pieces_of(t.title, t.plate, t.chassis, t.renavam)
         or tsvector_to_array(ts_filter(x.words, '{a}')) <> tsvector_to_array(eprod.words_of(t.title))
         or tsvector_to_array(ts_filter(x.words, '{d}')) <> tsvector_to_array(f.words)
         or not exists (select from eprod.ticket_number n where n.ticket_id = t.id))`.execute(tx)
  if (rows.length > 0) throw new Error(`ticket ${rows[0]?.id}: its searched words are not those of its texts`)
}
