// The whole running site on a cloned database with the demonstration, for page tests and browser journeys.
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#app/config.ts'
import { startSite } from '#app/start.ts'
import { seedDemo } from '../../seeds/demo.ts'
import { cloneDatabase, type TestDatabase } from './database.ts'

export interface TestSite {
  readonly url: string
  readonly database: TestDatabase
  /** The clock of the whole site; tests move it. */
  readonly clock: { now: Date }
  /** Folder of its files. */
  readonly data: string
  close(): Promise<void>
}

/** Starts web and worker with the demonstration seeded at `now`. The assets must have been built. */
export async function startTestSite(now = new Date()): Promise<TestSite> {
  const database = await cloneDatabase()
  const data = await mkdtemp(join(tmpdir(), 'eprod-site-'))
  await seedDemo({ owner: database.urls.owner, soe: database.urls.soe, data }, now)
  const port = await freePort()
  const url = `http://localhost:${port}`
  const clock = { now }
  const config = { ...readConfig({ PORT: String(port), EPROD_DATA: data }), demo: true }
  const { web, staff, entry, worker, soe } = database.urls
  const site = await startSite({
    config,
    database: { web, staff, entry, worker, soe },
    parts: 'both',
    assets: join(import.meta.dirname, '../../build/assets'),
    docs: join(import.meta.dirname, '../../docs'),
    now: () => clock.now,
    logLevel: 'silent',
  })
  return {
    url,
    database,
    clock,
    data,
    close: async () => {
      await site.stop()
      await database.drop()
      await rm(data, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, 'localhost', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
