// Migrating: a second run does nothing, a changed step is refused, a failed one leaves nothing, and the order of C.UTF-8.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '#shared/db/migrate.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'

let database: TestDatabase
let steps: string
beforeAll(async () => {
  database = await cloneDatabase({ bare: true })
  steps = mkdtempSync(join(tmpdir(), 'eprod-steps-'))
  cpSync(join(import.meta.dirname, '../../../migrations'), steps, { recursive: true })
})
afterAll(async () => {
  rmSync(steps, { recursive: true })
  await database.drop()
})

test('two processes that migrate an empty database at once run each step once, a third finds nothing to do', async () => {
  const both = await Promise.all([migrate(database.urls.owner, steps), migrate(database.urls.owner, steps)])
  expect(both.flat().length).toBeGreaterThan(5)
  expect(new Set(both.flat()).size).toBe(both.flat().length)
  expect(await migrate(database.urls.owner, steps)).toEqual([])
})

test('a step that fails is undone whole and named', async () => {
  const bad = join(steps, '9998-bad.sql')
  writeFileSync(bad, 'create table eprod.half_done (n int); select 1 / 0;')
  await expect(migrate(database.urls.owner, steps)).rejects.toThrow('9998-bad.sql: division by zero')
  rmSync(bad)
  const { rows } = await sql`select to_regclass('eprod.half_done') as found`.execute(database.owner.db)
  expect(rows).toEqual([{ found: null }])
})

test('a step that was changed after it had run is refused', async () => {
  const step = join(steps, '9999-step.sql')
  writeFileSync(step, 'select 1;')
  expect(await migrate(database.urls.owner, steps)).toEqual(['9999-step.sql'])
  writeFileSync(step, 'select 2;')
  await expect(migrate(database.urls.owner, steps)).rejects.toThrow('9999-step.sql was changed after it had run')
})

test('a search by the beginning of a word can use a plain index', async () => {
  await sql`create table public.word (word text primary key)`.execute(database.owner.db)
  await sql`insert into public.word select 'w' || n from generate_series(1, 5000) n`.execute(database.owner.db)
  await sql`analyze public.word`.execute(database.owner.db)
  const plan = await sql<Record<string, string>>`explain select * from public.word where word like 'w123%'`.execute(
    database.owner.db,
  )
  expect(JSON.stringify(plan.rows)).toContain('word_pkey')
})
