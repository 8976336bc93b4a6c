// The worker's hands: none begins what another is at, and all are there again after the database was away.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type RunningWorker, startWorker } from '#app/worker.ts'
import { createFileStore } from '#attachments/files.ts'
import { type Connection, connect } from '#shared/db/connect.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'

const PATIENT = { timeout: 15_000, interval: 50 }
let database: TestDatabase
let folder: string
let worker: RunningWorker
let connection: Connection
/** What each letter waits for, and how often it was begun. */
const sending: (() => void)[] = []

beforeAll(async () => {
  database = await cloneDatabase()
  folder = await mkdtemp(join(tmpdir(), 'eprod-worker-'))
  // As many connections as the product gives it.
  connection = connect(database.urls.worker, { max: 20 })
  worker = await startWorker({
    db: connection.db,
    sides: { institution: database.web.db, staff: database.staff.db },
    pool: connection.pool,
    store: await createFileStore(folder),
    scanner: undefined,
    mail: { send: () => new Promise<void>((sent) => sending.push(sent)), close: () => {} },
    place: { url: 'https://eprod.example.com', key: Buffer.alloc(32, 3) },
  })
})
afterAll(async () => {
  await worker?.stop()
  await connection?.close()
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

const owner = async (text: string) => (await database.owner.pool.query(text)).rows
const post = (to: string) =>
  owner(
    `select mail.post(jsonb_build_object('to', '${to}', 'messageId', '${to}', 'subject', 'x', 'text', 'x', 'html', 'x'), now())`,
  )
const left = async () =>
  await owner(`select attempts, locked_at is not null as held from graphile_worker._private_jobs`)

it('a letter that takes long is not begun by another hand', async () => {
  await post('a@example.com')
  await vi.waitFor(() => expect(sending).toHaveLength(1), PATIENT)
  await owner(`update graphile_worker._private_jobs set locked_at = now() - interval '1 minute'`)
  // Later than the next look for jobs of hands that died: one of those is given back by it.
  await owner(`select graphile_worker.add_job('tickets.remind', job_key => 'of the dead')`)
  await owner(
    `update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now() - interval '1 minute' where key = 'of the dead'`,
  )
  await vi.waitFor(async () => expect(await left()).toEqual([{ attempts: 1, held: true }]), PATIENT)
  expect(sending).toHaveLength(1)
  sending.pop()?.()
  await vi.waitFor(async () => expect(await left()).toEqual([]), PATIENT)
})

it('a database that goes away and comes back finds all hands at work, and no letter twice', async () => {
  await post('b@example.com')
  await vi.waitFor(() => expect(sending).toHaveLength(1), PATIENT)
  const admin = new pg.Client({ connectionString: database.urls.admin.replace(`/${database.name}`, '/postgres') })
  await admin.connect()
  await admin.query(`alter database ${database.name} allow_connections false`)
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database.name}'`)
  sending.pop()?.()
  await vi.waitFor(() => expect(connection.pool.idleCount).toBe(0), PATIENT)
  await admin.query(`alter database ${database.name} allow_connections true`)
  await admin.end()
  await post('c@example.com')
  await vi.waitFor(async () => {
    for (const sent of sending.splice(0)) sent()
    expect(await left()).toEqual([])
  }, PATIENT)
  expect(await owner(`select recipient from mail.letter where state <> 'sent'`)).toEqual([])
})
