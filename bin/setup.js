// npm run setup: installs what the project needs and builds it. Every other script begins with the same.
import { ensureBuilt } from './freshness.js'
import { ensureInstalled } from './install.js'
import { runMain } from './processes.js'

await runMain(async () => {
  await ensureInstalled()
  await ensureBuilt()
})
