// npm run verify: checks every chain of the journal, the audit of SOE/WEB, the log of readings and the daily seals, and names the first that does
// not fit. EPROD need not run; DATABASE_URL names another database than the embedded one. `-- --seal HASH` (as often as wanted) asks
// for seals that were written down outside.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureInstalled } from './install.js'
import { node24, run, runMain } from './processes.js'

await runMain(async () => {
  if (!process.features.typescript) {
    await ensureInstalled()
    return await run(node24(), process.argv.slice(1), { stdio: 'inherit' })
  }
  const written = sealsIn(process.argv.slice(2))
  if (!written) {
    console.error(
      'Usage: npm run verify [-- --seal HASH …], each HASH of 64 hexadecimal digits as it was written down.',
    )
    return 1
  }
  const { default: pg } = await import('pg')
  const { DATABASE, runningUrl, startCluster } = await import('../src/shared/db/cluster.ts')
  const { verifyJournal } = await import('../src/journal/verify.ts')
  const folder = resolve(process.env.EPROD_DATA || './var')
  if (!process.env.DATABASE_URL && !existsSync(join(folder, 'postgres/PG_VERSION'))) {
    console.error(`There are no data in ${folder}: name their folder by EPROD_DATA, or their database by DATABASE_URL.`)
    return 1
  }
  const running = process.env.DATABASE_URL ?? (await runningUrl(folder))
  const cluster = running ? undefined : await startCluster({ folder, log: console.error })
  const client = new pg.Client({
    connectionString: running ?? cluster.url(DATABASE),
    options: '-c eprod.maintenance=on',
  })
  await client.connect()
  try {
    const { broken, lastSeal, ...counted } = await verifyJournal(client, written)
    const sums = `${counted.entries} entries, ${counted.audited} of SOE/WEB, ${counted.seals} daily seals, ${counted.readings} readings under them`
    console.log(broken ? `BROKEN: ${broken}` : `The journal is whole: ${sums}.`)
    const { day, hash } = lastSeal ?? {}
    console.log(
      hash ? `Last seal, of ${day}: ${hash}. Compare it with the one written down.` : 'Nothing is sealed yet.',
    )
    return broken ? 1 : 0
  } finally {
    await client.end()
    await cluster?.stop()
  }
})

/** The hashes behind `--seal`; undefined: something else was typed, and nothing is checked rather than less than was meant. */
function sealsIn(args) {
  try {
    const { values } = parseArgs({ args, options: { seal: { type: 'string', multiple: true } } })
    const seals = values.seal ?? []
    return seals.every((seal) => /^[0-9a-f]{64}$/i.test(seal)) ? seals : undefined
  } catch {
    return undefined
  }
}
