// npm run db: the URL of the embedded database; `npm run db -- psql` runs a command with it as DATABASE_URL.
// Starts PostgreSQL when EPROD is not running, until the command has ended or Ctrl-C.
import { resolve } from 'node:path'
import { ensureInstalled } from './install.js'
import { node24, ownEnvironment, run, runMain } from './processes.js'

await runMain(async () => {
  const [command, ...args] = process.argv.slice(2)
  if (!process.features.typescript) {
    await ensureInstalled()
    return await run(node24(), process.argv.slice(1), { stdio: 'inherit' })
  }
  const { DATABASE, runningUrl, startCluster } = await import('../src/shared/db/cluster.ts')
  const folder = resolve(process.env.EPROD_DATA || './var')
  const running = await runningUrl(folder)
  const cluster = running ? undefined : await startCluster({ folder, log: console.error })
  const url = running ?? cluster.url(DATABASE)
  if (command) {
    const code = await run(command, args, { stdio: 'inherit', env: ownEnvironment({ DATABASE_URL: url }) })
    await cluster?.stop()
    return code
  }
  console.log(url)
  if (!cluster) return 0
  await new Promise((tell) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, tell)
  })
  await cluster.stop()
})
