// npm start: installs, builds and runs EPROD; `npm start -- web` or `worker` runs one part. Ctrl-C leaves no process.
import { ensureBuilt } from './freshness.js'
import { ensureInstalled } from './install.js'
import { runMain } from './processes.js'
import { runSite } from './site.js'

await runMain(async () => {
  await ensureInstalled()
  await ensureBuilt()
  return await runSite(process.argv.slice(2)).ended
})
