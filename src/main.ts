// Starts EPROD: settings, database, seeds, then the site's parts (`web`, `worker` or both), and stops them in order.
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { type Config, readConfig } from '#app/config.ts'
import { openDatabase } from '#app/database.ts'
import { Obstacle } from '#shared/obstacle.ts'

// The heap may double before it is swept, not quadruple: an export of half a million rows holds 100 MiB less by it, and takes
// less time.
setFlagsFromString('--heap-growing-percent=100')

type Parts = 'web' | 'worker' | 'both'

/** What runs, in the order it was started. */
const running: { stop(): Promise<void> }[] = []
const STOP_MS = 30_000
// The same depth below the project's folder as a source and as a bundle.
const MIGRATIONS = join(import.meta.dirname, '../migrations')
const ASSETS = join(import.meta.dirname, '../build/assets')
const DOCS = join(import.meta.dirname, '../docs')

let stopping: Promise<void> | undefined

/** Ends the parts, the last one first; a second signal changes nothing, since npm and the terminal both send one. */
function stop(code: number): Promise<void> {
  stopping ??= (async () => {
    setTimeout(() => process.exit(1), STOP_MS).unref()
    for (const part of running.reverse()) await part.stop().catch((error: unknown) => console.error(error))
    process.exit(code)
  })()
  return stopping
}

function partsOf(args: readonly string[]): Parts {
  const [part = 'both', ...rest] = args
  if (rest.length === 0 && (part === 'web' || part === 'worker' || part === 'both')) return part
  throw new Obstacle(`Unknown part "${args.join(' ')}": give web, worker, or nothing for both.`)
}

function settings(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    throw new Obstacle(`Wrong settings (see .env.example):\n${(error as Error).message}`)
  }
}

/** Makes the folder of the data. Not by `recursive`: under /proc, where nothing can be made, Node never comes back from that. */
function makeFolder(folder: string): void {
  const missing: string[] = []
  for (let at = folder; !existsSync(at); at = dirname(at)) missing.unshift(at)
  try {
    for (const each of missing) mkdirSync(each)
    // With the dot at its end only a folder can be meant.
    accessSync(`${folder}/.`, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Obstacle(`EPROD_DATA: ${folder} cannot hold the data (${code}): name a folder this account may write in.`)
  }
}

async function start(): Promise<void> {
  const parts = partsOf(process.argv.slice(2))
  const config = settings()
  makeFolder(config.data)
  // Loading the site's modules takes as long as starting PostgreSQL: both at once.
  const site = import('#app/start.ts')
  const seeds = Promise.all([import('../seeds/reference.ts'), import('../seeds/demo.ts')])
  const [opened] = await Promise.allSettled([openDatabase(config, MIGRATIONS, console.log), site, seeds])
  if (opened.status === 'rejected') throw opened.reason
  const database = opened.value
  running.push(database)
  const [{ seedReference }, { seedDemo }] = await seeds
  const { startSite } = await site
  await seedReference(database.owner)
  if (config.demo) await seedDemo({ owner: database.owner, soe: database.soe, data: config.data })
  if (stopping) return
  running.push(await startSite({ config, database, parts, assets: ASSETS, docs: DOCS }))
  console.log(parts === 'worker' ? 'EPROD: worker' : `EPROD: ${config.url}`)
}

function sentenceFor(error: NodeJS.ErrnoException): unknown {
  if (error instanceof Obstacle) return error.message
  const listening = error.syscall === 'listen'
  if (listening && error.code === 'EADDRINUSE')
    return `PORT: ${portOf(error)} is in use by another program: set PORT to a free one.`
  if (listening && error.code === 'EACCES')
    return `PORT: ${portOf(error)} may not be used by this account: set PORT above 1023.`
  return error
}

function portOf(error: NodeJS.ErrnoException): string {
  return `${(error as { port?: number }).port ?? ''}`
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
// bin/start.js holds the other end: when it was killed, nobody else would stop us.
process.on('disconnect', () => void stop(0))
try {
  await start()
} catch (error) {
  // What fails because it is being stopped is no news.
  if (!stopping) console.error(sentenceFor(error as NodeJS.ErrnoException))
  await stop(1)
}
