// npm run db: the URL of the embedded database; `npm run db -- psql` runs a command with it as DATABASE_URL.
// Starts PostgreSQL when EPROD is not running, until the command has ended or Ctrl-C.
import { readSettings, runOnInstallation, withDatabase } from './database.js'
import { ownEnvironment, run } from './processes.js'

await runOnInstallation(async () => {
  const [command, ...args] = process.argv.slice(2)
  const { data } = await readSettings()
  return await withDatabase({ data }, async (url, started) => {
    if (command) return await run(command, args, { stdio: 'inherit', env: ownEnvironment({ DATABASE_URL: url }) })
    console.log(url)
    if (started) await interrupted()
    return 0
  })
})

async function interrupted() {
  await new Promise((tell) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, tell)
  })
}
