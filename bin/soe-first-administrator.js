// npm run soe:first-administrator: makes the first administrator of SOE/WEB and prints the link that sets the password. Asks
// for CPF, name and e-mail, or takes them: -- 529.982.247-25 "Helena Prates" helena@example.com. Refuses when there is one.
import { createInterface } from 'node:readline/promises'
import { notMigrated, readSettings, runOnInstallation, withDatabase } from './database.js'
import { ClearLine } from './processes.js'

const QUESTIONS = ['CPF: ', 'Name: ', 'E-mail: ']

await runOnInstallation(async () => {
  const config = await readSettings()
  if (config.issuer)
    throw new ClearLine(`OIDC_ISSUER names ${config.issuer}: whoever administers that provider is made there.`)
  const [cpf, name, email] = await answers(process.argv.slice(2))
  return await withDatabase(config, (databaseUrl) => make(databaseUrl, { cpf, name, email }, config.url))
})

/** What the arguments leave open is asked for, where somebody is there to answer. */
async function answers(given) {
  if (given.length >= QUESTIONS.length || !process.stdin.isTTY) return QUESTIONS.map((_, at) => given[at] ?? '')
  const console = createInterface({ input: process.stdin, output: process.stdout })
  const asked = []
  for (const [at, question] of QUESTIONS.entries()) asked.push(given[at] ?? (await console.question(question)))
  console.close()
  return asked
}

async function make(databaseUrl, typed, url) {
  const { consoleText, makeFirstAdministrator } = await import('../src/soe/first-administrator.ts')
  const { connectSoe } = await import('../src/soe/tables.ts')
  const soe = connectSoe(databaseUrl, 1)
  const made = await makeFirstAdministrator(soe.db, typed, new Date()).catch(notMigrated).finally(soe.close)
  if (!made.ok) throw new ClearLine(made.problems.map(consoleText).join('\n'))
  const { name, path, hours } = made.value
  if (path) console.log(`${name} sets the password here, once, within ${hours} hours:\n\n  ${url}${path}\n`)
  console.log(`${name} signs in with CPF and password at ${url}/soe/administracao`)
  return 0
}
