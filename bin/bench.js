// npm run bench -- seed|list|ticket|search|oracle|export|overdue|race|mail|kill|form|uploads|start|weight: fills the database eprod_bench and measures (bench/). Not part of npm test.
import { ensureBuilt } from './freshness.js'
import { ensureInstalled } from './install.js'
import { node24, run, runMain } from './processes.js'

await runMain(async () => {
  await ensureInstalled()
  if (!process.features.typescript) return await run(node24(), process.argv.slice(1))
  await ensureBuilt()
  const { bench } = await import('../bench/main.ts')
  return await bench(process.argv.slice(2))
})
