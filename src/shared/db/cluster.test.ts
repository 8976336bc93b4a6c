// The embedded PostgreSQL as an installation meets it: first start, restart, a killed process, a second EPROD.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type Cluster, DATABASE, runningUrl, startCluster } from '#shared/db/cluster.ts'
import { Obstacle } from '#shared/obstacle.ts'

let folder: string
let running: Cluster | undefined
const lines: string[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eprod-cluster-'))
})
afterEach(() => running?.stop())
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function start(): Promise<Cluster> {
  running = await startCluster({ folder, durable: false, log: (line) => lines.push(line) })
  return running
}

async function ask(statement: string, url = running?.url(DATABASE)): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

const serverPid = () => Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])

test('the first start makes a UTF-8 database in C.UTF-8 order, owned by an ordinary role', async () => {
  await start()
  expect(
    await ask(`select datlocprovider as provider, datlocale as locale, pg_encoding_to_char(encoding) as encoding,
      r.rolname as owner, r.rolsuper as super
      from pg_database d join pg_roles r on r.oid = d.datdba where datname = current_database()`),
  ).toEqual([{ provider: 'b', locale: 'C.UTF-8', encoding: 'UTF8', owner: 'eprod_owner', super: false }])
  await ask('create table kept (word text); insert into kept values ($$ação$$)')
})

test('what was written is there after a restart', async () => {
  await start()
  expect(await ask('select word from kept')).toEqual([{ word: 'ação' }])
})

test('the server listens on no port and its files and passwords are closed to others', async () => {
  await start()
  expect(await ask('show listen_addresses')).toEqual([{ listen_addresses: '' }])
  expect(statSync(join(folder, 'postgres')).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, 'secrets/database.json')).mode & 0o777).toBe(0o600)
  const wrong = running?.url(DATABASE).replace(/eprod_owner:[^@]+@/, 'eprod_owner:wrong@')
  await expect(ask('select 1', wrong)).rejects.toThrow('password authentication failed')
})

test('a second EPROD on the same folder is told so, and the first runs on', async () => {
  await start()
  const second = startCluster({ folder })
  await expect(second).rejects.toThrow(Obstacle)
  await expect(second).rejects.toThrow(`Another EPROD is running on ${join(folder, 'postgres')}`)
  expect(await ask('select word from kept', await runningUrl(folder))).toEqual([{ word: 'ação' }])
})

test('no URL is given for a folder whose server is stopped', async () => {
  expect(await runningUrl(folder)).toBeUndefined()
})

test('a first start that was broken off in the middle of making the owner is made up for', async () => {
  await start()
  const admin = running?.urlAs('postgres', 'postgres')
  await ask('revoke set on parameter "eprod.maintenance" from eprod_owner', admin)
  await running?.stop()
  await start()
  await ask(`set eprod.maintenance = 'on'; create function probe() returns int set eprod.maintenance = 'on' return 1`)
})

test('a server that was killed leaves data that the next start recovers', async () => {
  await start()
  process.kill(serverPid(), 'SIGKILL')
  await running?.stop()
  await start()
  expect(await ask('select word from kept')).toEqual([{ word: 'ação' }])
})

test('a pid file whose number now belongs to another program does not keep EPROD from starting', async () => {
  writeFileSync(join(folder, 'postgres/postmaster.pid'), `${process.pid}\n${folder}/postgres\n1\n5432\n.\n\n\n`)
  await start()
  expect(await ask('select word from kept')).toEqual([{ word: 'ação' }])
})

test('a server left by a killed EPROD is stopped and EPROD starts', async () => {
  const script = `import('#shared/db/cluster.ts').then(({ startCluster }) => startCluster({ folder: process.argv[1], durable: false }))
    .then(() => process.kill(process.pid, 'SIGKILL'))`
  const killed = spawn(process.execPath, ['-e', script, folder], { stdio: 'ignore' })
  await new Promise((tell) => killed.once('exit', tell))
  const left = serverPid()
  expect(process.kill(left, 0)).toBe(true)
  lines.length = 0
  await start()
  expect(serverPid()).not.toBe(left)
  expect(lines.join()).toContain(`process ${left}`)
})

test('a server that was killed while EPROD runs is started again by itself, and data are there', async () => {
  const cluster = await start()
  const left = serverPid()
  lines.length = 0
  process.kill(left, 'SIGKILL')
  const answers = async (): Promise<boolean> => {
    const client = new pg.Client({ connectionString: cluster.url('eprod') })
    try {
      await client.connect()
      return (await client.query('select 1')).rowCount === 1
    } catch {
      return false
    } finally {
      await client.end().catch(() => {})
    }
  }
  await vi.waitFor(async () => expect(await answers()).toBe(true), { timeout: 20_000, interval: 200 })
  expect(serverPid()).not.toBe(left)
  expect(lines.join()).toContain('started again')
})

test('a given port that is in use is named in one sentence', async () => {
  const other = createServer()
  await new Promise<void>((tell) => other.listen(0, '127.0.0.1', tell))
  const { port } = other.address() as { port: number }
  await expect(startCluster({ folder, port, durable: false })).rejects.toThrow('its port is in use')
  other.close()
})

test('passwords that are not those of the data are named in one sentence', async () => {
  const file = join(folder, 'secrets/database.json')
  const right = readFileSync(file, 'utf8')
  writeFileSync(file, right.replaceAll(/: "[^"]{4}/g, ': "XXXX'))
  await expect(startCluster({ folder, durable: false })).rejects.toThrow('restore the file that belongs to it')
  writeFileSync(file, right)
  await start()
})
