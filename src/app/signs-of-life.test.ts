// The jobs of a worker that died: given back within a beat, and gone where another one has taken their place.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSigns } from '#app/signs-of-life.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database?.drop())

const TASK = 'tickets.remind'
const add = (key: string) => database.owner.pool.query('select graphile_worker.add_job($1, job_key => $2)', [TASK, key])
const jobs = async () => {
  const { rows } = await database.owner.pool.query(
    `select key, locked_at is null and attempts < max_attempts as runs from graphile_worker.jobs
      where task_identifier = $1 order by key`,
    [TASK],
  )
  return rows
}

it('gives back what a dead worker held, and takes away what was asked for anew meanwhile: it is no failure', async () => {
  await add('kept')
  await add('asked anew')
  await database.owner.pool.query(
    `update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now() - interval '10 s', attempts = 1`,
  )
  await add('asked anew')
  expect(await jobs()).toEqual([
    { key: 'asked anew', runs: true },
    { key: 'kept', runs: false },
    { key: null, runs: false },
  ])
  const failures: unknown[] = []
  const signs = startSigns(database.worker.pool, [TASK], (error) => failures.push(error))
  await signs.close()
  expect(failures).toEqual([])
  expect(await jobs()).toEqual([
    { key: 'asked anew', runs: true },
    { key: 'kept', runs: true },
  ])
})

const locks = async () => {
  const { rows } = await database.owner.pool.query(`select count(*)::int as n from pg_locks
    where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`)
  return rows[0].n
}

it('gives back what hands still held that have ended, also those that began before the first sign', async () => {
  await add('left')
  const signs = startSigns(database.worker.pool, [TASK], () => {})
  signs.begin('hands')
  await expect.poll(locks).toBe(1)
  await database.owner.pool.query(
    `update graphile_worker._private_jobs set locked_by = 'hands', locked_at = now() - interval '10 s', attempts = 1`,
  )
  signs.end('hands')
  const left = async () => (await jobs()).find(({ key }) => key === 'left')?.runs
  await expect.poll(left).toBe(true)
  await signs.close()
})
