// Starts the one PostgreSQL of a test run and migrates the template every test database is cloned from.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { type Cluster, startCluster } from '../../src/shared/db/cluster.ts'
import { freeDataFolder } from '../../src/shared/db/cluster-lock.ts'
import { migrate } from '../../src/shared/db/migrate.ts'
import { rolesOf } from '../../src/shared/db/passwords.ts'

const PREFIX = 'eprod-tests-'
export const TEMPLATE = 'eprod_template'
const MIGRATIONS = join(import.meta.dirname, '../../migrations')
const REFERENCE = join(import.meta.dirname, '../../seeds/reference.ts')

declare module 'vitest' {
  interface ProvidedContext {
    /** URLs with `TEMPLATE` for the database's name. */
    clusterUrls: Readonly<Record<'admin' | 'owner' | 'web' | 'staff' | 'entry' | 'worker' | 'soe', string>>
  }
}

/** Vitest's global set-up; what it returns is its tear-down. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftOvers()
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  // Ctrl-C leaves no folder behind either; the server is ended by its own handler.
  process.once('exit', remove)
  const cluster = await startCluster({ folder, durable: false })
  await prepareTemplate(cluster)
  const url = (role: Parameters<Cluster['urlAs']>[0]) => cluster.urlAs(role, TEMPLATE)
  project.provide('clusterUrls', {
    admin: url('postgres'),
    owner: url('eprod_owner'),
    web: url('eprod_web'),
    staff: url('eprod_staff'),
    entry: url('eprod_entry'),
    worker: url('eprod_worker'),
    soe: url('eprod_soe'),
  })
  return async () => {
    await cluster.stop()
    remove()
  }
}

async function prepareTemplate(cluster: Cluster): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.urlAs('postgres', 'postgres') })
  await client.connect()
  await client.query(`create database ${TEMPLATE} owner eprod_owner`)
  await client.end()
  await migrate(cluster.url(TEMPLATE), MIGRATIONS, rolesOf(cluster.passwords))
  await believeAnyClock(cluster.url(TEMPLATE))
  if (!existsSync(REFERENCE)) return
  const { seedReference } = (await import(REFERENCE)) as { seedReference(ownerUrl: string): Promise<void> }
  await seedReference(cluster.url(TEMPLATE))
}

/** Tests say what time it is: the database believes them, but for the test that it does not (0059-without-a-visit.sql). */
async function believeAnyClock(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create or replace function eprod.clock_slack() returns interval
    language sql immutable parallel safe return interval '100 years'`)
  await client.end()
}

/** A run that was killed could not clear up. */
async function removeLeftOvers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name)
    const [, pid] = /-(\d+)-/.exec(name) ?? []
    if (pid === undefined || lives(Number(pid))) continue
    await freeDataFolder(join(folder, 'postgres'), () => {}).catch(() => {})
    rmSync(folder, { recursive: true, force: true })
  }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
