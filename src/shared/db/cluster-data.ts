// Makes the data folder of the embedded PostgreSQL and says how its programs are given it. The server is cluster.ts.
import { spawnSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { inUse } from '#shared/db/cluster-lock.ts'
import { type Account, accountFor, programsFor } from '#shared/db/cluster-programs.ts'
import { type DatabasePasswords, databasePasswords } from '#shared/db/passwords.ts'
import { Obstacle } from '#shared/obstacle.ts'

/** All that starting and stopping share. */
export interface Place {
  readonly data: string
  readonly logFile: string
  readonly programs: string
  readonly account: Account
  readonly passwords: DatabasePasswords
  readonly log: (line: string) => void
}

/** Finds account, programs and passwords for an EPROD_DATA folder; makes the folder where there is none. */
export async function preparePlace(folder: string, log: (line: string) => void): Promise<Place> {
  try {
    mkdirSync(join(folder, 'log'), { recursive: true })
    const data = join(folder, 'postgres')
    const passwords = await databasePasswords(folder)
    const account = accountFor(data)
    if (!account && existsSync(data)) readdirSync(data)
    return {
      data,
      logFile: join(folder, 'log/postgres.log'),
      account,
      programs: programsFor(account, log),
      passwords,
      log,
    }
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException
    if (code !== 'EACCES' && code !== 'EPERM') throw error
    throw new Obstacle(
      `${path ?? folder} belongs to another account: start EPROD as its owner, or set EPROD_DATA to another folder.`,
    )
  }
}

/**
 * How a program is given the data folder. As root, by an open descriptor: the account that PostgreSQL runs as then
 * needs no way through the folders above it (/root is closed to it).
 */
export function asAccount(account: Account, folder: string) {
  const byDescriptor = account && existsSync('/proc/self/fd')
  return {
    path: byDescriptor ? '/proc/self/fd/3' : folder,
    descriptor: openSync(folder, 'r'),
    options: {
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    },
  }
}

/** Made beside its place and renamed, so that a start broken off leaves nothing half done. */
export function makeData(place: Place): void {
  const fresh = `${place.data}.new-${process.pid}`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  const secret = `${fresh}.secret`
  writeFileSync(secret, place.passwords.postgres, { mode: 0o600 })
  for (const path of place.account ? [fresh, secret] : []) chownSync(path, place.account!.uid, place.account!.gid)
  const { path, descriptor, options } = asAccount(place.account, fresh)
  const secretDescriptor = openSync(secret, 'r')
  const how = [
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-sync',
    '--no-instructions',
    `--pwfile=${place.account ? '/proc/self/fd/4' : secret}`,
  ]
  const made = spawnSync(join(place.programs, 'bin/initdb'), ['-D', path, ...how], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe', descriptor, secretDescriptor],
    encoding: 'utf8',
  })
  closeSync(descriptor)
  closeSync(secretDescriptor)
  rmSync(secret)
  if (made.status !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    throw new Obstacle(
      `PostgreSQL could not make its data in ${place.data}: ${(made.error?.message ?? made.stderr).trim()}`,
    )
  }
  try {
    renameSync(fresh, place.data)
  } catch {
    rmSync(fresh, { recursive: true, force: true })
    throw new Obstacle(inUse(place.data, undefined))
  }
  if (place.account)
    place.log(`PostgreSQL does not run as root: it runs as ${place.account.name}, who owns ${place.data}.`)
}
