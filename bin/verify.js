// npm run verify: checks every chain of the journal, the audit of SOE/WEB, the log of readings and the daily seals, and names the
// first that does not fit. EPROD need not run; its settings count here too. `-- --seal HASH` (as often as wanted) asks for seals
// that were written down outside.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { notMigrated, readSettings, runOnInstallation, withDatabase } from './database.js'
import { ClearLine } from './processes.js'

await runOnInstallation(async () => {
  const written = sealsIn(process.argv.slice(2))
  if (!written)
    throw new ClearLine(
      'Usage: npm run verify [-- --seal HASH …], each HASH of 64 hexadecimal digits as it was written down.',
    )
  const settings = await readSettings()
  if (!settings.databaseUrl && !existsSync(join(settings.data, 'postgres/PG_VERSION')))
    throw new ClearLine(
      `There are no data in ${settings.data}: name their folder by EPROD_DATA, or their database by DATABASE_URL.`,
    )
  return await withDatabase(settings, (url) => verify(url, written).catch(notMigrated))
})

async function verify(url, written) {
  const { default: pg } = await import('pg')
  const { verifyJournal } = await import('../src/journal/verify.ts')
  const client = new pg.Client({ connectionString: url, options: '-c eprod.maintenance=on' })
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
  }
}

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
