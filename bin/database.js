// What the scripts share that look into an installation: Node 24, its settings, its database. Which scripts: db.js, verify.js,
// soe-first-administrator.js.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled } from './install.js'
import { ClearLine, node24, ROOT, run, runMain } from './processes.js'

/** As runMain; a Node that cannot read TypeScript hands the script to the project's own. */
export async function runOnInstallation(main) {
  await runMain(async () => {
    if (process.features.typescript) return await main()
    await ensureInstalled()
    return await run(node24(), process.argv.slice(1), { stdio: 'inherit' })
  })
}

/** The settings as `npm start` reads them: of the environment, and of a file .env. */
export async function readSettings() {
  const file = join(ROOT, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
  const { readConfig } = await import('../src/app/config.ts')
  try {
    return readConfig(process.env)
  } catch (error) {
    throw new ClearLine(`Wrong settings (see .env.example):\n${error.message}`)
  }
}

/** Runs `work` with the owner's URL of a database, whether EPROD runs or not; without `databaseUrl` the one in the folder `data`. `started`: for this alone. */
export async function withDatabase({ data, databaseUrl }, work) {
  const { DATABASE, runningUrl, startCluster } = await import('../src/shared/db/cluster.ts')
  const running = databaseUrl ?? (await runningUrl(data))
  if (running) return await work(running, false)
  const cluster = await startCluster({ folder: data, log: console.error }).catch(sayClearly)
  try {
    return await work(cluster.url(DATABASE), true)
  } finally {
    await cluster.stop()
  }
}

async function sayClearly(error) {
  const { Obstacle } = await import('../src/shared/obstacle.ts')
  throw error instanceof Obstacle ? new ClearLine(error.message) : error
}

/** Says of a database without our tables how it gets them (3F000: no schema, 42P01: no table); throws any other error as it is. */
export function notMigrated(error) {
  if (!['3F000', '42P01'].includes(error.code)) throw error
  throw new ClearLine('This database has no tables yet: start EPROD once (npm start), then run this again.')
}
